#Requires -Version 7.4
<#
.SYNOPSIS
    Asks buckets that are each a host of its own over TLS, twice, and tells what that takes: as JSON.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [uri] $Proxy,
    [Parameter(Mandatory)] [int] $Count
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

function Get-Descriptor {
    <# The open descriptors of this process, where the system tells: 0 elsewhere. #>
    if ($IsLinux) { [System.IO.Directory]::GetFiles('/proc/self/fd').Count } else { 0 }
}

$names = 0..($Count - 1) | ForEach-Object { 'fleet-{0:d6}' -f $_ }
$null = 0..49 | ForEach-Object { "warm-up-$_" } | Get-OssBucketRequestPayment -Proxy $Proxy
[GC]::Collect()
$memory = [Environment]::WorkingSet
$before = $peak = Get-Descriptor
foreach ($time in 1, 2) {
    $seen = 0
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $names | Get-OssBucketRequestPayment -Proxy $Proxy | ForEach-Object {
        if ($seen++ % 20 -eq 0) {
            $peak = [Math]::Max($peak, (Get-Descriptor))
        }
    }
    $taken = $watch.Elapsed.TotalMicroseconds / $Count
    if ($seen -ne $Count) {
        throw "$seen of $Count came out."
    }
}

[GC]::Collect()
@{ Time = $taken; Before = $before; Peak = $peak; Memory = [Environment]::WorkingSet - $memory } | ConvertTo-Json -Compress
