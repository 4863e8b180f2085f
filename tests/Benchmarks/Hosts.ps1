#Requires -Version 7.4
<#
.SYNOPSIS
    Asks buckets that are each a host of its own, and tells what that takes and leaves: as JSON.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [string] $TargetFile,
    [uri] $Proxy
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

function Get-Descriptor {
    <# The open descriptors of this process, where the system tells: 0 elsewhere. #>
    if ($IsLinux) { [System.IO.Directory]::GetFiles('/proc/self/fd').Count } else { 0 }
}

$connection = @{ WarningAction = 'Ignore' }
if (-not $Proxy) {
    $connection.AddressingStyle = 'Path'
}

if ($Proxy) {
    $connection.Proxy = $Proxy
}

$targets = Get-Content -Raw $TargetFile | ConvertFrom-Json
$null = $targets[0..49] | Get-OssBucketRequestPayment @connection
[GC]::Collect()
$memory = [Environment]::WorkingSet
$before = $peak = Get-Descriptor
$seen = 0
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$targets | Get-OssBucketRequestPayment @connection | ForEach-Object {
    if ($seen++ % 20 -eq 0) {
        $peak = [Math]::Max($peak, (Get-Descriptor))
    }
}

$time = $watch.Elapsed.TotalMicroseconds / $targets.Count
if ($seen -ne $targets.Count) {
    throw "$seen of $($targets.Count) came out."
}

@{
    Time = $time
    Before = $before
    Peak = $peak
    Left = Get-Descriptor
    Memory = [Environment]::WorkingSet - $memory
} | ConvertTo-Json -Compress
