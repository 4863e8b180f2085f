BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    Import-Module (Join-Path $PSScriptRoot "../SharedShell.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'The life of a limit at <Kind>' -ForEach @(
    @{ Kind = 'a bucket'; Named = 'bucket a-bucket'; Owner = @{ Bucket = 'a-bucket' }; Other = @{ Bucket = 'b-bucket' }; Type = 'RequesterQoSInfo' }
    @{ Kind = 'a resource pool'; Named = 'resource pool example-pool'; Owner = @{ ResourcePool = 'example-pool' }; Other = @{ ResourcePool = 'other-pool' }; Type = 'ResourcePoolRequesterQoSInfo' }
) {
    BeforeAll {
        Reset-Emulator
        $uid = '500500'
    }

    It 'starts without a limit' {
        Get-OssRequesterQoSInfo @Owner -Requester $uid -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        ($failures[0].TargetObject | Get-OssRequesterQoSInfo -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
    }

    It 'is set, and unspecified limits are unlimited' {
        Set-OssRequesterQoSInfo @Owner -Requester $uid -TotalUploadBandwidth 10 -ExtranetDownloadBandwidth 0 | Should -BeNullOrEmpty
        $info = Get-OssRequesterQoSInfo @Owner -Requester $uid
        $info.psobject.TypeNames[0] | Should -Be "OssPayment.$Type"
        $info.TotalUploadBandwidth | Should -Be 10
        $info.ExtranetDownloadBandwidth | Should -Be 0
        foreach ($name in 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth', 'IntranetDownloadBandwidth') {
            $info.$name | Should -Be -1
        }
    }

    It 'has one field changed, and keeps the others' {
        $before = Get-OssRequesterQoSInfo @Owner -Requester $uid
        $after = Set-OssRequesterQoSInfo @Owner -Requester $uid -IntranetDownloadBandwidth 50 -PassThru
        $after.IntranetDownloadBandwidth | Should -Be 50
        foreach ($name in 'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth', 'ExtranetDownloadBandwidth') {
            $after.$name | Should -Be $before.$name
        }
        (Get-OssRequesterQoSInfo @Owner -Requester $uid).IntranetDownloadBandwidth | Should -Be 50
    }

    It 'is shown before and after with -WhatIf, and stays' {
        $before = Get-OssRequesterQoSInfo @Owner -Requester $uid
        Invoke-EmulatorControl /requests Delete
        $arguments = ($Owner.GetEnumerator() | ForEach-Object { "-$($_.Key) $($_.Value)" }) -join ' '
        $output = Invoke-SharedShell "Set-OssRequesterQoSInfo $arguments -Requester $uid -TotalUploadBandwidth 20 -ExtranetDownloadBandwidth -1 -IntranetDownloadBandwidth 50 -WhatIf" | Out-String
        $output | Should -Match 'set TotalUploadBandwidth from 10 to 20, ExtranetDownloadBandwidth from forbidden to unlimited"'
        $output | Should -MatchExactly "on target `"$Named, requester $uid \(cn-hangzhou\)`""
        Get-EmulatorRequest '?method=PUT' | Should -BeNullOrEmpty
        (Get-OssRequesterQoSInfo @Owner -Requester $uid).TotalUploadBandwidth | Should -Be $before.TotalUploadBandwidth
    }

    It 'is copied to another requester, all fields' {
        Get-OssRequesterQoSInfo @Owner -Requester $uid | Set-OssRequesterQoSInfo @Other -Requester 500501
        $copy = Get-OssRequesterQoSInfo @Other -Requester 500501
        $copy.TotalUploadBandwidth | Should -Be 10
        $copy.ExtranetDownloadBandwidth | Should -Be 0
        $copy.IntranetDownloadBandwidth | Should -Be 50
    }

    It 'forbids' {
        Set-OssRequesterQoSInfo @Owner -Requester $uid -TotalUploadBandwidth 0 -TotalDownloadBandwidth 0 -IntranetDownloadBandwidth 0
        Get-OssRequesterQoSInfo @Owner -Requester $uid | Format-Table | Out-String -Width 80 | Should -Match "(?m)^500500 +forbidden +unlimited +unlimited +forbidden +forbidden +forbidden"
    }

    It 'accepts the words that the views show, from the command line and from a CSV file' {
        Set-OssRequesterQoSInfo @Owner -Requester $uid -TotalUploadBandwidth unlimited -TotalDownloadBandwidth Forbidden
        $info = Get-OssRequesterQoSInfo @Owner -Requester $uid
        $info.TotalUploadBandwidth, $info.TotalDownloadBandwidth | Should -Be -1, 0

        $set = 'Requester,TotalUploadBandwidth,TotalDownloadBandwidth', "$uid, FORBIDDEN ,unlimited" | ConvertFrom-Csv |
            Set-OssRequesterQoSInfo @Owner -PassThru
        $set.TotalUploadBandwidth, $set.TotalDownloadBandwidth | Should -Be 0, -1
        { Set-OssRequesterQoSInfo @Owner -Requester $uid -TotalUploadBandwidth none } |
            Should -Throw '*''none'' is not a valid limit. Use -1 (unlimited), 0 (forbidden), or 5 or more Gbit/s*'
    }

    It 'is removed only after a confirmation' {
        $arguments = ($Owner.GetEnumerator() | ForEach-Object { "-$($_.Key) $($_.Value)" }) -join ' '
        Invoke-SharedShell "Remove-OssRequesterQoSInfo $arguments -Requester $uid" | Out-String | Should -Match NonInteractive
        (Get-OssRequesterQoSInfo @Owner -Requester $uid).Requester | Should -Be $uid

        Invoke-SharedShell "Remove-OssRequesterQoSInfo $arguments -Requester $uid -WhatIf" |
            Should -Be ('What if: Performing the operation "remove all limits (TotalUploadBandwidth forbidden, IntranetDownloadBandwidth ' +
                "forbidden, ExtranetDownloadBandwidth forbidden)`" on target `"$Named, requester $uid (cn-hangzhou)`".")
        (Get-OssRequesterQoSInfo @Owner -Requester $uid).Requester | Should -Be $uid

        Get-OssRequesterQoSInfo @Owner -Requester $uid | Remove-OssRequesterQoSInfo -Confirm:$false | Should -BeNullOrEmpty
        { Get-OssRequesterQoSInfo @Owner -Requester $uid -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuch*'
    }
}

Describe 'The life of a bucket''s own limit' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /pools/life-pool Put @{ region = 'cn-hangzhou'; buckets = @('b-bucket', 'c-bucket'); limits = @{ totalUploadBandwidth = 50; totalQps = 1000 } }
    }

    BeforeEach {
        Invoke-EmulatorControl /requests Delete
    }

    It 'starts without a limit, which is an error only for a named bucket' {
        Get-OssBucketQoSInfo b-bucket -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $failures[0].ErrorDetails.Message | Should -BeLike '*has no limits of its own*'
        Get-OssBucketQoSInfo '?-bucket' -ErrorVariable failures | ForEach-Object Bucket | Should -Be a-bucket
        (Get-OssBucketQoSInfo -ErrorAction Stop).Bucket | Should -Be a-bucket, examplebucket
    }

    It 'is set, also below 5 Gbit/s, and unspecified limits are unlimited' {
        Set-OssBucketQoSInfo b-bucket -TotalUploadBandwidth 10 -ExtranetUploadBandwidth 1 -ExtranetDownloadBandwidth forbidden | Should -BeNullOrEmpty
        $info = Get-OssBucketQoSInfo b-bucket
        $info | Should -BeOfType ([OssPayment.BucketQoSInfo])
        $info.TotalUploadBandwidth, $info.ExtranetUploadBandwidth, $info.ExtranetDownloadBandwidth, $info.TotalQps | Should -Be 10, 1, 0, -1
        $info.Region, $info.StatusCode | Should -Be cn-hangzhou, 200
        { Set-OssBucketQoSInfo b-bucket -TotalUploadBandwidth 0.5 } | Should -Throw '*or 1 or more Gbit/s*'
    }

    It 'is not sent if nothing changes' {
        $output = Set-OssBucketQoSInfo b-bucket -TotalUploadBandwidth 10 -PassThru -Verbose 4>&1
        "$output" | Should -Match 'b-bucket: the limits already have these values. No change was sent.'
        $output[-1].TotalUploadBandwidth | Should -Be 10
        Get-EmulatorRequest '?method=PUT' | Should -BeNullOrEmpty
    }

    It 'is shown before and after with -WhatIf, and stays' {
        Invoke-SharedShell 'Set-OssBucketQoSInfo b-bucket -TotalUploadBandwidth 20 -ExtranetDownloadBandwidth -1 -WhatIf' |
            Should -Be 'What if: Performing the operation "set TotalUploadBandwidth from 10 to 20, ExtranetDownloadBandwidth from forbidden to unlimited" on target "bucket b-bucket (cn-hangzhou)".'
        Get-EmulatorRequest '?method=PUT' | Should -BeNullOrEmpty
    }

    It 'keeps what OSS sent, known or not, when another limit is set' {
        Invoke-EmulatorControl /buckets/c-bucket/qos Put @{ totalUploadBandwidth = 10; exclusive = 1; totalQps = 9 }
        Set-OssBucketQoSInfo c-bucket -TotalUploadBandwidth 20
        $kept = (Invoke-EmulatorControl /buckets/c-bucket).limits
        'Exclusive=1', 'TotalUploadBandwidth=20', 'TotalQps=9' | Where-Object { $_ -notin $kept } | Should -BeNullOrEmpty
    }

    It 'is copied: from a bucket, from a resource pool, and from a CSV file' {
        Get-OssBucketQoSInfo b-bucket | Set-OssBucketQoSInfo -Bucket c-bucket
        (Get-OssBucketQoSInfo c-bucket).ExtranetUploadBandwidth | Should -Be 1
        (Get-OssResourcePool life-pool | Set-OssBucketQoSInfo -Bucket c-bucket -PassThru).TotalUploadBandwidth | Should -Be 50
        $set = 'Bucket,TotalUploadBandwidth,TotalQps', 'b-bucket,,7', 'c-bucket,8,' | ConvertFrom-Csv | Set-OssBucketQoSInfo -PassThru
        $set | ForEach-Object { "$($_.Bucket) $($_.TotalUploadBandwidth) $($_.TotalQps)" } | Should -Be 'b-bucket 10 7', 'c-bucket 8 1000'
    }

    It 'above that of its resource pool is refused, with that limit, and can be set when piped back' {
        Get-OssResourcePoolBucket life-pool | Set-OssBucketQoSInfo -TotalQps 1001 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.ErrorDetails.Message | Should -BeLike '*The limits of resource pool life-pool are exceeded: TotalQps 1001 requests/s is above TotalQps 1000 requests/s. (InvalidArgument,*'
        $failures.CategoryInfo.Category | Should -Be InvalidArgument, InvalidArgument
        Invoke-EmulatorControl /pools/life-pool Put @{ region = 'cn-hangzhou'; buckets = @('b-bucket', 'c-bucket'); limits = @{ totalUploadBandwidth = 50; totalQps = 2000 } }
        $failures.TargetObject | Set-OssBucketQoSInfo
        (Get-OssBucketQoSInfo b-bucket, c-bucket).TotalQps | Should -Be 1001, 1001

        # Without the resource pool, or the permission to read it, the rules.
        Set-OssBucketQoSInfo b-bucket -TotalQps 2001 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike '*OSS has these rules*Get-OssResourcePoolBucket shows which*'
        Add-EmulatorFault @{ operation = 'GetResourcePoolInfo'; action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied' } }
        Get-OssResourcePoolBucket life-pool | Select-Object -First 1 | Set-OssBucketQoSInfo -TotalQps 2001 -ErrorVariable failures -ErrorAction SilentlyContinue
        Invoke-EmulatorControl /faults Delete
        $failures[0].ErrorDetails.Message | Should -BeLike '*OSS has these rules*(InvalidArgument,*'
    }

    It 'is the ceiling of the bucket''s requesters' {
        Set-OssRequesterQoSInfo b-bucket 300100 -TotalUploadBandwidth 11 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike '*The limits of bucket b-bucket are exceeded: TotalUploadBandwidth 11 Gbit/s is above TotalUploadBandwidth 10 Gbit/s.*'
        Set-OssRequesterQoSInfo -ResourcePool life-pool -Requester 300100 -TotalUploadBandwidth 51 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike '*The limits of resource pool life-pool are exceeded: TotalUploadBandwidth 51 Gbit/s is above TotalUploadBandwidth 50 Gbit/s.*'
    }

    It 'is not for patterns, whose error shows the pipeline, nor for buckets outside a resource pool' {
        Set-OssBucketQoSInfo 'b*' -TotalQps 5 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike "*Use: Get-OssResourcePoolBucket | Where-Object Bucket -Like 'b``*' | Set-OssBucketQoSInfo -TotalQps 5 (*"
        & ([scriptblock]::Create($failures[0].ErrorDetails.Message -replace '^.*does not accept\. Use: ' -replace ' \(InvalidBucketName\)$'))
        (Get-OssBucketQoSInfo b-bucket).TotalQps | Should -Be 5
        Set-OssBucketQoSInfo uswest-bucket -Region us-west-1 -TotalQps 5 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike '*is not in a resource pool*Only buckets in a resource pool*'
    }

    It 'is not changed with objects that are about a requester' {
        $limits = Get-OssRequesterQoSInfo examplebucket 300100
        $limits | Set-OssBucketQoSInfo -ErrorVariable failures -ErrorAction SilentlyContinue
        $limits | Remove-OssBucketQoSInfo -Force -ErrorVariable +failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        "$($failures[0])" | Should -BeLike '*has a requester (300100)*Set-OssRequesterQoSInfo*'
        (Get-OssBucketQoSInfo examplebucket).TotalUploadBandwidth | Should -Be 100
        @{ Bucket = 'b-bucket'; Requester = ''; TotalUploadBandwidth = 12 } | ForEach-Object { [pscustomobject]$_ } |
            Set-OssBucketQoSInfo -PassThru | ForEach-Object TotalUploadBandwidth | Should -Be 12
    }

    It 'is removed only after a confirmation' {
        Invoke-SharedShell 'Remove-OssBucketQoSInfo b-bucket' | Out-String | Should -Match NonInteractive
        Invoke-SharedShell 'Remove-OssBucketQoSInfo b-bucket -Force -WhatIf' |
            Should -BeLike 'What if: Performing the operation "remove all limits (Total*)" on target "bucket b-bucket (cn-hangzhou)".'
        (Get-OssBucketQoSInfo b-bucket).Bucket | Should -Be b-bucket
        Get-OssBucketQoSInfo b-bucket | Remove-OssBucketQoSInfo -Confirm:$false | Should -BeNullOrEmpty
        Remove-OssBucketQoSInfo c-bucket -Force | Should -BeNullOrEmpty
        (Get-OssBucketQoSInfo).Bucket | Should -Be a-bucket, examplebucket
    }
}

Describe 'Resource pools' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /pools/far-pool Put @{ region = 'cn-beijing'; buckets = @('beijing-bucket') }
    }

    BeforeEach {
        Invoke-EmulatorControl /requests Delete
    }

    It 'are those of the region, a name, or a pattern, with their limits' {
        (Get-OssResourcePool).ResourcePool | Should -Be example-pool, other-pool
        (Get-OssResourcePool -Region cn-beijing).ResourcePool | Should -Be far-pool
        (Get-OssResourcePool other-pool, 'E*').ResourcePool | Should -Be other-pool, example-pool
        'other-pool', 'example-pool' | Get-OssResourcePool | ForEach-Object ResourcePool | Should -Be other-pool, example-pool
        $pool = Get-OssResourcePool example-pool
        $pool.Owner, $pool.Region, $pool.TotalDownloadBandwidth, $pool.IntranetDownloadBandwidth | Should -Be 1000000000000001, cn-hangzhou, 500, -1
        $pool.CreationTime | Should -Be ([datetime]::new(2024, 7, 24, 8, 42, 32, [DateTimeKind]::Utc))
        $pool.psobject.Properties.Name | Where-Object { $_ -in 'Bucket', 'BucketName', 'Name' } | Should -BeNullOrEmpty
    }

    It 'have buckets, which pipe into every cmdlet of buckets' {
        Set-EmulatorSetting @{ maxListPageSize = 1 }
        $buckets = Get-OssResourcePool | Get-OssResourcePoolBucket
        Set-EmulatorSetting @{ maxListPageSize = 1000 }
        $buckets | ForEach-Object { "$_ $($_.Group)" } | Should -Be 'a-bucket in example-pool test-group', 'examplebucket in example-pool '
        $buckets[0].JoinTime | Should -Be ([datetime]::new(2024, 11, 29, 8, 42, 32, [DateTimeKind]::Utc))
        ($buckets | Get-OssBucketQoSInfo).TotalUploadBandwidth | Should -Be 80, 100
        ($buckets | Get-OssRequesterQoSInfo).Requester | Should -Be 300100, 300200
        ($buckets | Get-OssBucketRequestPayment).Bucket | Should -Be a-bucket, examplebucket
        ($buckets | Set-OssBucketRequestPayment -Payer Requester -PassThru).Payer | Should -Be Requester, Requester
        ($buckets | Set-OssRequesterQoSInfo -Requester 500500 -TotalQps 5 -PassThru).TotalQps | Should -Be 5, 5
        $buckets | Remove-OssRequesterQoSInfo -Requester 500500 -Confirm:$false
        (Get-OssResourcePoolBucket 'e*' | Select-Object -First 1).Bucket | Should -Be a-bucket
    }

    It 'that are not valid or do not exist are errors, in order, and the others are emitted' {
        $output = 'example-pool', '', 'no pool', 'missing-pool', '[', 'other-pool' | Get-OssResourcePool -ErrorAction Continue 2>&1
        $output | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $_.FullyQualifiedErrorId -replace ',.*' } else { $_.ResourcePool } } |
            Should -Be example-pool, InvalidResourcePool, InvalidResourcePool, NoSuchResourcePool, InvalidResourcePool, other-pool
        $output[3].CategoryInfo.Category | Should -Be ObjectNotFound
        $output[3].TargetObject | Get-OssResourcePoolBucket -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'NoSuchResourcePool,*'
        { Get-OssResourcePool example-pool -AddressingStyle CName -Endpoint http://static.example.com -Proxy $emulator.proxy -ErrorAction Stop -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'InvalidEndpoint,*'
    }

    It 'are not selected by <Name>' -ForEach @(
        @{ Name = 'an empty pipeline'; Script = { @() | Get-OssResourcePool } }
        @{ Name = 'an object without a resource pool'; Script = { Get-OssBucketRequestPayment a-bucket | Get-OssResourcePool } }
        @{ Name = 'a piped $null'; Script = { $null | Get-OssResourcePoolBucket } }
        @{ Name = 'an empty name'; Script = { Get-OssResourcePool '' } }
    ) {
        $ErrorActionPreference = 'SilentlyContinue'
        $(try { & $Script } catch { $null = $_ }) | Should -BeNullOrEmpty
        Get-EmulatorRequest | Where-Object rawTarget -Match resourcePool | Should -BeNullOrEmpty
    }

    It 'that cannot be listed are one error, which can be piped back and names the permission' {
        Add-EmulatorFault @{ operation = 'ListResourcePools'; times = 1; action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied'; message = 'No.' } }
        Get-OssResourcePool 'e*' -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].ErrorDetails.Message | Should -BeLike "the account's resource pools e``*: No. Check that the RAM user or role has the permission oss:ListResourcePools. (AccessDenied,*"
        ($failures[0].TargetObject | Get-OssResourcePool).ResourcePool | Should -Be example-pool
    }

    It 'have a bucket that cannot be read, and the others are emitted' {
        Add-EmulatorFault @{
            operation = 'ListResourcePoolBuckets'; times = 1
            action = @{
                kind = 'replace'; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<ListResourcePoolBucketsResult><ResourcePoolBucket><Name>a; Remove-Item x</Name></ResourcePoolBucket>' +
                    '<ResourcePoolBucket><Name>a-bucket</Name></ResourcePoolBucket></ListResourcePoolBucketsResult>'
            }
        }
        (Get-OssResourcePoolBucket example-pool -ErrorVariable failures -ErrorAction SilentlyContinue).Bucket | Should -Be a-bucket
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        $failures[0].TargetObject.ResourcePool | Should -Be example-pool
    }
}
