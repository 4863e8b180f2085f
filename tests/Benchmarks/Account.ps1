#Requires -Version 7.4
<#
.SYNOPSIS
    Measures the seconds for many buckets, each with its own host, of the cmdlet, a bare HttpClient and
    Invoke-RestMethod: as JSON.

.DESCRIPTION
    The cmdlet and the bare HttpClient go first by turns. Each makes new connections in each round. Invoke-RestMethod is slow,
    so it gets fewer buckets, and its time is extrapolated.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [uri] $Proxy,
    [Parameter(Mandatory)] [string] $RequestFile,
    [Parameter(Mandatory)] [string] $Limits,
    [Parameter(Mandatory)] [int] $Rounds
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Add-Type -Path (Join-Path $PSScriptRoot OssPayment.Benchmarks.dll)

$requests = [OssPayment.Benchmarks.SignedRequest]::Read($RequestFile)
$names = [string[]] $requests.Bucket
$measurements = @(
    foreach ($limit in [int[]] ($Limits -split ',')) {
        @{
            Name = 'Get-OssBucketRequestPayment'; Limit = $limit; Count = $names.Count
            Times = [System.Collections.Generic.List[double]]::new()
            Run = { $null = $names | Get-OssBucketRequestPayment -Proxy $Proxy -ThrottleLimit $limit }.GetNewClosure()
        }
        @{
            Name = 'bare HttpClient'; Limit = $limit; Count = $names.Count
            Times = [System.Collections.Generic.List[double]]::new()
            Run = { [OssPayment.Benchmarks.BareClient]::Send($requests, $requests.Count, $limit, $Proxy) }.GetNewClosure()
        }
    }
    @{
        Name = 'Invoke-RestMethod in ForEach-Object -Parallel'; Limit = 16; Count = 200
        Times = [System.Collections.Generic.List[double]]::new()
        Run = {
            $null = $requests[0..199] | ForEach-Object -ThrottleLimit 16 -Parallel {
                Invoke-RestMethod $_.Uri -Headers $_.Headers -SkipHeaderValidation -Proxy $using:Proxy
            }
        }
    }
)

# The first calls compile.
$null = $names[0..99] | Get-OssBucketRequestPayment -Proxy $Proxy
[OssPayment.Benchmarks.BareClient]::Send($requests, 100, 16, $Proxy)

for ($round = 0; $round -lt $Rounds; $round++) {
    if ($round) {
        [array]::Reverse($measurements)
    }

    foreach ($measurement in $measurements) {
        [GC]::Collect()
        [GC]::WaitForPendingFinalizers()
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        . $measurement.Run
        $measurement.Times.Add($watch.Elapsed.TotalSeconds * $names.Count / $measurement.Count)
    }
}

$measurements | Sort-Object Limit |
    ForEach-Object { @{ Name = $_.Name; Limit = $_.Limit; Times = $_.Times } } | ConvertTo-Json -Depth 4 -Compress
