#Requires -Version 7.4
<#
.SYNOPSIS
    Measures the time per bucket, in milliseconds, so many at a time: as JSON.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [int] $Count,
    [Parameter(Mandatory)] [int] $ThrottleLimit,
    [uri] $Proxy
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

$connection = @{ ThrottleLimit = $ThrottleLimit }
if ($Proxy) {
    $connection.Proxy = $Proxy
}

# What is compiled and connected once belongs to no bucket.
$null = 4000..4255 | ForEach-Object { 'fleet-{0:d6}' -f $_ } | Get-OssBucketRequestPayment @connection
$names = 0..($Count - 1) | ForEach-Object { 'fleet-{0:d6}' -f $_ }
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$payments = @($names | Get-OssBucketRequestPayment @connection)
$time = $watch.Elapsed.TotalMilliseconds / $Count
if ($payments.Count -ne $Count) {
    throw "$($payments.Count) of $Count came out."
}

@{ Time = $time } | ConvertTo-Json -Compress
