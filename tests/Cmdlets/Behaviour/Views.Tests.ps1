# The output of the default views in a window of 80 columns, for any values.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
    $longest = 'fleet-' + 'z' * 57
    Invoke-EmulatorControl "/buckets/$longest" Put @{ region = 'ap-southeast-1'; payer = 'Requester' } | Out-Null
    Invoke-EmulatorControl /buckets/fleet Post @{ count = 6; prefix = 'fleet-' } | Out-Null
    Invoke-EmulatorControl "/buckets/$longest/qos/123456789012345678" Put @{
        totalUploadBandwidth = 2147483647; intranetUploadBandwidth = 0; extranetUploadBandwidth = -1
        totalDownloadBandwidth = -1; intranetDownloadBandwidth = 5; extranetDownloadBandwidth = 2147483647
    } | Out-Null

    # The lines that are not empty, without trailing spaces.
    function Get-Line {
        end { $input | Out-String -Width 80 -Stream | ForEach-Object TrimEnd | Where-Object { $_ } }
    }
}

AfterAll {
    Stop-Emulator
}

Describe 'The table of payers' {
    It 'shows payer and region in full, and wraps names of 63 characters in any row' {
        Set-EmulatorSetting @{ delayMilliseconds = 200 }
        try {
            $lines = Get-OssBucketRequestPayment 'fleet-*' -ThrottleLimit 1 | Out-String -Width 80 -Stream |
                ForEach-Object TrimEnd | Where-Object { $_ }
        } finally {
            Set-EmulatorSetting @{ delayMilliseconds = 0 }
        }

        $lines | Should -Be @(
            'Payer       Region                    Bucket'
            '-----       ------                    ------'
            'BucketOwner cn-hangzhou               fleet-000000'
            'BucketOwner cn-beijing                fleet-000001'
            'BucketOwner cn-shanghai               fleet-000002'
            'BucketOwner us-west-1                 fleet-000003'
            'BucketOwner ap-southeast-1            fleet-000004'
            'BucketOwner cn-hangzhou               fleet-000005'
            "Requester   ap-southeast-1            $($longest.Substring(0, 42))"
            "$(' ' * 38)$($longest.Substring(42))"
        )
    }

    It 'shows no request ids' {
        Get-OssBucketRequestPayment examplebucket | Get-Line | Select-Object -Last 1 | Should -Be 'BucketOwner cn-hangzhou               examplebucket'
    }

    It 'lists buckets with Format-Wide' {
        Get-OssBucketRequestPayment a-bucket, examplebucket | Format-Wide | Get-Line | Should -Match '^a-bucket +examplebucket$'
    }
}

Describe 'The table of limits' {
    It 'has the unit, is grouped by bucket, and aligns numbers' {
        Get-OssRequesterQoSInfo examplebucket | Get-Line | Should -Be @(
            '   Gbit/s at the bucket: examplebucket'
            'Requester                 Up   UpIntra   UpExtra      Down DownIntra DownExtra'
            '---------                 --   -------   -------      ---- --------- ---------'
            '300100                    10 unlimited unlimited        10 unlimited unlimited'
            '300200                    20        10 forbidden       100        50         5'
        )
    }

    It 'has room for an account ID of 18 digits, and truncates neither the largest number nor the longest names' {
        $lines = Get-OssRequesterQoSInfo $longest -Region ap-southeast-1 | Get-Line
        ($lines[0..1] -join '').Trim() | Should -Be "Gbit/s at the bucket: $longest"
        $lines[-2..-1] | Should -Be @(
            '123456789012345678 214748364 forbidden unlimited unlimited         5 214748364'
            '                           7                                                 7'
        )
    }

    It 'is the same at a resource pool' {
        Get-OssRequesterQoSInfo -ResourcePool example-pool | Format-Table | Get-Line | Should -Be @(
            '   Gbit/s at the resource pool: example-pool'
            'Requester                 Up   UpIntra   UpExtra      Down DownIntra DownExtra'
            '---------                 --   -------   -------      ---- --------- ---------'
            '300100                    10 unlimited unlimited        10 unlimited unlimited'
        )
    }

    It 'lists requesters with Format-Wide' {
        $lines = Get-OssRequesterQoSInfo examplebucket | Format-Wide | Get-Line
        $lines[0] | Should -Be '   Bucket: examplebucket'
        $lines[1] | Should -Match '^300100 +300200$'
        Get-OssRequesterQoSInfo -ResourcePool example-pool | Format-Wide | Get-Line |
            Should -Be '   ResourcePool: example-pool', '300100'
    }
}

