#Requires -Version 5.1

<#
.SYNOPSIS
    Checks a desired state with Pester 5: who pays for buckets, and the limits of requesters.

.DESCRIPTION
    Each row of the two CSV files is a test. All buckets and resource pools are queried before the first test: each once
    for the payer and once for the limits, up to sixteen at the same time. If one cannot be read, only its tests fail.
    Limits that are not in the file fail a test, too.

    Set the credentials and the region in the environment: see about_OssPayment. The permissions
    oss:GetBucketRequestPayment, oss:ListBucketRequesterQoSInfo and oss:ListBucketRequesterQoSInfos are required, and
    for resource pools oss:ListResourcePoolRequesterQoSInfos. The tests change nothing.

.PARAMETER PayersPath
    The desired payers: see Read-DesiredState.ps1. The default is payers.csv in the folder of this file.

.PARAMETER LimitsPath
    The desired limits: see Read-DesiredState.ps1. The default is limits.csv in the folder of this file, if it exists.

.EXAMPLE
    Invoke-Pester ./DesiredState.Tests.ps1 -Output Detailed
    Checks what is in payers.csv and limits.csv.

.EXAMPLE
    $checks = New-PesterContainer -Path ./DesiredState.Tests.ps1 -Data @{ PayersPath = './other.csv' }
    Invoke-Pester -Container $checks -CI
    Checks the payers in another file, and writes testResults.xml. The exit code is the number of failed tests.
#>
[CmdletBinding()]
# The analyzer does not see that Pester's blocks share the parameters and variables of the file.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '')]
param(
    [string] $PayersPath = (Join-Path $PSScriptRoot 'payers.csv'),

    [string] $LimitsPath = (Join-Path $PSScriptRoot 'limits.csv' | Where-Object { Test-Path -LiteralPath $_ })
)

BeforeDiscovery {
    $desired = @($PayersPath, $LimitsPath | Where-Object { $_ } | ForEach-Object {
            & (Join-Path $PSScriptRoot 'Read-DesiredState.ps1') $_
        })
    $payers = @($desired | Where-Object { $_.PSObject.Properties['Payer'] })
    $limits = @($desired | Where-Object { $_.PSObject.Properties['Requester'] })
}

BeforeAll {
    $desired = @($PayersPath, $LimitsPath | Where-Object { $_ } | ForEach-Object {
            & (Join-Path $PSScriptRoot 'Read-DesiredState.ps1') $_
        })
    $compared = @(& (Join-Path $PSScriptRoot 'Compare-DesiredState.ps1') $desired)
}

Describe 'The payer' {
    It 'of <_.Bucket> is <_.Payer>' -ForEach $payers {
        $row = $compared | Where-Object Kind -EQ Payer | Where-Object Bucket -EQ $_.Bucket
        $row.Status | Should -Be AsDesired -Because "it is $($row.Now) $($row.Detail)"
    }
}

Describe 'The limits' {
    It 'of requester <_.Requester> at <_.Bucket><_.ResourcePool> are as desired' -ForEach $limits {
        $row = $compared | Where-Object Requester -EQ $_.Requester | Where-Object Bucket -EQ "$($_.Bucket)" |
            Where-Object ResourcePool -EQ "$($_.ResourcePool)"
        $row.Status | Should -Be AsDesired -Because $row.Detail
    }

    It 'of other requesters do not exist' -Skip:(-not $limits) {
        $compared | Where-Object Status -EQ Unlisted | ForEach-Object { "$($_.Bucket)$($_.ResourcePool) $($_.Requester)" } |
            Should -BeNullOrEmpty
    }
}
