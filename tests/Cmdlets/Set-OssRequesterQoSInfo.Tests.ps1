BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "Emulator.psm1") -Force
    Import-Module (Join-Path $PSScriptRoot "SharedShell.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'Set-OssRequesterQoSInfo' {
    BeforeEach {
        Reset-Emulator
    }

    It 'refuses <Name> = <Value>, naming the rule, and changes nothing' -ForEach @(
        foreach ($name in 'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth', 'IntranetDownloadBandwidth', 'ExtranetDownloadBandwidth') {
            foreach ($value in 1, 4, -2, 'x', 99999999999999999999, 5.5) {
                @{ Name = $name; Value = $value }
            }
        }
    ) {
        $limits = @{ TotalUploadBandwidth = 10 }
        $limits[$Name] = $Value
        { Set-OssRequesterQoSInfo examplebucket 300100 @limits } | Should -Throw
        $Error[0].Exception.Message | Should -Match '5 or more'

        [pscustomobject]$limits | Set-OssRequesterQoSInfo examplebucket 300100 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'refuses <Name> = <Value>' -ForEach @(
        foreach ($name in 'TotalQps', 'IntranetQps', 'ExtranetQps') { foreach ($value in -2, 'x', 99999999999999999999, 0.5) { @{ Name = $name; Value = $value } } }
    ) {
        $rate = @{ $Name = $Value }
        { Set-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 @rate } | Should -Throw
        $Error[0].Exception.Message | Should -Match '1 or more'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'reads the unit that lists show, and Gbps: <Text>' -ForEach @(
        @{ Text = '10 Gbit/s'; Limit = 10 }
        @{ Text = '10Gbps'; Limit = 10 }
        @{ Text = '0 gbps'; Limit = 0 }
        @{ Text = '7 GBIT/S'; Limit = 7 }
    ) {
        (Set-OssRequesterQoSInfo examplebucket 300100 -TotalUploadBandwidth $Text -PassThru).TotalUploadBandwidth | Should -Be $Limit
        ([pscustomobject]@{ IntranetUploadBandwidth = $Text } | Set-OssRequesterQoSInfo examplebucket 300100 -PassThru).IntranetUploadBandwidth |
            Should -Be $Limit
    }

    It 'reads the rate that lists show' {
        (Set-OssRequesterQoSInfo examplebucket 300100 -TotalQps '1000 requests/s' -PassThru).TotalQps | Should -Be 1000
    }

    It 'refuses <Name> = <Value>, and says <Says>' -ForEach @(
        foreach ($value in '10gb', '10 GB/s', '10GBps', '10 Mbit/s', '10G', '4 Gbit/s', '-1 Gbit/s', '1000 requests/s') {
            @{ Name = 'TotalUploadBandwidth'; Value = $value; Says = "'$value' is not a valid limit. Use -1 (unlimited), 0 (forbidden), or 5 or more Gbit/s, such as 10 or '10 Gbit/s'." }
        }
        foreach ($value in 1mb, 10gb, 5tb) {
            @{ Name = 'TotalUploadBandwidth'; Value = $value; Says = "'$value' is not a valid limit (PowerShell reads mb, gb and tb as numbers of bytes). *such as 10 or '10 Gbit/s'." }
        }
        @{ Name = 'TotalQps'; Value = '10 Gbit/s'; Says = "'10 Gbit/s' is not a valid limit. Use -1 (unlimited), 0 (forbidden), or 1 or more requests per second, such as 1000." }
    ) {
        $limit = @{ $Name = $Value }
        { Set-OssRequesterQoSInfo examplebucket 300100 @limit } | Should -Throw "*$Says*"
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'sets a request rate at a bucket, also beyond 32 bits' {
        Set-OssRequesterQoSInfo -Bucket examplebucket -Requester 300100 -TotalQps 3000000000 -IntranetQps 7
        $info = Get-OssRequesterQoSInfo examplebucket 300100
        $info.TotalQps, $info.IntranetQps, $info.ExtranetQps, $info.TotalUploadBandwidth | Should -Be 3000000000, 7, -1, 10
    }

    It 'keeps unspecified values at a bucket: request rates, and unknown elements' {
        Invoke-EmulatorControl /buckets/examplebucket/qos/300777 Put @{ totalUploadBandwidth = 10; totalQps = 1000; extranetQps = 0; newLimit = 3 }
        Set-OssRequesterQoSInfo examplebucket 300777 -TotalUploadBandwidth 90
        $info = Get-OssRequesterQoSInfo examplebucket 300777
        $info.TotalUploadBandwidth, $info.TotalQps, $info.IntranetQps, $info.ExtranetQps | Should -Be 90, 1000, -1, 0
        $kept = ((Invoke-EmulatorControl /buckets/examplebucket).qos | Where-Object requester -EQ 300777).limits
        $kept | Should -Contain NewLimit=3
        $kept | Should -Not -Contain IntranetQps=-1
    }

    It 'copies all nine limits from <From> to <To>' -ForEach @(
        @{ From = 'a bucket'; Source = @{ Bucket = 'examplebucket' }; To = 'another bucket'; Target = @{ Bucket = 'b-bucket' } }
        @{ From = 'a bucket'; Source = @{ Bucket = 'examplebucket' }; To = 'a resource pool'; Target = @{ ResourcePool = 'other-pool' } }
        @{ From = 'a resource pool'; Source = @{ ResourcePool = 'example-pool' }; To = 'a bucket'; Target = @{ Bucket = 'b-bucket' } }
    ) {
        $limits = [ordered]@{
            TotalUploadBandwidth = 60; IntranetUploadBandwidth = 50; ExtranetUploadBandwidth = 0
            TotalDownloadBandwidth = 90; IntranetDownloadBandwidth = 80; ExtranetDownloadBandwidth = 70
            TotalQps = 30; IntranetQps = 20; ExtranetQps = 10
        }
        Set-OssRequesterQoSInfo @Source -Requester 500600 @limits
        Get-OssRequesterQoSInfo @Source -Requester 500600 | Set-OssRequesterQoSInfo @Target
        $copy = Get-OssRequesterQoSInfo @Target -Requester 500600
        foreach ($name in $limits.Keys) {
            $copy.$name | Should -Be $limits[$name] -Because $name
        }
    }

    It 'sends no request rate of a pool that is unlimited to a bucket without one' {
        Set-OssRequesterQoSInfo -ResourcePool example-pool -Requester 500600 -TotalUploadBandwidth 60 -TotalQps 9
        Set-OssRequesterQoSInfo -ResourcePool example-pool -Requester 500600 -TotalQps unlimited
        (Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester 500600).TotalQps | Should -Be -1
        Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester 500600 | Set-OssRequesterQoSInfo -Bucket b-bucket
        ((Invoke-EmulatorControl /buckets/b-bucket).qos | Where-Object requester -EQ 500600).limits -match 'Qps' | Should -BeNullOrEmpty
    }

    It 'sends nothing if nothing changes, emits the current limits, and says why' {
        $output = Set-OssRequesterQoSInfo examplebucket 300200 -TotalUploadBandwidth 20 -ExtranetUploadBandwidth 0 -PassThru -Verbose -Confirm:$false 4>&1
        Get-EmulatorRequest '?method=PUT' | Should -BeNullOrEmpty
        $output[-1].TotalUploadBandwidth, $output[-1].TotalDownloadBandwidth | Should -Be 20, 100
        "$output" | Should -Match 'examplebucket, requester 300200: the limits already have these values. No change was sent.'

        $none = Set-OssRequesterQoSInfo b-bucket 900900 -TotalUploadBandwidth unlimited -PassThru
        $none.Bucket, $none.Requester, $none.Region, $none.TotalUploadBandwidth, $none.StatusCode | Should -Be b-bucket, 900900, cn-hangzhou, -1, 404
        $none.Endpoint | Should -Be (Get-OssBucketRequestPayment b-bucket).Endpoint
        Get-EmulatorRequest '?method=PUT' | Should -BeNullOrEmpty
        Invoke-SharedShell 'Set-OssRequesterQoSInfo examplebucket 300200 -TotalUploadBandwidth 20 -WhatIf' |
            Should -BeLike 'What if: *"change nothing (the limits already have these values)"*'
    }

    It 'shows the OSS message and the rules if OSS refuses limits' {
        Set-OssRequesterQoSInfo examplebucket 300200 -IntranetUploadBandwidth 21 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message |
            Should -BeLike '*IntranetUploadBandwidth must not exceed TotalUploadBandwidth. OSS has these rules*at least 5 Gbit/s*300 requesters*'
        foreach ($n in 1..300) {
            Invoke-EmulatorControl "/buckets/b-bucket/qos/$(500000 + $n)" Put @{ totalQps = 1 } | Out-Null
        }
        { Set-OssRequesterQoSInfo b-bucket 600000 -TotalQps 5 -ErrorAction Stop } | Should -Throw '*At most 300 requesters*'
        Set-OssRequesterQoSInfo b-bucket 500001 -TotalQps 5
    }

    It 'recognizes a requester without limits by the EC, for any code and status' {
        Add-EmulatorFault @{ operation = 'GetBucketRequesterQoSInfo'; action = @{ kind = 'ossError'; status = 400; code = 'InvalidArgument'; ec = '0004-00000003' } }
        Get-OssRequesterQoSInfo b-bucket 900900 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -BeLike '*has no limits there*'
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        (Set-OssRequesterQoSInfo b-bucket 900900 -TotalUploadBandwidth 5 -PassThru).TotalUploadBandwidth | Should -Be 5
    }

    It 'keeps the unspecified request rates of a pool' {
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

    It 'accepts a CSV file, in which an empty cell keeps the current limit' {
        'Bucket,Requester,TotalUploadBandwidth,TotalDownloadBandwidth', 'examplebucket,300200,,60' | ConvertFrom-Csv | Set-OssRequesterQoSInfo
        $info = Get-OssRequesterQoSInfo examplebucket 300200
        $info.TotalUploadBandwidth | Should -Be 20
        $info.TotalDownloadBandwidth | Should -Be 60
    }

    It 'does not use a value of one record for the next' {
        [pscustomobject]@{ Requester = '300100'; TotalUploadBandwidth = 77 }, [pscustomobject]@{ Requester = '300200'; IntranetUploadBandwidth = 12 } | Set-OssRequesterQoSInfo -Bucket examplebucket
        (Get-OssRequesterQoSInfo examplebucket 300100).TotalUploadBandwidth | Should -Be 77
        (Get-OssRequesterQoSInfo examplebucket 300200).TotalUploadBandwidth | Should -Be 20
    }

    It 'requests confirmation in input order' {
        Add-EmulatorFault @{ every = 3; action = @{ kind = 'delay'; milliseconds = 100 } }
        $output = Invoke-SharedShell "Set-OssRequesterQoSInfo a-bucket (1..20 | % { 600000 + `$_ }) -TotalUploadBandwidth 9 -WhatIf"
        ($output -replace '.*requester (\d+) .*', '$1') | Should -Be (1..20 | ForEach-Object { "$(600000 + $_)" })
    }

    It 'loses nothing when requesters are set in parallel' {
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

    It 'refuses a custom domain for a resource pool' {
        { Get-OssRequesterQoSInfo -ResourcePool example-pool -AddressingStyle CName -Endpoint http://static.example.com -Proxy $emulator.proxy -ErrorAction Stop -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'InvalidEndpoint,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'distinguishes a missing bucket from a requester without limits' {
        { Set-OssRequesterQoSInfo missing 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuchBucket,*'
        Get-EmulatorRequest '?method=PUT' | Should -BeNullOrEmpty
    }

    It 'refuses a pattern, and the resource pool <_>' -ForEach 'a/b', 'a b', '*', "x`n" {
        { Set-OssRequesterQoSInfo 'a*' 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidBucketName,*'
        { Set-OssRequesterQoSInfo -ResourcePool $_ -Requester 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidResourcePool,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'has a target that can be piped back for a failed set' {
        Set-OssRequesterQoSInfo -ResourcePool no-pool -Requester 300100 -TotalUploadBandwidth 5 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].TargetObject.ResourcePool | Should -Be no-pool
        $failures[0].TargetObject.Requester | Should -Be 300100
        $failures[0].TargetObject.TotalUploadBandwidth | Should -Be 5
        $failures[0].TargetObject.TotalQps | Should -BeNullOrEmpty
    }

    It 'sets only the failed changes when they are piped back' -ForEach @(
        @{ Owner = @{ Bucket = 'examplebucket' }; Name = 'ExtranetUploadBandwidth' }
        @{ Owner = @{ ResourcePool = 'example-pool' }; Name = 'TotalQps' }
    ) {
        $before = Get-OssRequesterQoSInfo @Owner -Requester 300100
        Add-EmulatorFault @{ method = 'PUT'; times = 1; action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied' } }
        $limit = @{ $Name = 9 }
        Set-OssRequesterQoSInfo @Owner -Requester 300100 @limit -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failures[0].TargetObject | Set-OssRequesterQoSInfo
        $after = Get-OssRequesterQoSInfo @Owner -Requester 300100
        foreach ($limit in $after.psobject.Properties | Where-Object Name -Match 'Bandwidth|Qps') {
            $limit.Value | Should -Be $(if ($limit.Name -eq $Name) { 9 } else { $before.($limit.Name) })
        }
    }

    It 'accepts null for an unchanged limit, at a <Property>' -ForEach @{ Property = 'Bucket' }, @{ Property = 'ResourcePool' } {
        $name = @{ Bucket = 'examplebucket'; ResourcePool = 'example-pool' }[$Property]
        "{ `"$Property`": `"$name`", `"Requester`": `"300100`", `"TotalUploadBandwidth`": null, `"TotalDownloadBandwidth`": 33 }" | ConvertFrom-Json | Set-OssRequesterQoSInfo
        $owner = @{ $Property = $name }
        $info = Get-OssRequesterQoSInfo @owner -Requester 300100
        $info.TotalUploadBandwidth, $info.TotalDownloadBandwidth | Should -Be 10, 33
    }

    It 'refuses a set without a limit, such as one from a misspelled column' {
        'Bucket,Requester,TotalUploadBandwith', 'a-bucket,300100,10' | ConvertFrom-Csv | Set-OssRequesterQoSInfo -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'LimitNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be InvalidArgument
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'refuses a pattern without a limit because of the limit, so that the suggested command can run' {
        Set-OssRequesterQoSInfo 'log-*' -Requester 300100 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'LimitNotFound,OssPayment.Commands.SetOssRequesterQoSInfoCommand'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'shows a pool''s request rates with all other limits, as a list' {
        $shown = Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 | Out-String
        $shown | Should -Match 'TotalQps +: 1000 requests/s'
        $shown | Should -Match 'IntranetQps +: unlimited'
        $shown | Should -Match 'ExtranetQps +: forbidden'
    }

    It 'reports missing permission to a RAM user who may only read' {
        Use-EmulatorKey reader
        { Set-OssRequesterQoSInfo examplebucket 300100 -TotalUploadBandwidth 5 -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied,*'
        { Remove-OssRequesterQoSInfo examplebucket 300100 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied,*'
    }
}
