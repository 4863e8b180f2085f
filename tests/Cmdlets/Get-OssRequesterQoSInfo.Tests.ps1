BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'Get-OssRequesterQoSInfo' {
    BeforeEach {
        Reset-Emulator
    }

    It 'reads the nine limits of a requester' {
        Invoke-EmulatorControl /buckets/examplebucket/qos/300300 Put @{ totalDownloadBandwidth = 100; totalQps = 3000000000; intranetQps = 0 }
        $rates = Get-OssRequesterQoSInfo examplebucket 300300
        $rates.TotalQps, $rates.IntranetQps, $rates.ExtranetQps, $rates.TotalDownloadBandwidth, $rates.TotalUploadBandwidth |
            Should -Be 3000000000, 0, -1, 100, -1

        $info = Get-OssRequesterQoSInfo examplebucket 300200

        $info | Should -BeOfType ([OssPayment.RequesterQoSInfo])
        $info.Bucket | Should -Be examplebucket
        $info.Region | Should -Be cn-hangzhou
        $info.Requester | Should -Be 300200
        $info.TotalUploadBandwidth | Should -Be 20
        $info.IntranetUploadBandwidth | Should -Be 10
        $info.ExtranetUploadBandwidth | Should -Be 0
        $info.TotalDownloadBandwidth | Should -Be 100
        $info.IntranetDownloadBandwidth | Should -Be 50
        $info.ExtranetDownloadBandwidth | Should -Be 5
        $info.TotalUploadBandwidth | Should -BeOfType ([long])
        $info.RequestId | Should -Match '^[0-9A-F]{24}$'
        $info.StatusCode | Should -Be 200
    }

    It 'shows unlimited and forbidden, and no request ids, as a table that fits' {
        $shown = Get-OssRequesterQoSInfo examplebucket 300100, 300200 | Out-String -Width 80
        $shown | Should -Match '(?m)^300100 +10 +unlimited +unlimited +10 +unlimited +unlimited *$'
        $shown | Should -Match '(?m)^300200 +20 +10 +forbidden +100 +50 +5 *$'
        $shown | Should -Match 'Gbit/s at the bucket: examplebucket'
        $shown | Should -Not -Match RequestId
    }

    It 'shows unlimited and forbidden, and no request ids, as a list' {
        $shown = Get-OssRequesterQoSInfo examplebucket 300200 | Format-List | Out-String
        $shown | Should -Match 'ExtranetUploadBandwidth +: forbidden'
        $shown | Should -Match 'TotalDownloadBandwidth +: 100 Gbit/s'
        $shown | Should -Not -Match RequestId
    }

    It 'accepts several requesters at each of several buckets' {
        Invoke-EmulatorControl /buckets/a-bucket/qos/300100 Put @{
            totalUploadBandwidth = 7; intranetUploadBandwidth = -1; extranetUploadBandwidth = -1
            totalDownloadBandwidth = -1; intranetDownloadBandwidth = -1; extranetDownloadBandwidth = -1
        }
        $infos = Get-OssRequesterQoSInfo examplebucket, a-bucket 300100, 300200 -ErrorAction SilentlyContinue -ErrorVariable failures

        $infos | ForEach-Object { "$($_.Bucket) $($_.Requester)" } | Should -Be 'examplebucket 300100', 'examplebucket 300200', 'a-bucket 300100'
        $failures | Should -HaveCount 1
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $failures[0].TargetObject.Bucket | Should -Be a-bucket
        $failures[0].TargetObject.Requester | Should -Be 300200
    }

    It 'reads the requester from <Property> of objects' -ForEach @{ Property = 'Requester' }, @{ Property = 'Uid' }, @{ Property = 'QoSRequester' } {
        ([pscustomobject]@{ Name = 'examplebucket'; $Property = '300100' } | Get-OssRequesterQoSInfo).Requester | Should -Be 300100
    }

    It 'accepts its own output, and the target of its own error' {
        (Get-OssRequesterQoSInfo examplebucket 300100 | Get-OssRequesterQoSInfo).Requester | Should -Be 300100

        Get-OssRequesterQoSInfo missing 300100 -ErrorVariable failures -ErrorAction SilentlyContinue
        Invoke-EmulatorControl /buckets/missing Put @{ region = 'cn-hangzhou' }
        Invoke-EmulatorControl /buckets/missing/qos/300100 Put @{
            totalUploadBandwidth = 7; intranetUploadBandwidth = -1; extranetUploadBandwidth = -1
            totalDownloadBandwidth = -1; intranetDownloadBandwidth = -1; extranetDownloadBandwidth = -1
        }
        ($failures[0].TargetObject | Get-OssRequesterQoSInfo).TotalUploadBandwidth | Should -Be 7
    }

    It 'refuses the requester <Uid>, and sends nothing' -ForEach @{ Uid = '30 01' }, @{ Uid = '3001&max-keys=1' }, @{ Uid = "3001`n" }, @{ Uid = '*' } {
        { Get-OssRequesterQoSInfo examplebucket $Uid -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequester,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }
}

Describe 'Listing requesters' {
    BeforeAll {
        Reset-Emulator
        $pool = 1..25 | ForEach-Object { '{0}' -f (700000 + $_) }
        $pool | ForEach-Object { [pscustomobject]@{ Requester = $_; TotalUploadBandwidth = 5 } } | Set-OssRequesterQoSInfo -Bucket c-bucket
        $pool | ForEach-Object { [pscustomobject]@{ Requester = $_; TotalQps = 7 } } | Set-OssRequesterQoSInfo -ResourcePool example-pool
        Set-EmulatorSetting @{ maxListPageSize = 10 }
    }

    BeforeEach {
        Invoke-EmulatorControl /requests Delete
    }

    It 'returns all requesters of a bucket, over three pages' {
        $infos = Get-OssRequesterQoSInfo c-bucket
        $infos.Requester | Should -Be $pool
        $infos[0].TotalUploadBandwidth | Should -Be 5
        Get-EmulatorRequest '?operation=ListBucketRequesterQoSInfos' | Should -HaveCount 3
    }

    It 'returns all requesters of a resource pool, over three pages' {
        $infos = Get-OssRequesterQoSInfo -ResourcePool example-pool
        $infos | Should -HaveCount 26
        ($infos | Where-Object Requester -EQ 700001).TotalQps | Should -Be 7
        $infos[0].ResourcePool | Should -Be example-pool
        Get-EmulatorRequest '?operation=ListResourcePoolRequesterQoSInfos' | Should -HaveCount 3
    }

    It 'keeps the order of the buckets across pages' {
        $infos = Get-OssRequesterQoSInfo c-bucket, examplebucket, c-bucket
        $infos | Should -HaveCount 52
        ($infos | Group-Object Bucket | Measure-Object).Count | Should -Be 2
        $infos[24].Bucket | Should -Be c-bucket
        $infos[25].Bucket | Should -Be examplebucket
        $infos[27].Bucket | Should -Be c-bucket
    }

    It 'emits a page while the next one hangs' {
        Add-EmulatorFault @{ operation = 'ListBucketRequesterQoSInfos'; skip = 1; action = @{ kind = 'hang' } }
        Get-OssRequesterQoSInfo c-bucket -TimeoutSec 60 | Select-Object -First 10 | Should -HaveCount 10
        Invoke-EmulatorControl /faults Delete
    }

    It 'requests at most a few pages ahead of the pipeline' {
        Set-EmulatorSetting @{ maxListPageSize = 1 }
        try {
            Get-OssRequesterQoSInfo c-bucket | ForEach-Object { Start-Sleep -Milliseconds 300; $_ } | Select-Object -First 3 | Should -HaveCount 3
            (Get-EmulatorRequest '?operation=ListBucketRequesterQoSInfos').Count | Should -BeLessOrEqual 8
            Get-OssRequesterQoSInfo c-bucket, c-bucket | Should -HaveCount 50
        } finally {
            Set-EmulatorSetting @{ maxListPageSize = 10 }
        }
    }

    It 'covers the matching buckets' {
        (Get-OssRequesterQoSInfo 'example*').Requester | Should -Be 300100, 300200
    }

    It 'reports each page with -Verbose, before its objects' {
        $all = Get-OssRequesterQoSInfo c-bucket -Verbose 4>&1
        $all[0] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
        $all[11] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
        $all[22] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
    }

    It 'continues after limits that cannot be read, which are an error about that requester' {
        Add-EmulatorFault @{
            operation = 'ListBucketRequesterQoSInfos'
            times     = 1
            action    = @{
                kind = 'replace'; status = 200; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<ListBucketRequesterQoSInfosResult><IsTruncated>false</IsTruncated>' +
                    (@('700001,10', '700002,99999999999999999999', '700003,3000000000') | ForEach-Object {
                        $uid, $qps = $_ -split ','
                        "<RequesterQoSInfo><Requester>$uid</Requester><QoSConfiguration><TotalQps>$qps</TotalQps></QoSConfiguration></RequesterQoSInfo>"
                    }) + '</ListBucketRequesterQoSInfosResult>'
            }
        }
        $infos = Get-OssRequesterQoSInfo c-bucket -ErrorVariable failures -ErrorAction SilentlyContinue
        Invoke-EmulatorControl /faults Delete
        $infos.Requester | Should -Be 700001, 700003
        $infos[1].TotalQps | Should -Be 3000000000
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        $failures[0].ErrorDetails.Message | Should -BeLike 'c-bucket, requester 700002: *TotalQps*'
        ($failures[0].TargetObject | Get-OssRequesterQoSInfo).Requester | Should -Be 700002
    }

    It 'is refused if the pages do not advance' {
        Add-EmulatorFault @{
            operation = 'ListBucketRequesterQoSInfos'
            action    = @{
                kind = 'replace'; status = 200; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<ListBucketRequesterQoSInfosResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketRequesterQoSInfosResult>'
            }
        }
        { Get-OssRequesterQoSInfo c-bucket -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidResponse,*'
        Invoke-EmulatorControl /faults Delete
    }
}
