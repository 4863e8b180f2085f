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
$heap = 0L
$every = [Math]::Max(10, [int] ($Count / 1000))
& { for ($number = 0; $number -lt $Count; $number++) { 'fleet-{0:d6}' -f ($number % 5000) } } |
    Get-OssBucketRequestPayment | ForEach-Object {
        if ($seen++ % $every -eq 0) {
            $heap = [Math]::Max($heap, [GC]::GetTotalMemory($false))
        }
    }

if ($seen -ne $Count) {
    throw "$seen of $Count came out."
}

$inUse = [GC]::GetTotalMemory($true)
$workingSet = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
@{ WorkingSet = $workingSet; Heap = $heap; InUse = $inUse } | ConvertTo-Json -Compress
