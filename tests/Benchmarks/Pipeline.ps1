#Requires -Version 7.4
<#
.SYNOPSIS
    Measures the time per bucket of the cmdlet, of a bare HttpClient and of Invoke-RestMethod, side by side: as JSON.

.DESCRIPTION
    Every round measures each of them once, the cmdlet right before or right after its bare HttpClient by turns, so that
    what else the machine does falls on both alike. Invoke-RestMethod goes first, and what it leaves to clear up is waited for.
    All send the same requests to the same URLs and keep their connections. All but the cmdlet are given their
    signatures, and look at no answer beyond reading it. Invoke-RestMethod is slow, and gets fewer buckets.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [string] $RequestFile,
    [Parameter(Mandatory)] [int] $Rounds
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Add-Type -Path (Join-Path $PSScriptRoot OssPayment.Benchmarks.dll)

$requests = [OssPayment.Benchmarks.SignedRequest]::Read($RequestFile)
$names = [string[]] $requests.Bucket

# A session keeps the connection from one call to the next, and serves one call at a time.
$session = [Microsoft.PowerShell.Commands.WebRequestSession]::new()
$sessions = [System.Collections.Concurrent.ConcurrentBag[object]]::new()
1..16 | ForEach-Object { $sessions.Add([Microsoft.PowerShell.Commands.WebRequestSession]::new()) }

function New-Measurement($Name, $Concurrency, $Count, $Run) {
    @{ Name = $Name; Concurrency = $Concurrency; Count = $Count; Run = $Run; Times = [System.Collections.Generic.List[double]]::new() }
}

$pairs = foreach ($limit in 1, 16, 64) {
    $bare = { [OssPayment.Benchmarks.BareClient]::Send($requests, $requests.Count, $limit) }.GetNewClosure()
    $cmdlet = { $null = $names | Get-OssBucketRequestPayment -ThrottleLimit $limit }.GetNewClosure()
    , @((New-Measurement 'bare' $limit $names.Count $bare), (New-Measurement 'cmdlet' $limit $names.Count $cmdlet))
}
$rest = New-Measurement 'Invoke-RestMethod' 1 500 {
    foreach ($request in $requests[0..499]) {
        $null = Invoke-RestMethod $request.Uri -Headers $request.Headers -SkipHeaderValidation -WebSession $session
    }
}
$parallel = New-Measurement 'Invoke-RestMethod' 16 200 {
    $null = $requests[0..199] | ForEach-Object -ThrottleLimit 16 -Parallel {
        $sessions = $using:sessions
        $session = $null
        $null = $sessions.TryTake([ref] $session)
        Invoke-RestMethod $_.Uri -Headers $_.Headers -SkipHeaderValidation -WebSession $session
        $sessions.Add($session)
    }
}

function Clear-Rest {
    <# Leaves nothing to collect, to finalize or to close for what comes next. #>
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    Start-Sleep -Milliseconds 200
    [GC]::Collect()
}

# The first rounds warm up, and are not counted.
for ($round = -2; $round -lt $Rounds; $round++) {
    $order = @($rest, $parallel) + @(foreach ($pair in $pairs) { if ($round % 2) { $pair[0], $pair[1] } else { $pair[1], $pair[0] } })
    foreach ($measurement in $order) {
        Clear-Rest
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        . $measurement.Run
        $time = $watch.Elapsed.TotalMicroseconds / $measurement.Count
        if ($round -ge 0) {
            $measurement.Times.Add($time)
        }
    }
}

@(@($pairs | ForEach-Object { $_ }) + @($rest, $parallel) | ForEach-Object {
    @{ Name = $_.Name; Concurrency = $_.Concurrency; Times = $_.Times }
}) | ConvertTo-Json -Depth 4 -Compress
