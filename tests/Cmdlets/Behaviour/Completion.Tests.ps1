# Tab completion, which is quick, cached and silent.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot '../Emulator.psm1') -Force
    $emulator = Start-Emulator

    function Get-Completion([string] $Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }

    function Wait-Completion([string] $Line) {
        <# A machine that is busy may take longer than the second that a completion has. #>
        for ($i = 0; $i -lt 60; $i++) {
            $found = @(Get-Completion $Line)
            if ($found) {
                return $found
            }
        }
    }

    $places = [System.Collections.Queue]@(
        foreach ($region in 'cn-beijing', 'cn-shanghai', 'us-west-1', 'ap-southeast-1') {
            'owner', 'temporary' | ForEach-Object { @{ Region = $region; Key = $_ } }
        }
    )

    function Use-FreshPlace {
        <# The cache is for an account and an endpoint. Selects an endpoint without cached completions. #>
        $place = $places.Dequeue()
        $env:OSS_REGION = $place.Region
        Use-EmulatorKey $place.Key
    }

    function Get-QueryCount { @(Get-EmulatorRequest).Count }
}

AfterAll {
    Stop-Emulator
}

Describe 'Limits' {
    It 'are completed with the two words' {
        foreach ($name in (Get-Command Set-OssRequesterQoSInfo).Parameters.Keys -match '(Bandwidth|Qps)$') {
            (Get-Completion "Set-OssRequesterQoSInfo x 1 -$name ").CompletionText | Should -Be unlimited, forbidden -Because $name
        }

        (Get-Completion 'Set-OssRequesterQoSInfo x 1 -TotalQps F').CompletionText | Should -Be forbidden
    }
}

Describe 'Payers, regions, endpoints and endpoint types' {
    It 'are completed' {
        (Get-Completion 'Set-OssBucketRequestPayment x -Payer ').CompletionText | Should -Be BucketOwner, Requester
        (Get-Completion 'Get-OssBucketRequestPayment x -Region cn-hang').CompletionText | Should -Be cn-hangzhou, cn-hangzhou-finance
        (Get-Completion "Get-OssBucketRequestPayment x -Region 'cn-hang").CompletionText | Should -Be cn-hangzhou, cn-hangzhou-finance
        (Get-Completion 'Get-OssBucketRequestPayment x -Region oss-cn-hang').CompletionText | Should -Be oss-cn-hangzhou, oss-cn-hangzhou-finance
        (Get-Completion 'Get-OssBucketRequestPayment x -EndpointType I').CompletionText | Should -Be Internal
        (Get-Completion 'Get-OssBucketRequestPayment x -EndpointType A').CompletionText | Should -Be Accelerate, AccelerateOverseas
    }

    It 'of regions and endpoints are found by any word of the region or of its place' {
        (Get-Completion 'Get-OssBucketRequestPayment x -Region hang').CompletionText | Should -Be cn-hangzhou, cn-hangzhou-finance
        (Get-Completion 'Get-OssBucketRequestPayment x -Region valley').CompletionText | Should -Be us-west-1
        (Get-Completion 'Get-OssBucketRequestPayment x -Region jiakou').CompletionText | Should -BeNullOrEmpty
        (Get-Completion 'Get-OssBucketRequestPayment x -Endpoint qingd').CompletionText |
            Should -Be oss-cn-qingdao.aliyuncs.com, oss-cn-qingdao-internal.aliyuncs.com, cn-qingdao.oss.aliyuncs.com
    }

    It 'of endpoints are the public hosts, or those of the region and the type that were typed' {
        $hosts = (Get-Completion 'Get-OssBucketRequestPayment x -Endpoint ').CompletionText
        $hosts.Count | Should -BeGreaterThan 35
        $hosts | Should -Contain oss-cn-hangzhou.aliyuncs.com
        $hosts | Should -Not -Match 'internal|\.oss\.|accelerate'
        (Get-Completion 'Get-OssBucketRequestPayment x -Endpoint oss-cn-hangzhou.').CompletionText | Should -Be oss-cn-hangzhou.aliyuncs.com
        (Get-Completion 'Get-OssBucketRequestPayment x -Region oss-cn-beijing -Endpoint ').CompletionText | Should -Be @(
            'oss-cn-beijing.aliyuncs.com', 'oss-cn-beijing-internal.aliyuncs.com', 'cn-beijing.oss.aliyuncs.com'
            'oss-accelerate.aliyuncs.com', 'oss-accelerate-overseas.aliyuncs.com'
        )
        (Get-Completion 'Get-OssBucketRequestPayment x -Region cn-beijing -EndpointType Internal -Endpoint ').CompletionText |
            Should -Be oss-cn-beijing-internal.aliyuncs.com
        (Get-Completion 'Get-OssBucketRequestPayment x -Endpoint oss-accelerate-').ToolTip | Should -Be 'all regions (AccelerateOverseas)'
    }

    It 'have a note if a region is closing down' {
        (Get-Completion 'Get-OssBucketRequestPayment x -Region cn-nanj').ToolTip | Should -Be 'Nanjing (closing down)'
        (Get-Completion 'Get-OssBucketRequestPayment x -Region oss-cn-fuz').ToolTip | Should -Be 'Fuzhou (closing down)'
    }

    It 'contain each region once, with its place' {
        $regions = Get-Completion 'Get-OssBucketRequestPayment x -Region '
        $regions.CompletionText | Should -Not -BeLike 'oss-*'
        ($regions | Where-Object CompletionText -EQ ap-southeast-1).ToolTip | Should -Be Singapore
    }
}

