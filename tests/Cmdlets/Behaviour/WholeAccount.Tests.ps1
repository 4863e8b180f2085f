BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'Every bucket of the account' {
    BeforeEach {
        Reset-Emulator
    }

    It 'is covered without -Bucket, in name order, each in its own region' {
        $payments = Get-OssBucketRequestPayment
        $payments.Bucket | Should -Be a-bucket, b-bucket, beijing-bucket, c-bucket, examplebucket, shanghai-bucket, singapore-bucket, uswest-bucket
        ($payments | Where-Object Bucket -EQ uswest-bucket).Region | Should -Be us-west-1
    }

    It 'is queried at its own region''s endpoint of the chosen type' {
        $env:OSS_ENDPOINT = $null
        $payments = Get-OssBucketRequestPayment -Endpoint http://oss-cn-hangzhou.aliyuncs.com -EndpointType Internal -Proxy $emulator.proxy -WarningAction SilentlyContinue
        $payments | Should -HaveCount 8
        $payments | ForEach-Object { $_.Endpoint | Should -Be "http://oss-$($_.Region)-internal.aliyuncs.com" }
        Get-EmulatorRequest | Where-Object status -NE 200 | Should -BeNullOrEmpty
    }

    It 'is requested at its listed region: listed at <Endpoint>, requested at <HostName>' -ForEach @(
        @{ Endpoint = 'oss-cn-hangzhou.aliyuncs.com'; Type = @{}; HostName = 'oss-cn-hzfinance.aliyuncs.com' }
        @{ Endpoint = 'oss-cn-hangzhou-internal.aliyuncs.com'; Type = @{}; HostName = 'oss-cn-hzfinance-internal.aliyuncs.com' }
        @{ Endpoint = 'oss-cn-hangzhou.aliyuncs.com'; Type = @{ EndpointType = 'Internal' }; HostName = 'oss-cn-hzfinance-internal.aliyuncs.com' }
        @{ Endpoint = 'oss-cn-hangzhou.aliyuncs.com'; Type = @{ EndpointType = 'DualStack' }; HostName = 'cn-hangzhou-finance.oss.aliyuncs.com' }
        @{ Endpoint = 'oss-cn-hzjbp-a-internal.aliyuncs.com'; Type = @{}; HostName = 'oss-cn-hzjbp-a-internal.aliyuncs.com' }
    ) {
        Invoke-EmulatorControl '/buckets/finance-bucket' Put @{ region = 'cn-hangzhou-finance' }
        $payment = Get-OssBucketRequestPayment finance-* -Endpoint "http://$Endpoint" @Type -Proxy $emulator.proxy -WarningAction SilentlyContinue
        $payment.Region | Should -Be cn-hangzhou-finance
        $payment.Endpoint | Should -Be "http://$HostName"
        (Get-EmulatorRequest).verified | Should -Be $true, $true
    }

    It 'is a separate error if its region has no endpoint of the type' {
        $found = Get-OssBucketRequestPayment [bu]*-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -EndpointType DualStack -Proxy $emulator.proxy -WarningAction SilentlyContinue -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Bucket | Should -Be b-bucket, beijing-bucket
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be InvalidEndpoint
        $failures.TargetObject.Bucket | Should -Be uswest-bucket
        Get-EmulatorRequest '?bucket=uswest-bucket' | Should -BeNullOrEmpty
    }

    It 'is never requested at a host that a hostile listing names: <_>' -ForEach @(
        'evil.example', 'oss-us-west-1.aliyuncs.com.evil.example', 'oss-us-west-1.aliyuncs.com:8080', 'http://oss-us-west-1.aliyuncs.com',
        'user@oss-us-west-1.aliyuncs.com', 'x.oss-us-west-1.aliyuncs.com', 'oss-accelerate.aliyuncs.com', 'oss-cn-beijing.aliyuncs.com', '127.0.0.1', ''
    ) {
        Add-EmulatorFault @{
            operation = 'ListBuckets'
            action    = @{
                kind = 'replace'; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<ListAllMyBucketsResult><Buckets><Bucket><Name>uswest-bucket</Name><Region>us-west-1</Region>' +
                    "<ExtranetEndpoint>$_</ExtranetEndpoint><IntranetEndpoint>$_</IntranetEndpoint></Bucket></Buckets></ListAllMyBucketsResult>"
            }
        }
        $payment = Get-OssBucketRequestPayment -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -WarningAction SilentlyContinue
        $payment.Endpoint | Should -Be http://oss-us-west-1.aliyuncs.com
        (Get-EmulatorRequest)[-1].host | Should -Be uswest-bucket.oss-us-west-1.aliyuncs.com
    }

    It 'is queried at the custom endpoint if one is specified' {
        Get-OssBucketRequestPayment | ForEach-Object Endpoint | Select-Object -Unique | Should -Be $emulator.httpEndpoint
    }

    It 'is also covered by Get-OssRequesterQoSInfo' {
        $infos = Get-OssRequesterQoSInfo -Requester 300100, 300999 -ErrorAction Stop
        $infos.Bucket | Should -Be examplebucket
        (Get-OssRequesterQoSInfo *bucket 300100 -ErrorAction Stop).Bucket | Should -Be examplebucket
    }

    It 'is an error for Get-OssRequesterQoSInfo if the bucket is named and the requester has no limits there' {
        Get-OssRequesterQoSInfo a-bucket, *bucket -Requester 300100 -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        $failures.TargetObject.Bucket | Should -Be a-bucket
        Get-OssBucketRequestPayment a-bucket | Get-OssRequesterQoSInfo -Requester 300100 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.TargetObject.Bucket | Should -Be a-bucket
    }

    It 'is an error for Get-OssRequesterQoSInfo if another thing is missing or refused' {
        Add-EmulatorFault @{ bucket = 'a-bucket'; action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied' } }
        Add-EmulatorFault @{ bucket = 'b-bucket'; action = @{ kind = 'ossError'; status = 404; code = 'NoSuchBucket' } }
        (Get-OssRequesterQoSInfo *bucket 300100 -ErrorVariable failures -ErrorAction SilentlyContinue).Bucket | Should -Be examplebucket
        $failures.TargetObject.Bucket | Should -Be a-bucket, b-bucket
    }

    It 'is filtered by a pattern, whose literal beginning is the prefix of the listing' {
        (Get-OssBucketRequestPayment 'b*-bucket').Bucket | Should -Be b-bucket, beijing-bucket
        $listing = Get-EmulatorRequest '?operation=ListBuckets'
        $listing.rawTarget | Should -Match 'prefix=b(&|$)'
    }

    It 'says with -Verbose that -Region does not filter' {
        $all = Get-OssBucketRequestPayment 'b*-bucket' -Region cn-beijing -Verbose 4>&1
        $messages = @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message)
        @($messages -like '-Region cn-beijing does not filter*Where-Object Region -EQ cn-beijing*') | Should -HaveCount 1
        @($all | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Bucket | Should -Be b-bucket, beijing-bucket

        (Get-OssBucketRequestPayment 'b*-bucket' -Verbose 4>&1) -like '*does not filter*' | Should -BeNullOrEmpty
        (Get-OssBucketRequestPayment b-bucket -Region cn-hangzhou -Verbose 4>&1) -like '*does not filter*' | Should -BeNullOrEmpty
    }

    It 'matches <Pattern> as PowerShell does' -ForEach @(
        @{ Pattern = '[ab]-bucket'; Buckets = 'a-bucket', 'b-bucket' }
        @{ Pattern = '?-BUCKET'; Buckets = 'a-bucket', 'b-bucket', 'c-bucket' }
        @{ Pattern = 'B*'; Buckets = 'b-bucket', 'beijing-bucket' }
        @{ Pattern = 'nothing-*'; Buckets = @() }
    ) {
        @(Get-OssBucketRequestPayment $Pattern).Bucket | Should -Be $Buckets
    }

    It 'takes names and patterns together, in their order' {
        (Get-OssBucketRequestPayment uswest-bucket, 'a*', c-bucket -ErrorAction SilentlyContinue).Bucket | Should -Be a-bucket, c-bucket
        (Get-OssBucketRequestPayment examplebucket, 'a*', c-bucket).Bucket | Should -Be examplebucket, a-bucket, c-bucket
    }

    It 'is not selected by <Name>' -ForEach @(
        @{ Name = 'an empty pipeline'; Script = { @() | Get-OssBucketRequestPayment } }
        @{ Name = 'an empty array'; Script = { Get-OssBucketRequestPayment -Bucket @() } }
        @{ Name = '$null'; Script = { Get-OssBucketRequestPayment -Bucket $null } }
        @{ Name = 'an empty name'; Script = { Get-OssBucketRequestPayment -Bucket '' } }
        @{ Name = 'a piped object without a bucket'; Script = { [pscustomobject]@{ Region = 'cn-hangzhou' } | Get-OssBucketRequestPayment } }
        @{ Name = 'a piped $null'; Script = { $null | Get-OssBucketRequestPayment } }
    ) {
        $ErrorActionPreference = 'SilentlyContinue'

        # Twice, because what was bound before must not change the error.
        $ids = foreach ($time in 1, 2) {
            $Error.Clear()
            $emitted = try { & $Script } catch { $null = $_ }
            $emitted | Should -BeNullOrEmpty
            "$($Error.FullyQualifiedErrorId)"
        }

        $ids[1] | Should -Be $ids[0]
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'is never selected by a set, whose error shows the pipeline' {
        Set-OssBucketRequestPayment 'a-*' Requester -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*'
        $failures[0].ErrorDetails.Message | Should -Match 'Get-OssBucketRequestPayment .* \| Set-OssBucketRequestPayment'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'reports a listing that fails, as something that can be piped back' {
        Use-EmulatorKey disabled
        $failures = @(try { Get-OssBucketRequestPayment -ErrorAction SilentlyContinue } catch { $_ })
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidAccessKeyId,*'

        Use-EmulatorKey owner
        ($failures[0].TargetObject | Get-OssBucketRequestPayment) | Should -HaveCount 8
    }

    It 'reports a listing of <_> that fails as one of the account''s buckets' -ForEach '*', '?-bucket' {
        Add-EmulatorFault @{ operation = 'ListBuckets'; action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied'; message = 'No.' } }
        Get-OssBucketRequestPayment $_ -ErrorVariable failures -ErrorAction SilentlyContinue
        $name = if ($_ -eq '*') { "the account's buckets" } else { "the account's buckets $_" }
        $failures[0].ErrorDetails.Message |
            Should -BeLike "$($name -replace '([?*])', '`$1'): No. Check that the RAM user or role has the permission oss:ListBuckets, or specify the buckets. (*)"
        $failures[0].CategoryInfo.TargetName | Should -Be $name
        $failures[0].TargetObject.Bucket | Should -Be $_
        Invoke-EmulatorControl /faults Delete
        @($failures[0].TargetObject | Get-OssBucketRequestPayment).Count | Should -BeGreaterThan 2
    }

    It 'is one pipeline: find buckets without requester-pays, and change them' {
        Get-OssBucketRequestPayment | Where-Object Payer -NE Requester | Set-OssBucketRequestPayment -Payer Requester
        Get-OssBucketRequestPayment | ForEach-Object Payer | Select-Object -Unique | Should -Be Requester
    }
}

Describe 'An invalid bucket in a listing' {
    BeforeAll {
        Reset-Emulator
        Add-EmulatorFault @{
            operation = 'ListBuckets'
            action    = @{
                kind = 'replace'; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<ListAllMyBucketsResult><Buckets>' +
                    '<Bucket><Name>a-bucket</Name><Region>cn-hangzhou</Region></Bucket>' +
                    '<Bucket><Name>b/../x</Name><Region>cn-hangzhou</Region></Bucket>' +
                    '<Bucket><Name>b-bucket</Name><Region>evil.example/</Region></Bucket>' +
                    '<Bucket><Name>c-bucket</Name><Region>cn-hangzhou</Region></Bucket>' +
                    '</Buckets></ListAllMyBucketsResult>'
            }
        }
    }

    It 'is one error, and the others are returned' {
        $payments = Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue
        $payments.Bucket | Should -Be a-bucket, c-bucket
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be InvalidBucketName, InvalidRegion
        $failures.TargetObject.Bucket | Should -Be 'b/../x', b-bucket
        (Get-EmulatorRequest '?operation=GetBucketRequestPayment').bucket | Sort-Object | Should -Be a-bucket, c-bucket
    }
}

Describe 'A hostile name in a listing' {
    It 'is safe to show in each view of its error' {
        Reset-Emulator
        Add-EmulatorFault @{
            operation = 'ListBuckets'
            action    = @{
                kind = 'replace'; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<ListAllMyBucketsResult><Buckets><Bucket><Name>a&#x202E;b&#10;c&#x9B;31m</Name><Region>cn-hangzhou</Region></Bucket></Buckets></ListAllMyBucketsResult>'
            }
        }
        Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue

        $failures[0].TargetObject.Bucket | Should -Be "a\ufffdb\ufffdc\ufffd31m".Replace('\ufffd', [string][char]0xFFFD)
        $shown = @(
            $failures[0] | Format-List * -Force | Out-String
            $failures[0].TargetObject | Format-List * -Force | Out-String
            $failures[0].TargetObject | ConvertTo-Json
        )
        "$shown" | Should -Not -Match '[\u202E\u009B]|a.b\nc'
    }
}

Describe 'A listing without an end' {
    It 'is an error: <Name>' -ForEach @(
        @{ Name = 'truncated pages without buckets'; Pages = '', ''; Requests = 1 }
        @{ Name = 'the same bucket on each page'; Pages = 'a-bucket', 'a-bucket'; Requests = 2 }
        @{ Name = 'a text that is neither true nor false'; Pages = @('a-bucket'); IsTruncated = 'yes'; Requests = 1 }
    ) {
        Reset-Emulator
        $number = 0
        foreach ($page in $Pages) {
            $number++
            $bucket = if ($page) { "<Bucket><Name>$page</Name><Region>cn-hangzhou</Region></Bucket>" }
            Add-EmulatorFault @{
                operation = 'ListBuckets'; times = [int]($number -lt $Pages.Count)
                action    = @{
                    kind = 'replace'; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                    text = "<ListAllMyBucketsResult><Buckets>$bucket</Buckets><IsTruncated>$(if ($IsTruncated) { $IsTruncated } else { 'true' })</IsTruncated><NextMarker>m$number</NextMarker></ListAllMyBucketsResult>"
                }
            }
        }
        Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null

        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        Get-EmulatorRequest '?operation=ListBuckets' | Should -HaveCount $Requests
    }
}

Describe 'Listing 1,000 buckets in 5 regions' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 1000; prefix = 'fleet-' }
        Set-EmulatorSetting @{ maxListPageSize = 100 }
    }

    BeforeEach {
        Invoke-EmulatorControl /requests Delete
        Set-EmulatorSetting @{ delayMilliseconds = 0 }
    }

    It 'follows all pages' {
        $payments = Get-OssBucketRequestPayment 'fleet-*'
        $payments | Should -HaveCount 1000
        $payments.Bucket | Should -Be ($payments.Bucket | Sort-Object)
        ($payments.Region | Sort-Object -Unique) | Should -HaveCount 5
        Get-EmulatorRequest '?operation=ListBuckets' | Should -HaveCount 10
    }

    It 'counts the listing''s own requests towards ThrottleLimit <_>' -ForEach 1, 3 {
        Set-EmulatorSetting @{ delayMilliseconds = 5 }
        Invoke-EmulatorControl /counters/reset Post
        Get-OssBucketRequestPayment 'fleet-0003*' -ThrottleLimit $_ | Should -HaveCount 100
        Get-OssBucketRequestPayment 'fleet-*' -ThrottleLimit $_ | Select-Object -First 250 | Should -HaveCount 250
        (Invoke-EmulatorControl /counters).maxInFlight | Should -Be $_
    }

    It 'continues from page to page while one bucket hangs' {
        Add-EmulatorFault @{ bucket = 'fleet-000150'; action = @{ kind = 'hang' } }
        $shell = New-ModuleShell 'Get-OssBucketRequestPayment fleet-* -TimeoutSec 300'
        $null = $shell.BeginInvoke()
        try {
            for ($i = 0; $i -lt 600 -and (Invoke-EmulatorControl /requests/count).count -lt 1010; $i++) { Start-Sleep -Milliseconds 50 }
            (Invoke-EmulatorControl /requests/count).count | Should -Be 1010 -Because 'ten pages and a thousand buckets are asked for'
        } finally {
            $shell.Stop()
            $shell.Dispose()
            Invoke-EmulatorControl /faults Delete
        }
    }

    It 'emits the first object before it requests the second page' {
        (Get-OssBucketRequestPayment 'fleet-*' | Select-Object -First 1).Bucket | Should -Be fleet-000000
        Get-EmulatorRequest '?operation=ListBuckets' | Should -HaveCount 1
    }
}

Describe 'A bucket in another region' {
    BeforeEach {
        Reset-Emulator
        $env:OSS_ENDPOINT = $null
    }

    It 'is found from the response, requested once at its own region''s endpoint of the chosen type, and remembered' {
        $env:OSS_ENDPOINT = 'http://oss-cn-hangzhou-internal.aliyuncs.com'
        $command = { Get-OssBucketRequestPayment uswest-bucket -Proxy $emulator.proxy -Verbose 4>&1 3>$null }
        $first = & $command
        $first[-1].Region | Should -Be us-west-1
        $first[-1].Endpoint | Should -Be http://oss-us-west-1-internal.aliyuncs.com
        $first.Message | Should -Contain 'Bucket uswest-bucket is in region us-west-1. Retrying at http://oss-us-west-1-internal.aliyuncs.com.'
        (Get-EmulatorRequest).host | Should -Be uswest-bucket.oss-cn-hangzhou-internal.aliyuncs.com, uswest-bucket.oss-us-west-1-internal.aliyuncs.com

        & $command | Out-Null
        (Get-EmulatorRequest).host | Select-Object -Last 1 | Should -Be uswest-bucket.oss-us-west-1-internal.aliyuncs.com
        Get-EmulatorRequest | Should -HaveCount 3
    }

    It 'is set after one ShouldProcess' {
        $messages = Set-OssBucketRequestPayment singapore-bucket Requester -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -Verbose 4>&1 3>$null
        @($messages | Where-Object Message -Like 'Performing the operation*') | Should -HaveCount 1
        (Invoke-EmulatorControl /buckets/singapore-bucket).payer | Should -Be Requester
    }

    It 'never redirects from a custom endpoint' {
        Set-EmulatorSetting @{ loopbackRegion = 'cn-hangzhou' }
        Get-OssBucketRequestPayment shanghai-bucket -Endpoint $emulator.httpEndpoint -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failures[0].ErrorDetails.Message | Should -Match oss-cn-shanghai.aliyuncs.com
        Get-EmulatorRequest | Should -HaveCount 1
    }

    It 'is not followed to <Named>' -ForEach @(
        @{ Named = 'oss-cn-beijing.aliyuncs.com.evil.example' }, @{ Named = 'evil.example' }, @{ Named = 'oss-cn-beijing.aliyuncs.com:8080' }
        @{ Named = 'x.oss-cn-beijing.aliyuncs.com' }, @{ Named = 'oss-accelerate.aliyuncs.com' }, @{ Named = 'oss-cn-hangzhou.aliyuncs.com' }, @{ Named = 'http://oss-cn-beijing.aliyuncs.com' }
    ) {
        Add-EmulatorFault @{
            bucket = 'a-bucket'
            action = @{
                kind    = 'replace'; status = 403; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text    = "<Error><Code>AccessDenied</Code><Message>x</Message><RequestId>A1</RequestId><Endpoint>$Named</Endpoint></Error>"
            }
        }
        Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ErrorVariable failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        Get-EmulatorRequest | Should -HaveCount 1
    }

    It 'with changing regions is requested at most twice' {
        foreach ($region in 'cn-beijing', 'cn-shanghai') {
            Add-EmulatorFault @{
                bucket = 'b-bucket'; times = 1
                action = @{
                    kind = 'replace'; status = 403; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                    text = "<Error><Code>AccessDenied</Code><Message>x</Message><Endpoint>oss-$region.aliyuncs.com</Endpoint></Error>"
                }
            }
        }
        Get-OssBucketRequestPayment b-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        Get-EmulatorRequest | Should -HaveCount 2
    }
}
