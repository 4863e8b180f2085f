# What a response contains is a hint: a wrong hint costs one request and nothing more.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot '../Emulator.psm1') -Force
    $emulator = Start-Emulator

    function Get-RequestedHost {
        (Get-EmulatorRequest).host
    }
}

AfterAll {
    Stop-Emulator
}

Describe 'The region in a response' {
    BeforeEach {
        Reset-Emulator
        $env:OSS_ENDPOINT = 'http://oss-cn-hangzhou.aliyuncs.com'
        $quiet = @{ Proxy = $emulator.proxy; WarningAction = 'SilentlyContinue'; ErrorAction = 'SilentlyContinue' }
        $forged = @{
            times  = 1
            action = @{
                kind = 'replace'; status = 403; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<Error><Code>AccessDenied</Code><Message>x</Message><Endpoint>oss-us-west-1.aliyuncs.com</Endpoint></Error>'
            }
        }
    }

    It 'is forgotten if the bucket is not there' {
        Add-EmulatorFault $forged
        Add-EmulatorFault @{ times = 1; action = [ordered]@{ kind = 'ossError'; status = 404; code = 'NoSuchBucket' } }
        Get-OssBucketRequestPayment a-bucket @quiet | Should -BeNullOrEmpty
        (Get-OssBucketRequestPayment a-bucket @quiet).Region | Should -Be cn-hangzhou
        Get-RequestedHost | Should -Be a-bucket.oss-cn-hangzhou.aliyuncs.com, a-bucket.oss-us-west-1.aliyuncs.com, a-bucket.oss-cn-hangzhou.aliyuncs.com
    }

    It 'is requested after <Name>' -ForEach @(
        @{ Name = '-Region'; Parameters = @{ Region = 'cn-hangzhou' } }
        @{ Name = '-Endpoint'; Parameters = @{ Endpoint = 'http://oss-cn-hangzhou.aliyuncs.com' } }
    ) {
        (Get-OssBucketRequestPayment beijing-bucket @quiet).Region | Should -Be cn-beijing
        Invoke-EmulatorControl /buckets/beijing-bucket Put @{ region = 'cn-hangzhou' } | Out-Null
        Invoke-EmulatorControl /requests Delete | Out-Null
        (Get-OssBucketRequestPayment beijing-bucket @Parameters @quiet).Region | Should -Be cn-hangzhou
        Get-RequestedHost | Should -Be beijing-bucket.oss-cn-hangzhou.aliyuncs.com
    }

    It 'is requested after the region from <Name>' -ForEach @(
        @{ Name = 'an object'; Get = { [pscustomobject]@{ Bucket = 'shanghai-bucket'; Region = 'cn-hangzhou' } | Get-OssBucketRequestPayment @quiet } }
        @{ Name = 'a listing'; Get = { Get-OssBucketRequestPayment 'shanghai-*' @quiet } }
    ) {
        (Get-OssBucketRequestPayment shanghai-bucket @quiet).Region | Should -Be cn-shanghai
        Invoke-EmulatorControl /buckets/shanghai-bucket Put @{ region = 'cn-hangzhou' } | Out-Null
        Invoke-EmulatorControl /requests Delete | Out-Null
        (& $Get).Region | Should -Be cn-hangzhou
        Get-RequestedHost | Select-Object -Last 1 | Should -Be shanghai-bucket.oss-cn-hangzhou.aliyuncs.com
        Get-RequestedHost | Should -Not -Contain shanghai-bucket.oss-cn-shanghai.aliyuncs.com
    }

    It 'is remembered for one access key' {
        (Get-OssBucketRequestPayment singapore-bucket @quiet).Region | Should -Be ap-southeast-1
        Use-EmulatorKey temporary
        (Get-OssBucketRequestPayment singapore-bucket @quiet).Region | Should -Be ap-southeast-1
        Get-RequestedHost | Should -HaveCount 4
    }
}