Describe 'Buckets' {
    BeforeEach { Reset-Emulator; $Error.Clear() }

    It 'are those of the account, each with its region' {
        $found = Wait-Completion 'Get-OssBucketRequestPayment '
        $found.CompletionText |
            Should -Be a-bucket, b-bucket, beijing-bucket, c-bucket, examplebucket, shanghai-bucket, singapore-bucket, uswest-bucket
        $found.ToolTip | Select-Object -Last 2 | Should -Be ap-southeast-1, us-west-1
    }

    It 'are completed after <Typed>' -ForEach @(
        @{ Typed = 'Get-OssBucketRequestPayment b'; Expected = 'b-bucket', 'beijing-bucket' }
        @{ Typed = 'Get-OssBucketRequestPayment -Name BEI'; Expected = 'beijing-bucket' }
        @{ Typed = "Get-OssBucketRequestPayment 'bei"; Expected = 'beijing-bucket' }
        @{ Typed = 'Get-OssBucketRequestPayment s*i'; Expected = 'shanghai-bucket', 'singapore-bucket' }
        @{ Typed = 'Get-OssBucketRequestPayment [ab]-'; Expected = 'a-bucket', 'b-bucket' }
        @{ Typed = 'Set-OssBucketRequestPayment a-bucket, bei'; Expected = 'beijing-bucket' }
        @{ Typed = 'Set-OssBucketRequestPayment -Payer Requester -BucketName e'; Expected = 'examplebucket' }
        @{ Typed = 'Get-OssRequesterQoSInfo -Bucket e'; Expected = 'examplebucket' }
        @{ Typed = 'Set-OssRequesterQoSInfo e'; Expected = 'examplebucket' }
        @{ Typed = 'Remove-OssRequesterQoSInfo e'; Expected = 'examplebucket' }
    ) {
        (Wait-Completion $Typed).CompletionText | Should -Be $Expected
    }

    It 'are not completed after <_>, if there are no matches' -ForEach @(
        'Get-OssBucketRequestPayment nothing-', 'Get-OssBucketRequestPayment [a', 'Get-OssBucketRequestPayment a_b',
        'Get-OssRequesterQoSInfo -ResourcePool example-pool -Bucket a'
    ) {
        Wait-Completion 'Get-OssBucketRequestPayment ' | Should -HaveCount 8
        Get-Completion $_ | Should -BeNullOrEmpty
    }

    It 'are quoted if PowerShell would read the name as a number, and are passed unchanged' {
        Use-FreshPlace
        foreach ($name in '1e5', '007', '123', '1-a') {
            Invoke-EmulatorControl "/buckets/$name" Put @{ region = 'cn-hangzhou' }
        }

        $found = (Wait-Completion 'Get-OssBucketRequestPayment ').CompletionText | Select-Object -First 4
        $found | Should -Be "'007'", '1-a', '123', "'1e5'"
        (& ([scriptblock]::Create("Get-OssBucketRequestPayment -Region cn-hangzhou $($found -join ', ')"))).Bucket | Should -Be 007, 1-a, 123, 1e5
    }

    It 'are never text from a listing that is not a valid name' {
        Use-FreshPlace
        Add-EmulatorFault @{
            operation = 'ListBuckets'
            action    = @{
                kind = 'replace'; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<ListAllMyBucketsResult><Buckets>' +
                    '<Bucket><Name>a; Remove-Item x</Name><Region>cn-hangzhou</Region></Bucket>' +
                    "<Bucket><Name>a-bucket</Name><Region>cn-&#x202E;hangzhou</Region></Bucket>" +
                    '</Buckets></ListAllMyBucketsResult>'
            }
        }
        $found = @(Wait-Completion 'Get-OssBucketRequestPayment ')
        $found.CompletionText | Should -Be a-bucket
        $found.ToolTip | Should -Be "cn-$([char]0xFFFD)hangzhou"
    }

    It 'are searched by the service if they fill more than a page' {
        Use-FreshPlace
        Set-EmulatorSetting @{ maxListPageSize = 3 }
        (Wait-Completion 'Get-OssBucketRequestPayment s').CompletionText | Should -Be shanghai-bucket, singapore-bucket
        (Get-EmulatorRequest)[-1].rawTarget | Should -Match 'prefix=s(&|$)'
    }
}

