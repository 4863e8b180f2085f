BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "Emulator.psm1") -Force
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

    It 'begins with none' {
        Get-OssRequesterQoSInfo @Owner -Requester $uid -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        ($failures[0].TargetObject | Get-OssRequesterQoSInfo -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
    }

    It 'is set: what is not named is not limited' {
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
        $said = Invoke-ChildShell "Set-OssRequesterQoSInfo $arguments -Requester $uid -TotalUploadBandwidth 20 -ExtranetDownloadBandwidth -1 -IntranetDownloadBandwidth 50 -WhatIf" | Out-String
        $said | Should -Match 'set TotalUploadBandwidth from 10 to 20, ExtranetDownloadBandwidth from forbidden to unlimited"'
        $said | Should -MatchExactly "on target `"$Named, requester $uid \(cn-hangzhou\)`""
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
        Set-OssRequesterQoSInfo @Owner -Requester $uid -TotalUploadBandwidth 0 -TotalDownloadBandwidth 0
        Get-OssRequesterQoSInfo @Owner -Requester $uid | Format-Table | Out-String -Width 80 | Should -Match "(?m)^500500 +forbidden +unlimited +unlimited +forbidden +50 +forbidden"
    }

    It 'takes the words that the views show, from the command line and from a CSV file' {
        Set-OssRequesterQoSInfo @Owner -Requester $uid -TotalUploadBandwidth unlimited -TotalDownloadBandwidth Forbidden
        $info = Get-OssRequesterQoSInfo @Owner -Requester $uid
        $info.TotalUploadBandwidth, $info.TotalDownloadBandwidth | Should -Be -1, 0

        $set = 'Requester,TotalUploadBandwidth,TotalDownloadBandwidth', "$uid, FORBIDDEN ,unlimited" | ConvertFrom-Csv |
            Set-OssRequesterQoSInfo @Owner -PassThru
        $set.TotalUploadBandwidth, $set.TotalDownloadBandwidth | Should -Be 0, -1
        { Set-OssRequesterQoSInfo @Owner -Requester $uid -TotalUploadBandwidth none } |
            Should -Throw '*''none'' is not a limit that OSS takes: give -1 or unlimited, 0 or forbidden, or 5 and above.*'
    }

    It 'is lifted only after a confirmation' {
        $arguments = ($Owner.GetEnumerator() | ForEach-Object { "-$($_.Key) $($_.Value)" }) -join ' '
        Invoke-ChildShell "Remove-OssRequesterQoSInfo $arguments -Requester $uid" *>&1 | Out-String | Should -Match NonInteractive
        (Get-OssRequesterQoSInfo @Owner -Requester $uid).Requester | Should -Be $uid

        Invoke-ChildShell "Remove-OssRequesterQoSInfo $arguments -Requester $uid -WhatIf" |
            Should -Be "What if: Performing the operation `"lift all limits`" on target `"$Named, requester $uid (cn-hangzhou)`"."
        (Get-OssRequesterQoSInfo @Owner -Requester $uid).Requester | Should -Be $uid

        Get-OssRequesterQoSInfo @Owner -Requester $uid | Remove-OssRequesterQoSInfo -Confirm:$false | Should -BeNullOrEmpty
        { Get-OssRequesterQoSInfo @Owner -Requester $uid -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuch*'
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

    It 'covers all of a bucket''s, over three pages' {
        $infos = Get-OssRequesterQoSInfo c-bucket
        $infos.Requester | Should -Be $pool
        $infos[0].TotalUploadBandwidth | Should -Be 5
        Get-EmulatorRequest '?operation=ListBucketRequesterQoSInfos' | Should -HaveCount 3
    }

    It 'covers all of a resource pool''s, over three pages' {
        $infos = Get-OssRequesterQoSInfo -ResourcePool example-pool
        $infos | Should -HaveCount 26
        ($infos | Where-Object Requester -EQ 700001).TotalQps | Should -Be 7
        $infos[0].ResourcePool | Should -Be example-pool
        Get-EmulatorRequest '?operation=ListResourcePoolRequesterQoSInfos' | Should -HaveCount 3
    }

    It 'keeps the order of the buckets, pages and all' {
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

    It 'asks for no more than a few pages ahead of whoever takes them' {
        Set-EmulatorSetting @{ maxListPageSize = 1 }
        try {
            Get-OssRequesterQoSInfo c-bucket | ForEach-Object { Start-Sleep -Milliseconds 300; $_ } | Select-Object -First 3 | Should -HaveCount 3
            (Get-EmulatorRequest '?operation=ListBucketRequesterQoSInfos').Count | Should -BeLessOrEqual 8
            Get-OssRequesterQoSInfo c-bucket, c-bucket | Should -HaveCount 50
        } finally {
            Set-EmulatorSetting @{ maxListPageSize = 10 }
        }
    }

    It 'covers the buckets that match' {
        (Get-OssRequesterQoSInfo 'example*').Requester | Should -Be 300100, 300200
    }

    It 'tells each page with -Verbose, before its objects' {
        $all = Get-OssRequesterQoSInfo c-bucket -Verbose 4>&1
        $all[0] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
        $all[11] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
        $all[22] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
    }

    It 'is refused where the pages do not move on' {
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

Describe 'Set-OssRequesterQoSInfo' {
    BeforeEach {
        Reset-Emulator
    }

    It 'refuses <Name> = <Value>, naming the rule, and changes nothing' -ForEach @(
        foreach ($name in 'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth', 'IntranetDownloadBandwidth', 'ExtranetDownloadBandwidth') {
            foreach ($value in 1, 4, -2, 'x', 99999999999, 5.5) {
                @{ Name = $name; Value = $value }
            }
        }
    ) {
        $limits = @{ TotalUploadBandwidth = 10 }
        $limits[$Name] = $Value
        { Set-OssRequesterQoSInfo examplebucket 300100 @limits } | Should -Throw
        $Error[0].Exception.Message | Should -Match '5 and above'

        [pscustomobject]$limits | Set-OssRequesterQoSInfo examplebucket 300100 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'refuses <Name> = <Value>' -ForEach @(
        foreach ($name in 'TotalQps', 'IntranetQps', 'ExtranetQps') { foreach ($value in -2, 'x', 99999999999, 0.5) { @{ Name = $name; Value = $value } } }
    ) {
        $rate = @{ $Name = $Value }
        { Set-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 @rate } | Should -Throw
        $Error[0].Exception.Message | Should -Match '1 and above'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'refuses a request rate at a bucket' {
        { Set-OssRequesterQoSInfo -Bucket examplebucket -Requester 300100 -TotalQps 5 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'keeps the request rates of a pool that are not named' {
        Set-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 -IntranetQps 9
        $info = Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100
        $info.TotalQps | Should -Be 1000
        $info.IntranetQps | Should -Be 9
        $info.ExtranetQps | Should -Be 0
        $info.TotalUploadBandwidth | Should -Be 10
    }

    It 'copies one bucket''s configuration to another' {
        Get-OssRequesterQoSInfo examplebucket | Set-OssRequesterQoSInfo -Bucket c-bucket
        $copies = Get-OssRequesterQoSInfo c-bucket
        $copies.Requester | Should -Be 300100, 300200
        $copies[1].ExtranetUploadBandwidth | Should -Be 0
        $copies[1].TotalDownloadBandwidth | Should -Be 100
    }

    It 'takes a CSV file, a blank cell keeping what is there' {
        'Bucket,Requester,TotalUploadBandwidth,TotalDownloadBandwidth', 'examplebucket,300200,,30' | ConvertFrom-Csv | Set-OssRequesterQoSInfo
        $info = Get-OssRequesterQoSInfo examplebucket 300200
        $info.TotalUploadBandwidth | Should -Be 20
        $info.TotalDownloadBandwidth | Should -Be 30
    }

    It 'does not carry a value of one record over to the next' {
        [pscustomobject]@{ Requester = '300100'; TotalUploadBandwidth = 77 }, [pscustomobject]@{ Requester = '300200'; IntranetUploadBandwidth = 12 } | Set-OssRequesterQoSInfo -Bucket examplebucket
        (Get-OssRequesterQoSInfo examplebucket 300100).TotalUploadBandwidth | Should -Be 77
        (Get-OssRequesterQoSInfo examplebucket 300200).TotalUploadBandwidth | Should -Be 20
    }

    It 'asks in the order of the input' {
        Add-EmulatorFault @{ every = 3; action = @{ kind = 'delay'; milliseconds = 100 } }
        $said = Invoke-ChildShell "Set-OssRequesterQoSInfo a-bucket (1..20 | % { 600000 + `$_ }) -TotalUploadBandwidth 9 -WhatIf"
        ($said -replace '.*requester (\d+) .*', '$1') | Should -Be (1..20 | ForEach-Object { "$(600000 + $_)" })
    }

    It 'loses nothing when requesters are set at once' {
        1..60 | ForEach-Object { [pscustomobject]@{ Requester = "$(600000 + $_)"; TotalUploadBandwidth = 4 + $_ } } | Set-OssRequesterQoSInfo -Bucket a-bucket
        $infos = Get-OssRequesterQoSInfo a-bucket
        $infos | Should -HaveCount 60
        $infos | ForEach-Object { $_.TotalUploadBandwidth | Should -Be ([int]$_.Requester - 600000 + 4) }
    }

    It 'loses nothing when one requester is set several times in a pipeline' {
        'TotalUploadBandwidth', 'TotalDownloadBandwidth', 'IntranetUploadBandwidth', 'ExtranetDownloadBandwidth' |
            ForEach-Object { [pscustomobject]@{ Requester = '800800'; $_ = 44 } } | Set-OssRequesterQoSInfo -Bucket a-bucket
        $info = Get-OssRequesterQoSInfo a-bucket 800800
        $info.TotalUploadBandwidth, $info.TotalDownloadBandwidth, $info.IntranetUploadBandwidth, $info.ExtranetDownloadBandwidth | Should -Be 44, 44, 44, 44
    }

    It 'refuses a domain of the user''s own for a resource pool' {
        { Get-OssRequesterQoSInfo -ResourcePool example-pool -AddressingStyle CName -Endpoint http://static.example.com -Proxy $emulator.proxy -ErrorAction Stop -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'InvalidEndpoint,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'does not take a bucket that is missing for a requester without limits' {
        { Set-OssRequesterQoSInfo missing 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuchBucket,*'
        Get-EmulatorRequest '?method=PUT' | Should -BeNullOrEmpty
    }

    It 'refuses a pattern, and the resource pool <_>' -ForEach 'a/b', 'a b', '*', "x`n" {
        { Set-OssRequesterQoSInfo 'a*' 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidBucketName,*'
        { Set-OssRequesterQoSInfo -ResourcePool $_ -Requester 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidResourcePool,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'gives a failed set and a failed lift as something that can be piped back' {
        Set-OssRequesterQoSInfo -ResourcePool no-pool -Requester 300100 -TotalUploadBandwidth 5 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].TargetObject.ResourcePool | Should -Be no-pool
        $failures[0].TargetObject.Requester | Should -Be 300100
        $failures[0].TargetObject.TotalUploadBandwidth | Should -Be 5
        $failures[0].TargetObject.TotalQps | Should -BeNullOrEmpty
        $failures[0].TargetObject | Remove-OssRequesterQoSInfo -Confirm:$false -ErrorVariable again -ErrorAction SilentlyContinue
        $again[0].TargetObject.ResourcePool | Should -Be no-pool
    }

    It 'sets what failed when it is piped back, and nothing else' -ForEach @(
        @{ Owner = @{ Bucket = 'examplebucket' }; Name = 'ExtranetUploadBandwidth' }
        @{ Owner = @{ ResourcePool = 'example-pool' }; Name = 'TotalQps' }
    ) {
        $before = Get-OssRequesterQoSInfo @Owner -Requester 300100
        Add-EmulatorFault @{ method = 'PUT'; times = 1; action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied' } }
        $limit = @{ $Name = 66 }
        Set-OssRequesterQoSInfo @Owner -Requester 300100 @limit -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failures[0].TargetObject | Set-OssRequesterQoSInfo
        $after = Get-OssRequesterQoSInfo @Owner -Requester 300100
        foreach ($limit in $after.psobject.Properties | Where-Object Name -Match 'Bandwidth|Qps') {
            $limit.Value | Should -Be $(if ($limit.Name -eq $Name) { 66 } else { $before.($limit.Name) })
        }
    }

    It 'takes null for a limit that is as it is, at a <Property>' -ForEach @{ Property = 'Bucket' }, @{ Property = 'ResourcePool' } {
        $name = @{ Bucket = 'examplebucket'; ResourcePool = 'example-pool' }[$Property]
        "{ `"$Property`": `"$name`", `"Requester`": `"300100`", `"TotalUploadBandwidth`": null, `"TotalDownloadBandwidth`": 33 }" | ConvertFrom-Json | Set-OssRequesterQoSInfo
        $owner = @{ $Property = $name }
        $info = Get-OssRequesterQoSInfo @owner -Requester 300100
        $info.TotalUploadBandwidth, $info.TotalDownloadBandwidth | Should -Be 10, 33
    }

    It 'refuses a set that names no limit, such as one of a misspelt column' {
        'Bucket,Requester,TotalUploadBandwith', 'a-bucket,300100,10' | ConvertFrom-Csv | Set-OssRequesterQoSInfo -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'LimitNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be InvalidArgument
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'keeps what another session has set while this one waited' {
        Add-EmulatorFault @{ bucket = 'a-bucket'; method = 'GET'; action = @{ kind = 'delay'; milliseconds = 4000 } }
        $shell = New-ModuleShell '"a-bucket", "b-bucket" | Set-OssRequesterQoSInfo -Requester 900002 -TotalUploadBandwidth 7'
        $running = $shell.BeginInvoke()
        try {
            # Both were read; the second waits for the first.
            while ((Get-EmulatorRequest '?method=GET').Count -lt 2) { Start-Sleep -Milliseconds 20 }
            Set-OssRequesterQoSInfo b-bucket 900002 -TotalDownloadBandwidth 50
            $shell.EndInvoke($running)
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }

        $info = Get-OssRequesterQoSInfo b-bucket 900002
        $info.TotalUploadBandwidth, $info.TotalDownloadBandwidth | Should -Be 7, 50
    }

    It 'shows a pool''s request rates with all other limits, as a list' {
        $shown = Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 | Out-String
        $shown | Should -Match 'TotalQps +: 1000 requests/s'
        $shown | Should -Match 'IntranetQps +: unlimited'
        $shown | Should -Match 'ExtranetQps +: forbidden'
    }

    It 'tells a RAM user who may only read that it is not permitted' {
        Use-EmulatorKey reader
        { Set-OssRequesterQoSInfo examplebucket 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied,*'
        { Remove-OssRequesterQoSInfo examplebucket 300100 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied,*'
    }
}
