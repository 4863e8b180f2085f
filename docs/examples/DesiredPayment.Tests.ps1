#Requires -Version 5.1

<#
.SYNOPSIS
    Checks with Pester 5 who pays for the buckets of a desired state, with one test for each bucket.

.DESCRIPTION
    Each row of the CSV file is a test, named after its bucket. If the payer of a bucket cannot be read, only the test
    of this bucket fails. Set the credentials and the region in the environment: see about_OssPayment. The permission
    oss:GetBucketRequestPayment is required. The tests change nothing.

.PARAMETER DesiredStatePath
    The desired state, a CSV file with the columns Bucket and Payer, and optionally Region. The default is desired.csv
    in the folder of this file.

.EXAMPLE
    Invoke-Pester ./DesiredPayment.Tests.ps1 -Output Detailed
    Checks the buckets in desired.csv.

.EXAMPLE
    $checks = New-PesterContainer -Path ./DesiredPayment.Tests.ps1 -Data @{ DesiredStatePath = './other.csv' }
    Invoke-Pester -Container $checks -CI
    Checks the buckets in another file, and writes testResults.xml. The exit code is the number of failed tests.
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