Describe 'The tables of own limits, and of the buckets of a resource pool' {
    It 'have the name last, where it wraps' {
        Invoke-EmulatorControl "/buckets/$longest/qos" Put @{ totalUploadBandwidth = 2147483647; extranetUploadBandwidth = 0 } | Out-Null
        Get-OssBucketQoSInfo examplebucket | Get-Line | Should -Be @(
            '   Gbit/s: limits of buckets'
            '       Up   UpIntra   UpExtra      Down DownIntra DownExtra Name'
            '       --   -------   -------      ---- --------- --------- ----'
            '      100 unlimited unlimited       200 unlimited       100 examplebucket'
        )
        $lines = Get-OssBucketQoSInfo $longest -Region ap-southeast-1 | Get-Line
        ($lines -join '' -replace '\s') | Should -BeLike '*unlimitedforbidden*'
        Get-OssResourcePool | Format-Table | Get-Line | Select-Object -First 1 | Should -Be '   Gbit/s: limits of resource pools'
        Get-OssResourcePoolBucket | Get-Line | Should -Be @(
            '   Resource pool: example-pool'
            'Joined (UTC)     Region                    Group        Bucket'
            '------------     ------                    -----        ------'
            '2024-11-29 08:42 cn-hangzhou               test-group   a-bucket'
            '2024-11-29 08:42 cn-hangzhou                            examplebucket'
        )
    }
}

Describe 'The list' {
    It 'of limits has the unit at each number, and shows unlimited and forbidden as the table does' {
        Get-OssRequesterQoSInfo examplebucket 300200 | Format-List | Get-Line | Should -Be @(
            'Bucket                    : examplebucket'
            'Region                    : cn-hangzhou'
            'Requester                 : 300200'
            'TotalUploadBandwidth      : 20 Gbit/s'
            'IntranetUploadBandwidth   : 10 Gbit/s'
            'ExtranetUploadBandwidth   : forbidden'
            'TotalDownloadBandwidth    : 100 Gbit/s'
            'IntranetDownloadBandwidth : 50 Gbit/s'
            'ExtranetDownloadBandwidth : 5 Gbit/s'
            'TotalQps                  : unlimited'
            'IntranetQps               : unlimited'
            'ExtranetQps               : unlimited'
        )
    }

    It 'shows the limits of a resource pool, with request rates' {
        Get-OssRequesterQoSInfo -ResourcePool example-pool | Get-Line | Should -Be @(
            'ResourcePool              : example-pool'
            'Region                    : cn-hangzhou'
            'Requester                 : 300100'
            'TotalUploadBandwidth      : 10 Gbit/s'
            'IntranetUploadBandwidth   : unlimited'
            'ExtranetUploadBandwidth   : unlimited'
            'TotalDownloadBandwidth    : 10 Gbit/s'
            'IntranetDownloadBandwidth : unlimited'
            'ExtranetDownloadBandwidth : unlimited'
            'TotalQps                  : 1000 requests/s'
            'IntranetQps               : unlimited'
            'ExtranetQps               : forbidden'
        )
    }

    It 'of payers has names of 63 characters in full, and no request id unless all properties are requested' {
        $payment = Get-OssBucketRequestPayment $longest -Region ap-southeast-1
        $payment | Format-List | Get-Line | Should -Be "Bucket : $longest", 'Region : ap-southeast-1', 'Payer  : Requester'
        ($payment | Format-List * | Get-Line) -replace ' *:.*' | Should -Be Bucket, Region, Payer, Endpoint, RequestId, StatusCode
    }

    It 'that PowerShell shows after an object of another type has what a person needs, and no request id' {
        & { Get-OssRequesterQoSInfo -ResourcePool example-pool; Get-OssBucketRequestPayment a-bucket } | Get-Line |
            Select-Object -Last 3 | Should -Be 'Bucket : a-bucket', 'Region : cn-hangzhou', 'Payer  : BucketOwner'
        $limits = 'Region', 'Requester', 'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth',
        'TotalDownloadBandwidth', 'IntranetDownloadBandwidth', 'ExtranetDownloadBandwidth', 'TotalQps', 'IntranetQps', 'ExtranetQps'
        $lines = & { Get-OssBucketRequestPayment a-bucket; Get-OssRequesterQoSInfo examplebucket 300100 } | Get-Line
        $lines[3..20] -replace ' *:.*' | Should -Be (@('Bucket') + $limits)
        $lines = & { Get-OssBucketRequestPayment a-bucket; Get-OssRequesterQoSInfo -ResourcePool example-pool } | Get-Line
        $lines[3..20] -replace ' *:.*' | Should -Be (@('ResourcePool') + $limits)
    }

    It 'shows a resource pool, with its owner, its age and its limits' {
        $lines = Get-OssResourcePool example-pool | Get-Line
        $lines[0..4] | Should -Be @(
            'ResourcePool              : example-pool'
            'Region                    : cn-hangzhou'
            'Owner                     : 1000000000000001'
            'CreationTime              : 2024-07-24 08:42:32Z'
            'TotalUploadBandwidth      : 300 Gbit/s'
        )
        $lines | Should -HaveCount 13
        Get-OssBucketQoSInfo examplebucket | Format-List | Get-Line | Select-Object -First 3 | Should -Be @(
            'Bucket                    : examplebucket'
            'Region                    : cn-hangzhou'
            'TotalUploadBandwidth      : 100 Gbit/s'
        )
    }
}

