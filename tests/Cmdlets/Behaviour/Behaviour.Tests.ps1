BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'Bad input' {
    BeforeEach {
        Reset-Emulator
    }

    AfterEach {
        Get-EmulatorRequest | Should -BeNullOrEmpty -Because 'nothing is sent'
    }

    It 'refuses bucket names that are not valid, and continues: <Command>' -ForEach @(
        @{ Command = 'Get-OssBucketRequestPayment'; More = @{} }
        @{ Command = 'Set-OssBucketRequestPayment'; More = @{ Payer = 'Requester' } }
        @{ Command = 'Get-OssRequesterQoSInfo'; More = @{ Requester = '300100' } }
    ) {
        $names = 'UPPER', 'a', 'x/../y', 'a.b@evil.example', "$([char]0xE9)", "ab`ncd", "abc`n", '-abc', 'abc-', ('a' * 64), 'a bucket', 'a%2Fb'
        foreach ($name in $names) {
            & $Command -Bucket $name, '---' @More -ErrorVariable failures -ErrorAction SilentlyContinue

            $failures | Should -HaveCount 2 -Because $name
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*' -Because $name
            $failures[0].CategoryInfo.Category | Should -Be InvalidArgument -Because $name
            $failures[0].TargetObject.Bucket | Should -Be $name
            $failures[0].ErrorDetails.Message | Should -Not -Match "[`n`r]" -Because $name
        }
    }

    It 'refuses endpoints that are not valid, once for all buckets' {
        foreach ($endpoint in @(
                'ftp://oss-cn-hangzhou.aliyuncs.com', 'https://oss-cn-hangzhou.aliyuncs.com/path', 'https://oss-cn-hangzhou.aliyuncs.com?q=1'
                'https://user:pw@oss-cn-hangzhou.aliyuncs.com', 'user@host.example', 'http://', 'a host', 'host.example:0', 'host.example:99999', "$([char]0xE9)vil.example"
                'examplebucket.oss-cn-hangzhou.aliyuncs.com', 'oss-cn-hangzhou.oss.aliyuncs.com', 's3.oss-cn-hangzhou.aliyuncs.com', '127.1', 'host.example#x', "host.example`nx"
            )) {
            { Get-OssBucketRequestPayment a-bucket, b-bucket -Endpoint $endpoint } |
                Should -Throw -ErrorId 'InvalidEndpoint,*' -Because $endpoint
            $Error[0].CategoryInfo.Category | Should -Be InvalidArgument -Because $endpoint
        }
    }

    It 'refuses the pattern <_>, and continues' -ForEach 'a[', 'log-[a', '[' {
        '---', $_, '---' | Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 3
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*'
        $failures[1].TargetObject.Bucket | Should -Be $_
    }

    It 'ends the pipeline if there is no region' {
        $env:OSS_REGION = $null
        { 'a-bucket', 'b-bucket' | Get-OssBucketRequestPayment } | Should -Throw -ErrorId 'RegionNotFound,*'
        $Error[0].CategoryInfo.Category | Should -Be InvalidArgument
    }

    It 'refuses regions that are not valid' {
        foreach ($region in 'cn hangzhou', 'cn-hangzhou/', 'evil.example', 'cn-hangzhou-internal', '-x', 'oss-accelerate') {
            { Get-OssBucketRequestPayment a-bucket -Region $region } | Should -Throw -ErrorId 'InvalidRegion,*' -Because $region
        }
    }

    It 'suggests a region for <_>' -ForEach 'cn_hangzhou', 'Kuala Lumpur' {
        $meant = @{ cn_hangzhou = 'cn-hangzhou (Hangzhou)'; 'Kuala Lumpur' = 'ap-southeast-3 (Kuala Lumpur)' }[$_]
        { Get-OssBucketRequestPayment a-bucket -Region $_ } | Should -Throw -ErrorId 'InvalidRegion,*' -ExpectedMessage "*Did you mean $meant*"
    }

    It 'refuses an endpoint and a region that contradict each other' {
        { Get-OssBucketRequestPayment a-bucket -Region cn-beijing -Endpoint oss-cn-hangzhou.aliyuncs.com } | Should -Throw -ErrorId 'InvalidEndpoint,*'
    }

    It 'refuses CName without a domain' {
        $env:OSS_ENDPOINT = $null
        { Get-OssBucketRequestPayment a-bucket -AddressingStyle CName } | Should -Throw -ErrorId 'InvalidEndpoint,*'
    }

    It 'refuses proxies that are not valid' {
        foreach ($proxy in 'host', '', 'ftp://127.0.0.1:1', 'file:///x', 'http://127.0.0.1:99999', 'http://[x') {
            { Get-OssBucketRequestPayment a-bucket -Proxy $proxy } | Should -Throw -ErrorId 'InvalidProxy,*' -Because $proxy
        }
    }

    It 'reports each row with a bad region' {
        $rows = [pscustomobject]@{ Bucket = 'a-bucket'; Region = 'no region' }, [pscustomobject]@{ Bucket = 'b-bucket'; Region = 'also none' }
        $rows | Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRegion,*'
        $failures | Should -HaveCount 2
    }
}

