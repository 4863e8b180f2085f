#Requires -Version 5.1

<#
.SYNOPSIS
    Checks with Pester 5 who pays for the buckets that a desired state names: one test for each bucket.

.DESCRIPTION
    Each row of the CSV file is a test, named after its bucket. A bucket that OSS does not tell about fails its own test
    alone. Credentials and region come from the environment: see about_OssPayment. The permission
    oss:GetBucketRequestPayment is needed. Nothing is changed.

.PARAMETER DesiredStatePath
    The desired state, a CSV file with the columns Bucket and Payer, and perhaps Region. The default is desired.csv
    beside this file.

.EXAMPLE
    Invoke-Pester ./DesiredPayment.Tests.ps1 -Output Detailed
    Checks the buckets that desired.csv names.

.EXAMPLE
    $checks = New-PesterContainer -Path ./DesiredPayment.Tests.ps1 -Data @{ DesiredStatePath = './other.csv' }
    Invoke-Pester -Container $checks -CI
    Checks the buckets of another file, writes testResults.xml, and ends with the number of failed tests as exit code.
#>
[CmdletBinding()]
param(
    [string] $DesiredStatePath = (Join-Path $PSScriptRoot 'desired.csv')
)

BeforeDiscovery {
    $desired = @(& (Join-Path $PSScriptRoot 'Read-DesiredState.ps1') $DesiredStatePath)
}

Describe 'The payer' {
    It 'of <_.Bucket> is <_.Payer>' -ForEach $desired {
        ($_ | Get-OssBucketRequestPayment -ErrorAction Stop).Payer | Should -Be $_.Payer
    }
}
