BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'The target of a request' {
    BeforeEach {
        Reset-Emulator
        $env:OSS_ENDPOINT = $null
    }

    It 'reaches the <Type> host of the region' -ForEach @(
        @{ Type = 'Public'; HostName = 'examplebucket.oss-cn-hangzhou.aliyuncs.com' }
        @{ Type = 'Internal'; HostName = 'examplebucket.oss-cn-hangzhou-internal.aliyuncs.com' }
        @{ Type = 'DualStack'; HostName = 'examplebucket.cn-hangzhou.oss.aliyuncs.com' }
        @{ Type = 'Accelerate'; HostName = 'examplebucket.oss-accelerate.aliyuncs.com' }
        @{ Type = 'AccelerateOverseas'; HostName = 'examplebucket.oss-accelerate-overseas.aliyuncs.com' }
    ) {
        $endpoint = 'http://' + $HostName.Substring('examplebucket.'.Length)
        $payment = Get-OssBucketRequestPayment examplebucket -Endpoint $endpoint -Proxy $emulator.proxy

        $payment.Payer | Should -Be BucketOwner
        $payment.Endpoint | Should -Be $endpoint
        (Set-OssBucketRequestPayment examplebucket Requester -PassThru -Endpoint $endpoint -Proxy $emulator.proxy).Payer | Should -Be Requester
        (Get-OssRequesterQoSInfo examplebucket 300100 -Endpoint $endpoint -Proxy $emulator.proxy).TotalUploadBandwidth | Should -Be 10
        (Get-EmulatorRequest).host | Should -Be $HostName, $HostName, $HostName
    }

    It 'reaches the <Type> host over TLS by default, through a tunnel, with its certificate verified' -ForEach @(
        @{ Type = 'Public'; HostName = 'examplebucket.oss-cn-hangzhou.aliyuncs.com' }
        @{ Type = 'Internal'; HostName = 'examplebucket.oss-cn-hangzhou-internal.aliyuncs.com' }
        @{ Type = 'DualStack'; HostName = 'examplebucket.cn-hangzhou.oss.aliyuncs.com' }
        @{ Type = 'Accelerate'; HostName = 'examplebucket.oss-accelerate.aliyuncs.com' }
        @{ Type = 'AccelerateOverseas'; HostName = 'examplebucket.oss-accelerate-overseas.aliyuncs.com' }
    ) {
        Skip-WithoutTrust
        Invoke-TrustingShell -Shared "(Get-OssBucketRequestPayment examplebucket -EndpointType $Type -Proxy $($emulator.proxy)).Endpoint" |
            Should -Be ('https://' + $HostName.Substring('examplebucket.'.Length))
        $request = (Get-EmulatorRequest)[-1]
        $request.scheme | Should -Be https
        $request.host | Should -Be $HostName
    }

    It 'refuses a certificate of an authority that is not trusted' {
        Get-OssBucketRequestPayment examplebucket -Endpoint $emulator.httpsEndpoint -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RequestFailed,*'
        $failures[0].CategoryInfo.Category | Should -Be ConnectionError
        $failures[0].ErrorDetails.Message | Should -Match certificate
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'requests https at an address directly' {
        Skip-WithoutTrust
        Invoke-TrustingShell -Shared "(Get-OssBucketRequestPayment examplebucket -Endpoint $($emulator.httpsEndpoint)).Payer" | Should -Be BucketOwner
    }

    It 'names the bucket in the path at an address' {
        Get-OssBucketRequestPayment examplebucket -Endpoint $emulator.httpEndpoint | Out-Null
        Set-OssBucketRequestPayment examplebucket Requester -Endpoint $emulator.httpEndpoint
        Get-OssRequesterQoSInfo examplebucket 300100 -Endpoint $emulator.httpEndpoint | Out-Null
        (Get-EmulatorRequest).rawTarget | Should -Be '/examplebucket/?requestPayment', '/examplebucket/?requestPayment', '/examplebucket/?qosRequester=300100&requesterQosInfo'
    }

    It 'requests a custom domain with CName' {
        $payment = Get-OssBucketRequestPayment examplebucket -AddressingStyle CName -Endpoint http://static.example.com -Proxy $emulator.proxy
        $payment.Payer | Should -Be BucketOwner
        $same = @{ AddressingStyle = 'CName'; Endpoint = 'http://static.example.com'; Proxy = $emulator.proxy }
        (Set-OssBucketRequestPayment examplebucket Requester -PassThru @same).Payer | Should -Be Requester
        (Get-OssRequesterQoSInfo examplebucket 300100 @same).TotalUploadBandwidth | Should -Be 10
        (Get-EmulatorRequest).host | Should -Be static.example.com, static.example.com, static.example.com
    }

    It 'uses the endpoint from the environment' {
        $env:OSS_ENDPOINT = $emulator.httpEndpoint
        (Get-OssBucketRequestPayment examplebucket).Endpoint | Should -Be $emulator.httpEndpoint
    }

    It 'uses the region in an endpoint' {
        $env:OSS_REGION = $null
        (Get-OssBucketRequestPayment beijing-bucket -Endpoint http://oss-cn-beijing.aliyuncs.com -Proxy $emulator.proxy).Region | Should -Be cn-beijing
    }

    It 'accepts an OSS region ID' {
        (Get-OssBucketRequestPayment beijing-bucket -Region oss-cn-beijing -Endpoint $emulator.httpEndpoint).Region | Should -Be cn-beijing
    }

    It 'uses the hosts of the vendor''s table for a region: <Type>' -ForEach @(
        @{ Type = 'Public'; HostName = 'oss-cn-hzfinance.aliyuncs.com' }
        @{ Type = 'Internal'; HostName = 'oss-cn-hzfinance-internal.aliyuncs.com' }
        @{ Type = 'DualStack'; HostName = 'cn-hangzhou-finance.oss.aliyuncs.com' }
    ) {
        Skip-WithoutTrust
        Invoke-EmulatorControl '/buckets/finance-bucket' Put @{ region = 'cn-hangzhou-finance' }
        Invoke-TrustingShell -Shared "(Get-OssBucketRequestPayment finance-bucket -Region cn-hangzhou-finance -EndpointType $Type -Proxy $($emulator.proxy)).Endpoint" |
            Should -Be "https://$HostName"
        (Get-EmulatorRequest)[-1].host | Should -Be "finance-bucket.$HostName"
    }

    It 'uses region and endpoint of one <Source>: <Region> at <HostName>' -ForEach @(
        foreach ($source in 'record', 'command line', 'environment') {
            @{ Source = $source; Region = 'cn-hangzhou-finance'; HostName = 'oss-cn-hzfinance.aliyuncs.com' }
            @{ Source = $source; Region = 'cn-hzfinance'; HostName = 'oss-cn-hzfinance.aliyuncs.com' }
            @{ Source = $source; Region = ''; HostName = 'oss-cn-hzfinance-internal.aliyuncs.com' }
            @{ Source = $source; Region = ''; HostName = 'oss-cn-hzjbp-a-internal.aliyuncs.com' }
            @{ Source = $source; Region = ''; HostName = 'oss-cn-hzjbp-b-internal.aliyuncs.com' }
        }
    ) {
        Invoke-EmulatorControl '/buckets/finance-bucket' Put @{ region = 'cn-hangzhou-finance' }
        $endpoint = "http://$HostName"
        $defaultRegion = $env:OSS_REGION
        try {
            $payment = switch ($Source) {
                'record' {
                    [pscustomobject]@{ Bucket = 'finance-bucket'; Region = $Region; Endpoint = $endpoint } |
                        Get-OssBucketRequestPayment -Proxy $emulator.proxy -WarningAction SilentlyContinue
                }
                'command line' {
                    Get-OssBucketRequestPayment finance-bucket -Region $Region -Endpoint $endpoint -Proxy $emulator.proxy -WarningAction SilentlyContinue
                }
                'environment' {
                    $env:OSS_REGION = $Region
                    $env:OSS_ENDPOINT = $endpoint
                    Get-OssBucketRequestPayment finance-bucket -Proxy $emulator.proxy -WarningAction SilentlyContinue
                }
            }
        }
        finally {
            $env:OSS_REGION = $defaultRegion
        }

        $payment.Region | Should -Be cn-hangzhou-finance
        $payment.Endpoint | Should -Be $endpoint
        $request = Get-EmulatorRequest
        $request.host | Should -Be "finance-bucket.$HostName"
        $request.verified | Should -BeTrue
    }

    It 'refuses -EndpointType <Type> in <Region>, which has no such endpoint, before anything is sent' -ForEach @(
        @{ Type = 'DualStack'; Region = 'us-west-1'; Message = '*Region us-west-1 has no DualStack endpoint. Use -EndpointType Public or Internal.*' }
        @{ Type = 'Internal'; Region = 'rg-china-mainland'; Message = '*Region rg-china-mainland has no Internal endpoint. Use -EndpointType Public.*' }
    ) {
        { Get-OssBucketRequestPayment a-bucket, b-bucket -Region $Region -EndpointType $Type -Proxy $emulator.proxy } |
            Should -Throw -ErrorId 'InvalidEndpoint,*' -ExpectedMessage $Message
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'refuses an endpoint of another known region' {
        { Get-OssBucketRequestPayment a-bucket -Region cn-hangzhou -Endpoint oss-cn-hzfinance.aliyuncs.com -Proxy $emulator.proxy } |
            Should -Throw -ErrorId 'InvalidEndpoint,*' -ExpectedMessage '*is in cn-hangzhou-finance, but the region is cn-hangzhou.*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'says that pay-by-requester requires a region attribute if a bucket has none' {
        Invoke-EmulatorControl '/buckets/no-region' Put @{ region = 'rg-china-mainland' }
        Add-EmulatorFault @{
            bucket = 'no-region'
            action = @{
                kind = 'replace'; status = 400; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<Error><Code>OperationNotSupported</Code><Message>No.</Message></Error>'
            }
        }
        $same = @{ Endpoint = 'http://oss-rg-china-mainland.aliyuncs.com'; Proxy = $emulator.proxy; WarningAction = 'SilentlyContinue' }
        Set-OssBucketRequestPayment no-region Requester @same -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike '*Buckets in rg-china-mainland have no region attribute, which pay-by-requester requires.*'
        Get-OssRequesterQoSInfo no-region 300100 @same -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -Not -BeLike '*no region attribute*'
    }

    It 'gives a record''s own region precedence over the endpoint of the environment' {
        $env:OSS_ENDPOINT = 'http://oss-cn-hangzhou.aliyuncs.com'
        $payments = [pscustomobject]@{ Bucket = 'a-bucket'; Region = $null }, [pscustomobject]@{ Bucket = 'uswest-bucket'; Region = 'us-west-1' } |
            Get-OssBucketRequestPayment -Proxy $emulator.proxy
        $payments.Endpoint | Should -Be http://oss-cn-hangzhou.aliyuncs.com, http://oss-us-west-1.aliyuncs.com
    }
}

Describe 'Credentials' {
    BeforeEach {
        Reset-Emulator
    }

    It 'come from the <Family> variables, for the key pair <Key>' -ForEach @(
        @{ Family = 'OSS'; Key = 'owner' }
        @{ Family = 'OSS'; Key = 'temporary' }
        @{ Family = 'ALIBABA_CLOUD'; Key = 'owner' }
        @{ Family = 'ALIBABA_CLOUD'; Key = 'temporary' }
    ) {
        Use-EmulatorKey $Key $Family
        Set-OssBucketRequestPayment examplebucket Requester
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be Requester
        (Get-OssRequesterQoSInfo examplebucket 300100).TotalUploadBandwidth | Should -Be 10
    }

    It 'are never mixed: a token of the other family is not sent' {
        Use-EmulatorKey owner
        $env:ALIBABA_CLOUD_SECURITY_TOKEN = 'not-of-this-family'
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be BucketOwner
        Clear-Credential
    }

    It 'are read again at every call' {
        Get-OssBucketRequestPayment examplebucket | Out-Null
        Use-EmulatorKey disabled
        { Get-OssBucketRequestPayment examplebucket -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidAccessKeyId,*'
        $Error[0].CategoryInfo.Category | Should -Be AuthenticationError
        Use-EmulatorKey owner
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be BucketOwner
    }

    It 'end the pipeline if they are missing' {
        Clear-Credential
        { 'a-bucket', 'b-bucket' | Get-OssBucketRequestPayment } | Should -Throw -ErrorId 'CredentialsNotFound,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'end the pipeline when <Why>' -ForEach @(
        @{ Why = 'the id is of temporary credentials and its token is missing'; Id = 'STS.id'; Secret = 'secret'; Message = '*OSS_SESSION_TOKEN is not set*' }
        @{ Why = 'quotation marks are left around the id'; Id = '"id"'; Secret = 'secret'; Message = '*OSS_ACCESS_KEY_ID begins or ends with a quotation mark*' }
        @{ Why = 'quotation marks are left around the secret'; Id = 'id'; Secret = "'secret'"; Message = '*OSS_ACCESS_KEY_SECRET begins or ends with a quotation mark*' }
    ) {
        Clear-Credential
        $env:OSS_ACCESS_KEY_ID = $Id
        $env:OSS_ACCESS_KEY_SECRET = $Secret
        { 'a-bucket', 'b-bucket' | Get-OssBucketRequestPayment } | Should -Throw -ErrorId 'CredentialsNotFound,*' -ExpectedMessage $Message
        $Error[0].CategoryInfo.Category | Should -Be AuthenticationError
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'end the pipeline if there is only <Present>' -ForEach @(
        @{ Present = 'OSS_ACCESS_KEY_ID'; Missing = 'OSS_ACCESS_KEY_SECRET' }
        @{ Present = 'OSS_ACCESS_KEY_SECRET'; Missing = 'OSS_ACCESS_KEY_ID' }
        @{ Present = 'ALIBABA_CLOUD_ACCESS_KEY_ID'; Missing = 'ALIBABA_CLOUD_ACCESS_KEY_SECRET' }
        @{ Present = 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'; Missing = 'ALIBABA_CLOUD_ACCESS_KEY_ID' }
    ) {
        Clear-Credential
        [Environment]::SetEnvironmentVariable($Present, 'half')
        { Get-OssBucketRequestPayment examplebucket } | Should -Throw -ErrorId 'CredentialsNotFound,*' -ExpectedMessage "*$Missing*"
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }
}
