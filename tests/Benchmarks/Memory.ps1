#Requires -Version 7.4
<#
.SYNOPSIS
    Pipes so many names into the cmdlet, and tells the most memory that this process took: as JSON, in bytes.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [int] $Count
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

$seen = 0
& { for ($number = 0; $number -lt $Count; $number++) { 'fleet-{0:d6}' -f ($number % 5000) } } |
    Get-OssBucketRequestPayment | ForEach-Object { $seen++ }
if ($seen -ne $Count) {
    throw "$seen of $Count came out."
}

$workingSet = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
@{ WorkingSet = $workingSet; InUse = [GC]::GetTotalMemory($true) } | ConvertTo-Json -Compress