Describe 'Errors' {
    BeforeEach {
        Reset-Emulator
    }

    It 'contain the OSS message, in one line that ends with code, status and request id' {
        Get-OssBucketRequestPayment missing -ErrorVariable failures -ErrorAction SilentlyContinue
        $failure = $failures[0]

        $failure.Exception | Should -BeOfType ([OssPayment.OssServiceException])
        $failure.Exception.StatusCode | Should -Be 404
        $failure.Exception.ErrorCode | Should -Be NoSuchBucket
        $failure.Exception.EC | Should -Match '^\d{4}-\d{8}$'
        $failure.Exception.RecommendDoc | Should -Not -BeNullOrEmpty
        $failure.Exception.HostId | Should -Not -BeNullOrEmpty
        $failure.Exception.Endpoint | Should -Be "$($emulator.httpEndpoint)/"
        $id = $failure.Exception.RequestId
        $failure.ErrorDetails.Message | Should -Be "missing: The specified bucket does not exist. Check the bucket's name. (NoSuchBucket, HTTP 404, request id $id)"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike 'See https://*'
        $failure.CategoryInfo.TargetName | Should -Be missing
    }

    It 'puts <Key> into the category <Category>' -ForEach @(
        @{ Key = 'stranger'; Id = 'AccessDenied'; Category = 'PermissionDenied' }
        @{ Key = 'disabled'; Id = 'InvalidAccessKeyId'; Category = 'AuthenticationError' }
        @{ Key = 'expired'; Id = 'SecurityTokenExpired'; Category = 'AuthenticationError' }
    ) {
        Use-EmulatorKey $Key
        $failure = try { Get-OssBucketRequestPayment examplebucket -ErrorAction Stop } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.CategoryInfo.Category | Should -Be $Category
    }

    It 'distinguish a wrong secret from other causes' {
        $env:OSS_ACCESS_KEY_SECRET = 'wrong'
        { Get-OssBucketRequestPayment examplebucket } | Should -Throw -ErrorId 'SignatureDoesNotMatch,*'
        $Error[0].CategoryInfo.Category | Should -Be AuthenticationError
    }

    It 'explain that a token was not issued with the id' {
        $env:OSS_SESSION_TOKEN = ($emulator.keys | Where-Object name -EQ temporary).token
        { Get-OssBucketRequestPayment examplebucket } | Should -Throw -ErrorId 'AccessKeyIdAndSecurityTokenNotMatch,*'
        $Error[0].CategoryInfo.Category | Should -Be AuthenticationError
        $Error[0].ErrorDetails.Message | Should -BeLike '*OSS_SESSION_TOKEN*Remove the token*'
    }

    It 'name the permission that <Command> needs' -ForEach @(
        @{ Command = 'Get-OssBucketRequestPayment'; Key = 'stranger'; Permission = 'oss:GetBucketRequestPayment'; More = @{ Bucket = 'examplebucket' } }
        @{ Command = 'Set-OssBucketRequestPayment'; Key = 'reader'; Permission = 'oss:PutBucketRequestPayment'; More = @{ Bucket = 'examplebucket'; Payer = 'Requester' } }
        @{ Command = 'Get-OssRequesterQoSInfo'; Key = 'stranger'; Permission = 'oss:ListBucketRequesterQoSInfo and oss:ListBucketRequesterQoSInfos (the OSS documentation has both names)'; More = @{ Bucket = 'examplebucket' } }
        @{ Command = 'Set-OssRequesterQoSInfo'; Key = 'reader'; Permission = 'oss:PutBucketRequesterQoSInfo'; More = @{ Bucket = 'examplebucket'; Requester = '300100'; TotalUploadBandwidth = 5 } }
        @{ Command = 'Remove-OssRequesterQoSInfo'; Key = 'reader'; Permission = 'oss:DeleteBucketRequesterQoSInfo'; More = @{ Bucket = 'examplebucket'; Requester = '300100'; Confirm = $false } }
    ) {
        Use-EmulatorKey $Key
        & $Command @More -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failures[0].ErrorDetails.Message | Should -BeLike "*Check that this account owns the bucket and that the RAM user or role has the permission$(if ($Permission -match ' and ') { 's' }) $Permission. (*"
    }

    It 'say that a signing region is not that of the endpoint, and suggest one' {
        Get-OssBucketRequestPayment a-bucket -Region hangzhou -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $failures[0].ErrorDetails.Message | Should -BeLike '*signed for the region hangzhou, *-Region. Did you mean cn-hangzhou (Hangzhou)[?] (*'
    }

    It 'name the contacted host, and suggest a region' {
        Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzou.aliyuncs.com -Proxy $emulator.proxy -MaximumRetryCount 0 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike 'a-bucket: a-bucket.oss-cn-hangzou.aliyuncs.com (through the proxy http://127.0.0.1:*) returned *Did you mean cn-hangzhou (Hangzhou)[?] (*'
        $failures[0].Exception.Endpoint | Should -Be http://oss-cn-hangzou.aliyuncs.com/
    }

    It 'report a refused connection, after three attempts' {
        Get-OssBucketRequestPayment examplebucket -Endpoint http://127.0.0.1:1 -RetryIntervalSec 0 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RequestFailed,*'
        $failures[0].CategoryInfo.Category | Should -Be ConnectionError
        $failures[0].Exception | Should -BeOfType ([OssPayment.OssRequestException])
        $failures[0].Exception.Attempts | Should -Be 3
    }

    It 'end the pipeline with -ErrorAction Stop, catchable by type' {
        $caught = try { Get-OssBucketRequestPayment missing, a-bucket -ErrorAction Stop } catch [OssPayment.OssServiceException] { $_ }
        $caught.Exception.ErrorCode | Should -Be NoSuchBucket
    }
}