Describe 'Requesters' {
    BeforeEach { Reset-Emulator; $Error.Clear() }

    It 'are those that have limits at the bucket, each with its limits' {
        $found = Wait-Completion 'Get-OssRequesterQoSInfo examplebucket '
        $found.CompletionText | Should -Be 300100, 300200
        $found[1].ToolTip | Should -Be 'examplebucket, requester 300200: up 20 Gbit/s, down 100 Gbit/s'
    }

    It 'are completed after <Typed>' -ForEach @(
        @{ Typed = 'Set-OssRequesterQoSInfo -Bucket examplebucket -Requester 3002'; Expected = '300200' }
        @{ Typed = 'Remove-OssRequesterQoSInfo examplebucket -Uid *1'; Expected = '300100' }
        @{ Typed = 'Get-OssRequesterQoSInfo a-bucket, examplebucket '; Expected = '300100', '300200' }
        @{ Typed = '$bucket = "examplebucket"; Get-OssRequesterQoSInfo $bucket '; Expected = '300100', '300200' }
        @{ Typed = 'Get-OssRequesterQoSInfo examplebucket 300100, 3002'; Expected = '300200' }
        @{ Typed = 'Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester '; Expected = '300100' }
    ) {
        Set-Variable bucket examplebucket -Scope Global
        (Wait-Completion $Typed).CompletionText | Should -Be $Expected
    }

    It 'are not completed, and no request is sent, before a bucket is typed' {
        Use-FreshPlace
        Get-Completion 'Get-OssRequesterQoSInfo -Requester ' | Should -BeNullOrEmpty
        Get-QueryCount | Should -Be 0
    }
}

Describe 'Resource pools' {
    BeforeEach { Reset-Emulator; $Error.Clear() }

    It 'are those of the account in the region, for every cmdlet' {
        foreach ($name in '-odd_pool', 'no pool') {
            Invoke-EmulatorControl "/pools/$name" Put @{ region = 'cn-hangzhou' }
        }

        Invoke-EmulatorControl /pools/far-pool Put @{ region = 'cn-beijing' }
        foreach ($cmdlet in (Get-Command -Module OssPayment | Where-Object { $_.Parameters.ContainsKey('ResourcePool') }).Name) {
            (Wait-Completion "$cmdlet -ResourcePool ").CompletionText | Should -Be "'-odd_pool'", example-pool, other-pool
        }

        (Wait-Completion 'Get-OssResourcePool e').CompletionText | Should -Be example-pool
        Get-EmulatorRequest '?operation=ListResourcePools' | Should -HaveCount 1
    }
}

Describe 'The endpoint of a completion' {
    BeforeEach { Reset-Emulator; $Error.Clear() }

    It 'is that of the command line' {
        $env:OSS_ENDPOINT = 'http://oss-cn-beijing.aliyuncs.com'
        $line = "Get-OssBucketRequestPayment -Region us-west-1 -EndpointType Internal -Proxy $($emulator.proxy) -Bucket usw"
        (Wait-Completion $line).CompletionText | Should -Be uswest-bucket
        (Get-EmulatorRequest)[-1].host | Should -Be oss-us-west-1-internal.aliyuncs.com
    }

    It 'is that of $PSDefaultParameterValues' {
        $env:OSS_ENDPOINT = 'http://oss-cn-beijing.aliyuncs.com'
        $global:PSDefaultParameterValues = @{
            '*-Oss*:Region' = 'cn-shanghai'; 'Get-OssRequesterQoSInfo:Region' = 'us-west-1'
            'Get-OssBucketRequestPayment:Proxy' = $emulator.proxy; 'Set-OssBucketRequestPayment:EndpointType' = 'Internal'
        }
        try {
            (Wait-Completion 'Get-OssBucketRequestPayment usw').CompletionText | Should -Be uswest-bucket
            (Get-EmulatorRequest)[-1].host | Should -Be oss-cn-shanghai.aliyuncs.com

            $global:PSDefaultParameterValues['Disabled'] = $true
            $count = Get-QueryCount
            Get-Completion 'Get-OssBucketRequestPayment -Endpoint https://127.0.0.1:1 usw' | Should -BeNullOrEmpty
            Get-QueryCount | Should -Be $count
        } finally {
            $global:PSDefaultParameterValues = [System.Management.Automation.DefaultParameterDictionary]::new()
        }
    }
}

