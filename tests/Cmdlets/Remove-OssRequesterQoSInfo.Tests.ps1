BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'Remove-OssRequesterQoSInfo at <Kind>' -ForEach @(
    @{ Kind = 'a bucket'; Owner = @{ Bucket = 'examplebucket' }; Missing = @{ Bucket = 'missing' }; Code = 'NoSuchBucket' }
    @{ Kind = 'a resource pool'; Owner = @{ ResourcePool = 'example-pool' }; Missing = @{ ResourcePool = 'no-pool' }; Code = 'NoSuch*' }
) {
    BeforeEach {
        Reset-Emulator
    }

    It 'removes the limits of one requester, emits nothing, and keeps the other requesters' {
        Set-OssRequesterQoSInfo @Owner -Requester 500500, 600600 -TotalUploadBandwidth 5
        Remove-OssRequesterQoSInfo @Owner -Requester 500500 -Confirm:$false | Should -BeNullOrEmpty
        (Get-OssRequesterQoSInfo @Owner).Requester | Should -Not -Contain 500500
        (Get-OssRequesterQoSInfo @Owner).Requester | Should -Contain 600600
    }

    It 'accepts the output of Get-OssRequesterQoSInfo, and changes nothing with -WhatIf' {
        Set-OssRequesterQoSInfo @Owner -Requester 500500 -TotalUploadBandwidth 5
        Get-OssRequesterQoSInfo @Owner | Remove-OssRequesterQoSInfo -WhatIf
        Get-EmulatorRequest '?method=DELETE' | Should -BeNullOrEmpty
        Get-OssRequesterQoSInfo @Owner | Remove-OssRequesterQoSInfo -Confirm:$false
        Get-OssRequesterQoSInfo @Owner | Should -BeNullOrEmpty
    }

    It 'has a target that can be piped back for a failed removal' {
        Remove-OssRequesterQoSInfo @Missing -Requester 300100 -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike "$Code,OssPayment.Commands.RemoveOssRequesterQoSInfoCommand"
        $failures[0].TargetObject | Remove-OssRequesterQoSInfo -Confirm:$false -ErrorVariable again -ErrorAction SilentlyContinue
        $again[0].FullyQualifiedErrorId | Should -Be $failures[0].FullyQualifiedErrorId
        foreach ($name in $Missing.Keys) {
            $again[0].TargetObject.$name | Should -Be $Missing.$name
        }
    }
}
