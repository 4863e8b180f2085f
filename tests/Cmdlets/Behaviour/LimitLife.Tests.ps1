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