Describe 'A completion' {
    BeforeEach { Reset-Emulator; $Error.Clear() }

    It 'sends one query a minute for an account and an endpoint' {
        Use-FreshPlace
        Wait-Completion 'Get-OssBucketRequestPayment ' | Should -HaveCount 8
        Wait-Completion 'Get-OssRequesterQoSInfo -Region cn-hangzhou examplebucket ' | Should -HaveCount 2
        $count = Get-QueryCount
        $again = 'Get-OssBucketRequestPayment b', 'Set-OssBucketRequestPayment e', 'Set-OssRequesterQoSInfo -Region cn-hangzhou examplebucket 3'
        foreach ($line in $again) {
            Get-Completion $line | Should -Not -BeNullOrEmpty
        }

        Get-QueryCount | Should -Be $count

        $own = $env:OSS_ACCESS_KEY_ID, $env:OSS_ACCESS_KEY_SECRET
        Use-EmulatorKey stranger
        Get-Completion 'Get-OssBucketRequestPayment ' | Should -BeNullOrEmpty
        Get-QueryCount | Should -BeGreaterThan $count

        $env:OSS_ACCESS_KEY_ID, $env:OSS_ACCESS_KEY_SECRET = $own
        $count = Get-QueryCount
        Get-Completion 'Get-OssBucketRequestPayment ' | Should -HaveCount 8
        Get-QueryCount | Should -Be $count
        $env:OSS_ENDPOINT = $env:OSS_ENDPOINT.Replace('127.0.0.1', 'localhost')
        Wait-Completion 'Get-OssBucketRequestPayment ' | Should -HaveCount 8
        Get-QueryCount | Should -BeGreaterThan $count
    }

    It 'times out if the service responds slowly, and queries again the next time' {
        Use-FreshPlace
        Set-EmulatorSetting @{ delayMilliseconds = 600000 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        Get-Completion 'Get-OssBucketRequestPayment ' | Should -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
        $Error | Should -BeNullOrEmpty

        Set-EmulatorSetting @{ delayMilliseconds = 0 }
        Wait-Completion 'Get-OssBucketRequestPayment ' | Should -HaveCount 8
    }

    It 'sends a request without retries' {
        Use-FreshPlace
        Add-EmulatorFault @{ action = @{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable'; message = 'No.' } }
        Get-Completion 'Get-OssBucketRequestPayment ' | Should -BeNullOrEmpty
        Get-QueryCount | Should -BeLessOrEqual 1
        $Error | Should -BeNullOrEmpty
    }

    It 'is silent <Where>' -ForEach @(
        @{ Where = 'without credentials'; Before = '$env:OSS_ACCESS_KEY_ID = $null' }
        @{ Where = 'with credentials that OSS refuses'; Before = '$env:OSS_ACCESS_KEY_SECRET = "wrong"' }
        @{ Where = 'without a region'; Before = '$env:OSS_REGION = $null' }
        @{ Where = 'where nobody listens'; Typed = '-Endpoint http://127.0.0.1:1' }
        @{ Where = 'at an endpoint that is not valid'; Typed = '-Endpoint http://a/b' }
        @{ Where = 'at a domain that is bound to a bucket'; Typed = '-AddressingStyle CName' }
        @{ Where = 'with a proxy that is not valid'; Typed = '-Proxy nowhere' }
        @{ Where = 'with a proxy credential that is not valid'; Typed = '-Proxy http://127.0.0.1:1 -ProxyCredential x' }
        @{ Where = 'with an endpoint type that is not valid'; Typed = '-EndpointType Secret' }
    ) {
        # All streams are on, so that all output is visible.
        $lines = "Get-OssBucketRequestPayment $Typed -Bucket ", "Get-OssRequesterQoSInfo $Typed examplebucket "
        $output = Invoke-SharedShell ("$Before; `$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'; `$Error.Clear(); " +
            ($lines | ForEach-Object { "& { (TabExpansion2 '$_' $($_.Length)).CompletionMatches } *>&1; " }) + '"errors: $($Error.Count)"')
        if ($Where -eq 'at a domain that is bound to a bucket') {
            # The cache has the requesters of this bucket only.
            Get-EmulatorRequest '?operation=ListBuckets' | Should -BeNullOrEmpty
            $output = $output | Select-Object -Last 1
        }

        $output | Should -Be 'errors: 0'
    }
}