Describe 'The server time in a response' {
    BeforeEach {
        Reset-Emulator
        # The loopback address has this name only for these tests, because what is learned about an endpoint is kept.
        $env:OSS_ENDPOINT = $emulator.httpEndpoint -replace '127.0.0.1', 'localhost'
        $env:OSS_REGION = 'cn-hangzhou'
        $once = @{ AddressingStyle = 'Path'; RetryIntervalSec = 0; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

        function Add-SkewFault([string] $Time) {
            Add-EmulatorFault @{
                times  = 1
                action = @{
                    kind = 'replace'; status = 403; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                    text = "<Error><Code>RequestTimeTooSkewed</Code><Message>x</Message><ServerTime>$Time</ServerTime></Error>"
                }
            }
        }
    }

    It 'is not used if it is a day in 2099' {
        Add-SkewFault '2099-01-01T00:00:00.000Z'
        Get-OssBucketRequestPayment a-bucket @once -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RequestTimeTooSkewed,*'
        (Get-OssBucketRequestPayment a-bucket @once -MaximumRetryCount 0).Payer | Should -Be BucketOwner
    }

    It 'is forgotten if the corrected attempt fails' {
        Add-SkewFault ([DateTime]::UtcNow.AddDays(2).ToString('o'))
        Get-OssBucketRequestPayment a-bucket @once -MaximumRetryCount 1 -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RequestTimeTooSkewed,*'
        (Get-OssBucketRequestPayment a-bucket @once -MaximumRetryCount 0).Payer | Should -Be BucketOwner
    }

    It 'is not used over plain http' {
        Add-SkewFault ([DateTime]::UtcNow.AddDays(2).ToString('o'))
        $env:OSS_ENDPOINT = 'http://oss-cn-hangzhou.aliyuncs.com'
        Get-OssBucketRequestPayment a-bucket -Proxy $emulator.proxy @once -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].Exception.Attempts | Should -Be 1
        Get-EmulatorRequest | Should -HaveCount 1
    }
}

Describe 'The retry budget' {
    It 'of an unavailable endpoint is separate from that of another' {
        Reset-Emulator
        $env:OSS_ENDPOINT = $null
        $there = @{ Proxy = $emulator.proxy; RetryIntervalSec = 0; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        Add-EmulatorFault @{ host = '*.oss-cn-shanghai.*'; action = [ordered]@{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable' } }
        Add-EmulatorFault @{ host = '*.oss-cn-beijing.*'; times = 1; action = [ordered]@{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable' } }

        @('shanghai-bucket') * 200 | Get-OssBucketRequestPayment -Endpoint http://oss-cn-shanghai.aliyuncs.com @there -ErrorVariable failures
        $failures[-1].Exception.Attempts | Should -BeLessThan 3
        (Get-OssBucketRequestPayment beijing-bucket -Endpoint http://oss-cn-beijing.aliyuncs.com @there).Payer | Should -Be BucketOwner
    }
}

Describe 'A continuation token and a marker' {
    It 'with <Name> are sanitized in all streams' -ForEach @(
        @{ Name = 'a right-to-left override'; Code = 0x202E }, @{ Name = 'a line separator'; Code = 0x2028 }
        @{ Name = 'a space without width'; Code = 0x200B }, @{ Name = 'a byte order mark'; Code = 0xFEFF }
    ) {
        Reset-Emulator
        $token = "next$([char]$Code)page"
        $id = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
        Add-EmulatorFault @{
            operation = 'ListBucketRequesterQoSInfos'; times = 1
            action    = @{
                kind = 'replace'; headers = $id
                text = "<ListBucketRequesterQoSInfosResult><IsTruncated>true</IsTruncated><NextContinuationToken>$token</NextContinuationToken>" +
                '<RequesterQoSInfo><Requester>300100</Requester><QoSConfiguration/></RequesterQoSInfo></ListBucketRequesterQoSInfosResult>'
            }
        }
        foreach ($name in 'a-bucket', 'another-bucket') {
            Add-EmulatorFault @{
                operation = 'ListBuckets'; times = 1
                action    = @{
                    kind = 'replace'; headers = $id
                    text = "<ListAllMyBucketsResult><IsTruncated>true</IsTruncated><NextMarker>$token</NextMarker>" +
                    "<Buckets><Bucket><Name>$name</Name><Location>oss-cn-hangzhou</Location></Bucket></Buckets></ListAllMyBucketsResult>"
                }
            }
        }
        $VerbosePreference = $DebugPreference = 'Continue'
        $seen = @(
            Get-OssRequesterQoSInfo examplebucket -ErrorAction SilentlyContinue -ErrorVariable failures 3>$null 4>&1 5>&1
            Get-OssBucketRequestPayment 'a*' -ErrorAction SilentlyContinue -ErrorVariable +failures 3>$null 4>&1 5>&1
            $failures | ForEach-Object { "$_"; $_.Exception.Message; $_.ErrorDetails.Message }
        )
        $VerbosePreference = $DebugPreference = 'SilentlyContinue'

        $encoded = [uri]::EscapeDataString($token)
        ($seen -join ' ') | Should -Match "continuation-token=$encoded"
        ($seen -join ' ') | Should -Match "marker=$encoded"
        ($seen -join ' ') | Should -Match 'its NextMarker .* was sent before'
        foreach ($text in $seen) {
            "$text" -replace "`n" | Should -Not -Match '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]'
        }
    }
}