Describe 'Streams' {
    BeforeEach {
        Reset-Emulator
    }

    It 'show method, host, status, request id and time of each request with -Verbose' {
        $all = Get-OssBucketRequestPayment examplebucket -Verbose 4>&1
        $all | Should -HaveCount 2
        $all[0].Message | Should -Match "^GET $([regex]::Escape($emulator.httpEndpoint))/examplebucket/\?requestPayment: 200, request id $($all[1].RequestId), \d+ ms$"
    }

    It 'follow $VerbosePreference' {
        $VerbosePreference = 'Continue'
        (Get-OssBucketRequestPayment examplebucket 4>&1)[0] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
    }

    It 'explain the signature with -Debug' {
        $debug = Get-OssBucketRequestPayment examplebucket -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        $debug[0].Message | Should -BeLike "Canonical request:`nGET`n/examplebucket/`nrequestPayment`n*"
        $debug[1].Message | Should -BeLike "String to sign:`nOSS4-HMAC-SHA256`n*/cn-hangzhou/oss/aliyun_v4_request`n*"
    }

    It 'contain no secret, token or signature, and neither does $Error' {
        Use-EmulatorKey temporary
        $key = $emulator.keys | Where-Object name -EQ temporary
        $Error.Clear()
        $streams = & {
            Set-OssBucketRequestPayment examplebucket Requester -PassThru -Verbose -Debug
            Get-OssBucketRequestPayment examplebucket, missing, UPPER -Verbose -Debug -ErrorAction Continue
            Get-OssRequesterQoSInfo examplebucket 300100 -Verbose -Debug
        } *>&1
        $shown = @(
            $streams | ForEach-Object { "$_" }
            $streams | Format-List * -Force | Out-String -Width 4096
            $Error | ForEach-Object { $_.Exception.ToString() }
            # Secrets.Tests.ps1 looks deeper.
            [System.Management.Automation.PSSerializer]::Serialize($Error, 3)
        ) -join "`n"
        $signatures = (Get-EmulatorRequest).headers | Where-Object name -EQ Authorization | ForEach-Object { $_.value -replace '.*Signature=' }

        $signatures | Should -HaveCount 4
        $shown | Should -Match 'x-oss-security-token:\*\*\*'
        foreach ($secret in @($key.secret, $key.token, [uri]::EscapeDataString($key.token)) + $signatures) {
            $shown.Contains($secret) | Should -BeFalse
        }
    }
}
