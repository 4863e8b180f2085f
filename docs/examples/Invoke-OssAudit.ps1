#Requires -Version 5.1

<#
.SYNOPSIS
    Compares an account with a desired state, who pays for its buckets and the limits of requesters, and writes a
    report.

.DESCRIPTION
    Queries who pays for each bucket of the account, and if there is a file of desired limits, also the limits of
    requesters at these buckets and at the resource pools in the file. Writes two files: oss-audit.csv, with a row for
    each payer and for the limits of each requester, and oss-audit.html, with a bar for each region, a table of what is
    not as desired, and a table of who may use how much. What is not as desired is also shown. Compare-DesiredState.ps1
    explains the statuses.

    Set the credentials and the region in the environment: see about_OssPayment. The permissions oss:ListBuckets and
    oss:GetBucketRequestPayment are required. For limits, oss:ListBucketRequesterQoSInfo and
    oss:ListBucketRequesterQoSInfos are required, too, and for resource pools oss:ListResourcePoolRequesterQoSInfos. The
    script changes nothing.

    Exit codes:

    0  everything is as desired
    1  something is Drift, Unlisted or Missing
    2  the account, a bucket, a resource pool or the desired state could not be read; if the account could be read,
       there is a report

    PowerShell also returns 1 if it cannot start the script, for example because a parameter does not exist.

.PARAMETER PayersPath
    The desired payers: see Read-DesiredState.ps1. The default is payers.csv in the folder of this script.

.PARAMETER LimitsPath
    The desired limits: see Read-DesiredState.ps1. The default is limits.csv in the folder of this script, if it exists.
    An empty text leaves limits out.

.PARAMETER OutputPath
    The folder for the report. It is created if it does not exist. The default is the current folder.

.EXAMPLE
    ./Invoke-OssAudit.ps1 -PayersPath ./payers.csv -OutputPath ./report
    Audits the account, and shows what is not as desired.

.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Invoke-OssAudit.ps1
    Audits the account in an unattended job. The exit code is the result.

.OUTPUTS
    System.String
    What is not as desired, and a summary. The CSV file has the data.
#>
[CmdletBinding()]
param(
    [string] $PayersPath = (Join-Path $PSScriptRoot 'payers.csv'),

    [AllowEmptyString()]
    [string] $LimitsPath = (Join-Path $PSScriptRoot 'limits.csv' | Where-Object { Test-Path -LiteralPath $_ }),

    [string] $OutputPath = '.'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# The audit changes nothing. The preferences of the caller would prevent, or ask about, the files of the report.
$WhatIfPreference = $false
$ConfirmPreference = 'None'

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
    $regions = @($Rows | Where-Object Kind -EQ Payer | Where-Object Status -NE Missing | Group-Object Region | Sort-Object Name)
    if (-not $regions) {
        return
    }

    $most = @($regions | ForEach-Object Count | Sort-Object)[-1]
    foreach ($region in $regions) {
        $owner = @($region.Group | Where-Object Now -EQ BucketOwner).Count
        $requester = @($region.Group | Where-Object Now -EQ Requester).Count
        $unknown = $region.Count - $owner - $requester
        $name = if ($region.Name) { $region.Name } else { 'unknown' }
        "<tr><th scope=`"row`">$(Protect-Html $name)</th><td>$owner</td><td>$requester</td><td>$unknown</td>" +
        "<td class=`"bar`" aria-hidden=`"true`"><div>" +
        "<i class=`"owner`" style=`"flex-grow:$owner`"></i><i class=`"requester`" style=`"flex-grow:$requester`"></i>" +
        "<i class=`"unknown`" style=`"flex-grow:$unknown`"></i>" +
        "<i style=`"flex-grow:$($most - $region.Count)`"></i></div></td></tr>"
    }
}

function Get-Table([string] $Class, [string[]] $Headings, [object[]] $Rows) {
    # Each row is a list of HTML texts. On a narrow screen, a row is a block, and each cell has its heading before it.
    $head = foreach ($heading in $Headings) {
        "<th scope=`"col`">$heading</th>"
    }
    "<table class=`"rows $Class`"><thead><tr>$(-join $head)</tr></thead>"
    '<tbody>'
    foreach ($row in $Rows) {
        $cells = for ($i = 1; $i -lt $Headings.Count; $i++) {
            "<td data-label=`"$($Headings[$i])`">$($row.Cells[$i])</td>"
        }
        "<tr class=`"$($row.Status)`"><th scope=`"row`">$($row.Cells[0])</th>$(-join $cells)</tr>"
    }
    '</tbody></table>'
}