Describe 'The text of an object' {
    It 'names the bucket and the payer' {
        "$(Get-OssBucketRequestPayment a-bucket)" | Should -BeExactly 'a-bucket: BucketOwner'
        (Get-OssBucketRequestPayment a-bucket, b-bucket | Group-Object).Name | Should -Be 'a-bucket: BucketOwner', 'b-bucket: BucketOwner'
        { Get-OssBucketRequestPayment a-bucket | Should -BeNullOrEmpty } | Should -Throw '*a-bucket: BucketOwner*'
    }

    It 'names bucket or pool, requester, and upload and download limits' {
        Get-OssRequesterQoSInfo examplebucket 300200 | ForEach-Object ToString |
            Should -BeExactly 'examplebucket, requester 300200: up 20 Gbit/s, down 100 Gbit/s'
        Get-OssRequesterQoSInfo $longest -Region ap-southeast-1 | ForEach-Object ToString |
            Should -BeExactly "$longest, requester 123456789012345678: up 2147483647 Gbit/s, down unlimited"
        Get-OssRequesterQoSInfo -ResourcePool example-pool | ForEach-Object ToString |
            Should -BeExactly 'example-pool, requester 300100: up 10 Gbit/s, down 10 Gbit/s'
    }
}

Describe 'Colour' {
    BeforeAll {
        # In a shell of its own, whose rendering is not this run's: once as it begins, and once after each change. Escape
        # characters are shown as ESC.
        function Get-Rendered {
            param([string[]] $Change = @())
            $text = @"
`$ErrorActionPreference = 'Stop'; Set-StrictMode -Version Latest
function Show-Rendered {
    '--- rendered'
    Get-OssBucketRequestPayment a-bucket, $longest -Endpoint $($emulator.httpEndpoint) -Region ap-southeast-1 -ErrorAction SilentlyContinue |
        Out-String -Width 80 -Stream | ForEach-Object { `$_.TrimEnd().Replace([string][char]27, 'ESC') }
    Get-OssRequesterQoSInfo examplebucket 300200 | Out-String -Width 80 -Stream | ForEach-Object { `$_.TrimEnd().Replace([string][char]27, 'ESC') }
}
$(@('') + $Change -replace '$', '; Show-Rendered' -join "`n")
"@
            $shown = (Invoke-ChildShell $text | Where-Object { $_ }) -join "`n"
            $shown -split '--- rendered\n' | Select-Object -Skip 1 | ForEach-Object { , @($_.TrimEnd() -split '\n') }
        }

        $env:NO_COLOR, $noColor = $null, $env:NO_COLOR
        try {
            $changes = if (Test-Path variable:PSStyle) { '$PSStyle.OutputRendering = "PlainText"', '$PSStyle.OutputRendering = "Ansi"' }
            $redirected, $plain, $coloured = Get-Rendered $changes
            $env:NO_COLOR = '1'
            $withoutColour = Get-Rendered
        } finally {
            $env:NO_COLOR = $noColor
        }
    }

    It 'marks a requester that pays, and forbidden limits' {
        Skip-Unless ($PSVersionTable.PSVersion -ge [version]'7.2') 'before PowerShell 7.2 there is no $PSStyle'
        $coloured -match '^ESC\[33mRequesterESC\[0m   ap-southeast-1 ' | Should -HaveCount 1
        $coloured -match '^300200 +20 +10 ESC\[31mforbiddenESC\[0m +100 +50 +5$' | Should -HaveCount 1
    }

    It 'is removed, and nothing else, <Where>' -ForEach @(
        @{ Where = 'where the output is redirected'; Name = 'redirected' }
        @{ Where = 'with NO_COLOR'; Name = 'withoutColour' }
        @{ Where = 'with OutputRendering PlainText'; Name = 'plain' }
    ) {
        Skip-Unless ($Name -ne 'plain' -or $PSVersionTable.PSVersion -ge [version]'7.2') 'before PowerShell 7.2 there is no $PSStyle'
        $lines = Get-Variable $Name -ValueOnly
        "$lines" | Should -Not -Match ESC
        $lines -match '^Requester   ap-southeast-1 ' | Should -HaveCount 1
        $lines -match '^300200 +20 +10 forbidden +100 +50 +5$' | Should -HaveCount 1
    }
}
