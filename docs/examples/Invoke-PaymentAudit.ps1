#Requires -Version 5.1

<#
.SYNOPSIS
    Compares who pays for the buckets of an account with a desired state, and writes a report.

.DESCRIPTION
    Queries who pays for each bucket of the account, compares the result with a CSV file, and writes two files:
    payment-audit.csv, with a row for each bucket, and payment-audit.html, with a bar for each region and a table of the
    buckets that are not as desired. These buckets are also shown.

    The status of a bucket is one of these:

    AsDesired  the payer is the desired one
    Drift      the payer is not the desired one
    Unlisted   the account has the bucket, but the desired state does not
    Missing    the desired state has the bucket, but the account does not
    Failed     the payer could not be read; the error stream says why

    Set the credentials and the region in the environment: see about_OssPayment. The permissions oss:ListBuckets and
    oss:GetBucketRequestPayment are required. The script changes nothing.

    Exit codes:

    0  every bucket is as desired
    1  at least one bucket is Drift, Unlisted or Missing
    2  the account, a bucket or the desired state could not be read; if the account could be read, there is a report

    PowerShell also returns 1 if it cannot start the script, for example because a parameter does not exist.

.PARAMETER DesiredStatePath
    The desired state, a CSV file with the columns Bucket and Payer. The default is desired.csv beside this script.

.PARAMETER OutputPath
    The folder for the report. It is created if it does not exist. The default is the current folder.

.EXAMPLE
    ./Invoke-PaymentAudit.ps1 -DesiredStatePath ./desired.csv -OutputPath ./report
    Audits the account, and shows the buckets that are not as desired.

.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Invoke-PaymentAudit.ps1
    Audits the account in an unattended job. The exit code is the result.

.OUTPUTS
    System.String
    The buckets that are not as desired, and a summary. The CSV file has the data.