function Get-DeviationTable([object[]] $Rows) {
    $deviations = @($Rows | Where-Object Status -NE AsDesired | ForEach-Object {
            $texts = ($_.Bucket + $_.ResourcePool), $_.Requester, $_.Status, $_.Region, $_.Detail
            @{ Status = $_.Status; Cells = @($texts | ForEach-Object { Protect-Html $_ }) }
        })
    if (-not $deviations) {
        return '<p>Nothing.</p>'
    }

    Get-Table -Class deviations -Rows $deviations -Headings 'Bucket or pool', 'Requester', 'Status', 'Region', 'Why'
}

function Format-Limit([object] $Limit, [string] $Unit) {
    if ($Limit -eq -1) { 'unlimited' } elseif ($Limit -eq 0) { 'forbidden' } else { "$Limit$Unit" }
}

function Get-LimitCell($Current, [string] $End, [string] $Unit) {
    # The total, and the parts that are limited.
    if (-not $Current) {
        return ''
    }

    $parts = foreach ($part in 'Intranet', 'Extranet') {
        $limit = $Current."$part$End"
        if ($limit -ne -1) {
            "$($part.ToLowerInvariant()) $(Format-Limit $limit '')"
        }
    }
    (Format-Limit $Current."Total$End" $Unit) + $(if ($parts) { " <small>$($parts -join ', ')</small>" })
}

function Get-LimitTable([object[]] $Rows) {
    $cells = @($Rows | Where-Object Kind -EQ Limits | Where-Object Requester | ForEach-Object {
            @{
                Status = $_.Status
                Cells = @(
                    (Protect-Html ($_.Bucket + $_.ResourcePool)) + $(if ($_.ResourcePool) { ' <small>resource pool</small>' })
                    Protect-Html $_.Requester
                    Get-LimitCell $_.Current -End UploadBandwidth -Unit ' Gbit/s'
                    Get-LimitCell $_.Current -End DownloadBandwidth -Unit ' Gbit/s'
                    Get-LimitCell $_.Current -End Qps
                    $_.Status
                )
            }
        })
    if (-not $cells) {
        return '<p>No limits.</p>'
    }

    Get-Table -Class limits -Rows $cells -Headings 'Bucket or pool', 'Requester', 'Upload', 'Download', 'Requests per second',
        'Status'
}

