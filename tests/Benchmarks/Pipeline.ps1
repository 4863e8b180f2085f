#Requires -Version 7.4
<#
.SYNOPSIS
    Measures the time per bucket of the cmdlet, of a bare HttpClient and of Invoke-RestMethod, side by side.

.DESCRIPTION
    Every round measures each of them once, the cmdlet right before or right after its bare HttpClient by turns, so that
    what else the machine does falls on both alike. Invoke-RestMethod goes first, and what it leaves to clear up is waited for.
    All send the same requests to the same URLs and keep their connections. All but the cmdlet are given their
    signatures, and look at no answer beyond reading it. Invoke-RestMethod is slow, and gets fewer buckets.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [string] $RequestFile,
    [int] $Rounds = 41
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
    [pscustomobject]@{ Name = $Name; Concurrency = $Concurrency; Count = $Count; Run = $Run; Times = [System.Collections.Generic.List[double]]::new() }
}

$bare1 = New-Measurement 'bare HttpClient' 1 5000 { [OssPayment.Benchmarks.BareClient]::Send($requests, 5000, 1) }
$cmdlet1 = New-Measurement 'Get-OssBucketRequestPayment' 1 5000 {
    $null = $names | Get-OssBucketRequestPayment -ThrottleLimit 1
}
$rest1 = New-Measurement 'Invoke-RestMethod, foreach' 1 500 {
    foreach ($request in $requests[0..499]) {
        $null = Invoke-RestMethod $request.Uri -Headers $request.Headers -SkipHeaderValidation -WebSession $session
    }
}
$bare16 = New-Measurement 'bare HttpClient' 16 5000 { [OssPayment.Benchmarks.BareClient]::Send($requests, 5000, 16) }
$cmdlet16 = New-Measurement 'Get-OssBucketRequestPayment' 16 5000 {
    $null = $names | Get-OssBucketRequestPayment -ThrottleLimit 16
}
$rest16 = New-Measurement 'Invoke-RestMethod, -Parallel' 16 200 {
    $null = $requests[0..199] | ForEach-Object -ThrottleLimit 16 -Parallel {
        $sessions = $using:sessions
        $session = $null
        $null = $sessions.TryTake([ref] $session)
        Invoke-RestMethod $_.Uri -Headers $_.Headers -SkipHeaderValidation -WebSession $session
        $sessions.Add($session)
    }
}
$all = $bare1, $cmdlet1, $rest1, $bare16, $cmdlet16, $rest16

function Get-Median([double[]] $Value) {
    $sorted = @($Value | Sort-Object)
    $sorted[[Math]::Floor($sorted.Count / 2)]
}

function Get-Ratio($Of, $To) {
    <# The median of each round's own ratio: what slows the machine down for a while slows both. #>
    Get-Median (0..($Rounds - 1) | ForEach-Object { $Of.Times[$_] / $To.Times[$_] })
}

function Clear-Rest {
    <# Leaves nothing to collect, to finalize or to close for what comes next. #>
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    Start-Sleep -Milliseconds 200
    [GC]::Collect()
}

# The first round warms up, and is not counted.
for ($round = 0; $round -le $Rounds; $round++) {
    $order = if ($round % 2) {
        $rest1, $rest16, $bare1, $cmdlet1, $bare16, $cmdlet16
    } else {
        $rest16, $rest1, $cmdlet16, $bare16, $cmdlet1, $bare1
    }
    foreach ($measurement in $order) {
        Clear-Rest
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        . $measurement.Run
        $time = $watch.Elapsed.TotalMicroseconds / $measurement.Count
        if ($round -gt 0) {
            $measurement.Times.Add($time)
        }
    }
}

$line = '{0,-28} {1,9} {2,8} {3,7} {4,8} {5,8} {6,16}'
$line -f 'microseconds per bucket', 'at a time', 'buckets', 'median', 'fastest', 'to bare', 'fastest to bare'
foreach ($measurement in $all) {
    $bare = if ($measurement.Concurrency -eq 1) { $bare1 } else { $bare16 }
    $fastest = ($measurement.Times | Measure-Object -Minimum).Minimum
    $line -f $measurement.Name, $measurement.Concurrency, $measurement.Count,
        (Get-Median $measurement.Times).ToString('0'), $fastest.ToString('0'), (Get-Ratio $measurement $bare).ToString('0.00'),
        ($fastest / ($bare.Times | Measure-Object -Minimum).Minimum).ToString('0.00')
}

"$Rounds rounds. 'to bare': the median of the rounds' own ratios to the bare HttpClient at as many at a time; the fastest rounds are nearest to a quiet machine."

function Format-Aim($Value, [bool] $IsMet) { "{0:0.00} times ({1})" -f $Value, ($IsMet ? 'met' : 'MISSED') }

$at1 = Get-Ratio $cmdlet1 $bare1
$at16 = Get-Ratio $cmdlet16 $bare16
$gain = Get-Ratio $rest16 $cmdlet16
"Aims: at 1 within 1.3 times of bare HttpClient: $(Format-Aim $at1 ($at1 -le 1.3)); " +
"at 16 within 1.5: $(Format-Aim $at16 ($at16 -le 1.5)); " +
"over 10 times the throughput of Invoke-RestMethod under -Parallel: $(Format-Aim $gain ($gain -gt 10))."
