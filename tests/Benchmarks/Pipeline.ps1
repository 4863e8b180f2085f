#Requires -Version 7.4
<#
.SYNOPSIS
    Measures the time per bucket of the cmdlet, of the least cmdlet, of a bare HttpClient and of Invoke-RestMethod, in
    turn: as JSON.

.DESCRIPTION
    Every round measures each of them once, the cmdlet between the bare HttpClient and the least cmdlet, so that other work of the
    machine affects them alike. Invoke-RestMethod is first, and the round waits for its garbage to be collected. All send
    requests to the same URLs and keep their connections. The bare HttpClient and Invoke-RestMethod get their signatures, and do
    not parse the response. Invoke-RestMethod is slow, and gets fewer buckets.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [string] $LeastModule,
    [Parameter(Mandatory)] [string] $RequestFile,
    [Parameter(Mandatory)] [int] $Rounds
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest, $LeastModule
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

$groups = foreach ($limit in 1, 16, 64) {
    $bare = { [OssPayment.Benchmarks.BareClient]::Send($requests, $requests.Count, $limit) }.GetNewClosure()
    $cmdlet = { $null = $names | Get-OssBucketRequestPayment -ThrottleLimit $limit }.GetNewClosure()
    $least = { $null = $names | Get-LeastRequestPayment -ThrottleLimit $limit }.GetNewClosure()
    , @(
        New-Measurement 'bare' $limit $names.Count $bare
        New-Measurement 'cmdlet' $limit $names.Count $cmdlet
        New-Measurement 'least' $limit $names.Count $least
    )
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
    $order = @($rest, $parallel) + @(foreach ($group in $groups) { if ($round % 2) { $group } else { $group[2], $group[1], $group[0] } })
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

@(@($groups | ForEach-Object { $_ }) + @($rest, $parallel) | ForEach-Object {
    @{ Name = $_.Name; Concurrency = $_.Concurrency; Times = $_.Times }
}) | ConvertTo-Json -Depth 4 -Compress