function Get-Report([object[]] $Rows, [string] $Summary) {
    $time = [DateTime]::UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", [cultureinfo]::InvariantCulture)
    $limitsSection = if ($LimitsPath) {
        "<h2>Who may use how much</h2>`n$((Get-LimitTable $Rows) -join "`n")"
    }
    @"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>OSS audit: who pays, and who may use how much</title>
<style>
:root { color-scheme: light dark; --owner: #2b6cb0; --requester: #c05621; --unknown: #718096; --bad: #b42318; --line: #8886; }
@media screen and (prefers-color-scheme: dark) {
:root { --owner: #63b3ed; --requester: #f6ad55; --unknown: #a0aec0; --bad: #ff9c8f; }
}
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; z-index: 1; background: Canvas; }
small { opacity: .8; }
.regions tbody th { white-space: nowrap; }
.regions td:not(.bar) { text-align: right; font-variant-numeric: tabular-nums; }
.bar { width: 45%; }
.bar div { display: flex; height: 1.2rem; margin-top: .15rem; }
.bar i { flex-basis: 0; }
.owner, .requester, .unknown { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.owner { background: var(--owner); }
.requester { background: repeating-linear-gradient(45deg, var(--requester) 0 6px, transparent 6px 8px); }
.unknown { background: var(--unknown); }
.key { display: inline-block; width: 1.2rem; height: .8rem; margin-right: .4rem; }
.rows { font-size: .9em; font-variant-numeric: tabular-nums; }
.rows td { white-space: nowrap; }
.rows tbody th { font-weight: 600; min-width: 10em; overflow-wrap: anywhere; }
.deviations td:last-child { white-space: normal; overflow-wrap: anywhere; }
.limits tr:not(.AsDesired) td:last-child, .deviations td:nth-child(3) { color: var(--bad); font-weight: 600; }
@media screen and (max-width: 48rem) {
.bar { display: none; }
.regions { font-size: .9rem; }
.regions tbody th { white-space: normal; overflow-wrap: anywhere; }
.rows, .rows tbody, .rows tr, .rows th, .rows td { display: block; }
.rows thead { display: none; }
.rows tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
.rows th, .rows td { border: 0; padding: 0; white-space: normal; overflow-wrap: anywhere; }
.rows td:empty { display: none; }
.rows td::before { content: attr(data-label) ": "; opacity: .8; font-weight: 400; color: CanvasText; }
}
@media print {
:root { color-scheme: light; }
body { max-width: none; margin: 0; font-size: 8pt; }
.rows td { white-space: normal; }
thead th { position: static; }
tr { break-inside: avoid; }
h2 { break-after: avoid; }
}
</style>
</head>
<body>
<main>
<h1>OSS audit</h1>
<p><strong>$(Protect-Html $Summary)</strong> Read at $time.</p>
<h2>Who pays, by region</h2>
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
$limitsSection
</main>
</body>
</html>
"@
}

try {
    $desired = @(foreach ($path in $PayersPath, $LimitsPath | Where-Object { $_ }) {
            & (Join-Path $PSScriptRoot 'Read-DesiredState.ps1') $path
        })
    $rows = @(& (Join-Path $PSScriptRoot 'Compare-DesiredState.ps1') $desired -WholeAccount |
            Sort-Object @{ Expression = 'Kind'; Descending = $true }, Bucket, ResourcePool, Requester)
    $rows | Where-Object Status -EQ Failed | ForEach-Object Failure | Select-Object -Unique | ForEach-Object {
        Write-Error -ErrorRecord $_ -ErrorAction Continue
    }

    $failed = @($rows | Where-Object Status -EQ Failed).Count
    $deviating = @($rows | Where-Object Status -NE AsDesired).Count - $failed
    $counts = "$(@($rows | Where-Object Kind -EQ Payer).Count) buckets"
    if ($LimitsPath) {
        $counts += " and $(@($rows | Where-Object Kind -EQ Limits).Count) requesters with limits"
    }
    $summary = "Of $counts, $deviating are not as desired, and $failed could not be read."

    $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputPath)
    $null = [System.IO.Directory]::CreateDirectory($folder)
    $columns = foreach ($name in 'Status', 'Kind', 'Bucket', 'ResourcePool', 'Region', 'Requester', 'Now', 'Desired', 'Detail') {
        @{ Name = $name; Expression = [scriptblock]::Create("ConvertTo-Cell `$_.$name") }
    }
    $rows | Select-Object $columns |
        Export-Csv -LiteralPath (Join-Path $folder 'oss-audit.csv') -NoTypeInformation -Encoding UTF8
    Get-Report $rows $summary | Set-Content -LiteralPath (Join-Path $folder 'oss-audit.html') -Encoding UTF8

    # As text, because exit discards objects that are not formatted yet.
    if ($failed -or $deviating) {
        $target = @{ Name = 'Target'; Expression = {
                $_.Bucket + $_.ResourcePool + $(if ($_.Requester) { ", requester $($_.Requester)" })
            }
        }
        ($rows | Where-Object Status -NE AsDesired | Format-Table Status, $target, Detail -AutoSize |
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