#>
[CmdletBinding()]
param(
    [string] $DesiredStatePath = (Join-Path $PSScriptRoot 'desired.csv'),

    [string] $OutputPath = '.'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function ConvertTo-Row([string] $Status, [string] $Bucket, [string] $Region, [string] $Payer, [string] $Detail) {
    # A listing may contain any text. Characters that control terminals or the text direction are replaced.
    $text = @($Bucket, $Region, $Detail) -replace '\p{C}', '?'
    [pscustomobject]@{
        Status = $Status
        Bucket = $text[0]
        Region = $text[1]
        Payer = $Payer
        Desired = [string]$desired[$Bucket]
        Detail = $text[2]
    }
}

function ConvertTo-Cell([string] $Text) {
    # Spreadsheets treat a cell that begins with one of these characters as a formula.
    if ($Text -match '\A[=+\-@]') { "'$Text" } else { $Text }
}

function Protect-Html([string] $Text) {
    [System.Net.WebUtility]::HtmlEncode($Text)
}

function Get-RegionRow([object[]] $Rows) {
    # A table row for each region. The length of the bar is the number of buckets. The cells also have the numbers, so
    # the bar is not needed to read them.
    $regions = @($Rows | Where-Object Status -NE Missing | Group-Object Region | Sort-Object Name)
    if (-not $regions) {
        return
    }

    $most = @($regions | ForEach-Object Count | Sort-Object)[-1]
    foreach ($region in $regions) {
        $owner = @($region.Group | Where-Object Payer -EQ BucketOwner).Count
        $requester = @($region.Group | Where-Object Payer -EQ Requester).Count
        $unknown = $region.Count - $owner - $requester
        $name = if ($region.Name) { $region.Name } else { 'unknown' }
        "<tr><th scope=`"row`">$(Protect-Html $name)</th><td>$owner</td><td>$requester</td><td>$unknown</td>" +
        "<td class=`"bar`" aria-hidden=`"true`"><div>" +
        "<i class=`"owner`" style=`"flex-grow:$owner`"></i><i class=`"requester`" style=`"flex-grow:$requester`"></i>" +
        "<i class=`"unknown`" style=`"flex-grow:$unknown`"></i>" +
        "<i style=`"flex-grow:$($most - $region.Count)`"></i></div></td></tr>"
    }
}

function Get-DeviationTable([object[]] $Rows) {
    $deviations = @($Rows | Where-Object Status -NE AsDesired)
    if (-not $deviations) {
        return '<p>Nothing.</p>'
    }

    '<table class="deviations">'
    '<thead><tr><th scope="col">Bucket</th><th scope="col">Status</th><th scope="col">Region</th>' +
    '<th scope="col">Payer</th><th scope="col">Desired</th><th scope="col">Why</th></tr></thead>'
    '<tbody>'
    foreach ($row in $deviations) {
        $cells = foreach ($text in $row.Status, $row.Region, $row.Payer, $row.Desired, $row.Detail) {
            "<td>$(Protect-Html $text)</td>"
        }
        "<tr><th scope=`"row`">$(Protect-Html $row.Bucket)</th>$(-join $cells)</tr>"
    }
    '</tbody>'
    '</table>'
}

function Get-Report([object[]] $Rows, [string] $Summary) {
    $time = [DateTime]::UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", [cultureinfo]::InvariantCulture)
    @"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Who pays for the OSS buckets</title>
<style>
:root { color-scheme: light dark; --owner: #2b6cb0; --requester: #c05621; --unknown: #718096; }
@media (prefers-color-scheme: dark) { :root { --owner: #63b3ed; --requester: #f6ad55; --unknown: #a0aec0; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
main { overflow-x: auto; }
.regions th, td:nth-child(3) { white-space: nowrap; }
.deviations tbody th { min-width: 14rem; overflow-wrap: anywhere; }
.regions td:not(.bar) { text-align: right; font-variant-numeric: tabular-nums; }
.bar { width: 45%; }
.bar div { display: flex; height: 1.2rem; margin-top: .15rem; }
.bar i { flex-basis: 0; }
.owner, .requester, .unknown { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.owner { background: var(--owner); }
.requester { background: repeating-linear-gradient(45deg, var(--requester) 0 6px, transparent 6px 8px); }
.unknown { background: var(--unknown); }
.key { display: inline-block; width: 1.2rem; height: .8rem; margin-right: .4rem; }
</style>
</head>
<body>
<main>
<h1>Who pays for the OSS buckets</h1>
<p><strong>$(Protect-Html $Summary)</strong> Read at $time.</p>
<h2>By region</h2>
<table class="regions">
<thead><tr><th scope="col">Region</th>
<th scope="col"><span class="key owner"></span>Owner pays</th>
<th scope="col"><span class="key requester"></span>Requester pays</th>
<th scope="col"><span class="key unknown"></span>Not read</th><td class="bar"></td></tr></thead>
<tbody>
$((Get-RegionRow $Rows) -join "`n")
</tbody>
</table>
<h2>Not as desired</h2>
$((Get-DeviationTable $Rows) -join "`n")
</main>
</body>
</html>
"@
}

try {
    $desired = @{}
    foreach ($row in & (Join-Path $PSScriptRoot 'Read-DesiredState.ps1') $DesiredStatePath) {
        $desired[$row.Bucket] = $row.Payer
    }

    $payments = @(Get-OssBucketRequestPayment -ErrorAction Continue -ErrorVariable failures)
    if ($failures | Where-Object { $_.TargetObject.Bucket -eq '*' }) {
        throw 'The buckets of the account could not be listed, so there is no report.'
    }

    $seen = @{}
    $rows = @(@(
        foreach ($payment in $payments) {
            $seen[$payment.Bucket] = $true
            $status = if (-not $desired.ContainsKey($payment.Bucket)) {
                'Unlisted'
            } elseif ($desired[$payment.Bucket] -eq $payment.Payer) {
                'AsDesired'
            } else {
                'Drift'
            }
            ConvertTo-Row $status $payment.Bucket $payment.Region $payment.Payer
        }

        foreach ($failure in $failures) {
            $target = $failure.TargetObject
            $seen[$target.Bucket] = $true
            ConvertTo-Row Failed $target.Bucket $target.Region '' $failure.ErrorDetails.Message
        }

        foreach ($bucket in $desired.Keys) {
            if (-not $seen.ContainsKey($bucket)) {
                ConvertTo-Row Missing $bucket
            }
        }
    ) | Sort-Object Bucket)

    $failed = @($rows | Where-Object Status -EQ Failed).Count
    $deviating = @($rows | Where-Object Status -NE AsDesired).Count - $failed
    $summary = "Of $($rows.Count) buckets, $deviating are not as desired, and $failed could not be read."

    $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputPath)
    $null = [System.IO.Directory]::CreateDirectory($folder)
    $rows |
        Select-Object Status, @{ Name = 'Bucket'; Expression = { ConvertTo-Cell $_.Bucket } },
            @{ Name = 'Region'; Expression = { ConvertTo-Cell $_.Region } }, Payer, Desired,
            @{ Name = 'Detail'; Expression = { ConvertTo-Cell $_.Detail } } |
        Export-Csv -LiteralPath (Join-Path $folder 'payment-audit.csv') -NoTypeInformation -Encoding UTF8
    Get-Report $rows $summary | Set-Content -LiteralPath (Join-Path $folder 'payment-audit.html') -Encoding UTF8

    # As text, because exit discards objects that are not formatted yet.
    if ($failed -or $deviating) {
        ($rows | Where-Object Status -NE AsDesired | Format-Table Status, Bucket, Payer, Desired -AutoSize |
            Out-String -Width 200).Trim()
    }

    "$summary The report is in $folder."
} catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 2
}

if ($failed) {
    exit 2
} elseif ($deviating) {
    exit 1
}

exit 0
