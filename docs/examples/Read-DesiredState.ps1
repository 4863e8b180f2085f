#Requires -Version 5.1

<#
.SYNOPSIS
    Reads a desired state from a CSV file: the payers of buckets, or the limits of requesters.

.DESCRIPTION
    A file of payers has the columns Bucket and Payer (BucketOwner or Requester). A file of limits has the column
    Requester, Bucket or ResourcePool or both, and a column for each limit: see Set-OssRequesterQoSInfo. A limit is a
    number, unlimited or forbidden. An empty cell is a limit that is neither compared nor changed. Both files may have a
    column Region. Other columns are ignored.

    Files from Excel can be read: separated by commas, semicolons or tabs, with a first line such as sep=; and with
    empty rows. If a row is not valid, the whole file is rejected, with the number of each such row. The header is row
    1, unless the file begins with sep=. The script needs no permissions, because it only reads the file.

.PARAMETER Path
    The CSV file. Wildcards are taken literally.

.EXAMPLE
    ./Read-DesiredState.ps1 payers.csv
    Shows the desired state in the file.

.OUTPUTS
    An object for each row: Bucket, Region and Payer, or Bucket, ResourcePool, Region, Requester and the nine limits.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$limits = 'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth',
    'IntranetDownloadBandwidth', 'ExtranetDownloadBandwidth', 'TotalQps', 'IntranetQps', 'ExtranetQps'

function Get-Cell([string] $Line) {
    # Each cell with the delimiter before it: text in quotation marks, or text without a delimiter.
    $pattern = '{0}(?:"((?:[^"]|"")*)"|([^{0}]*))' -f [regex]::Escape($delimiter)
    foreach ($match in [regex]::Matches($delimiter + $Line, $pattern)) {
        ($match.Groups[1].Value.Replace('""', '"') + $match.Groups[2].Value).Trim()
    }
}

$lines = @(Get-Content -LiteralPath $Path)
$delimiter = ','
$header = 0
if ($lines -and $lines[0] -match '\A"?sep=(.)"?\s*\z') {
    $delimiter = $Matches[1]
    $header = 1
} elseif ($lines -and $lines[0] -notmatch ',' -and $lines[0] -match '[;\t]') {
    $delimiter = $Matches[0]
}

$columns = @(if ($lines.Count -gt $header) { Get-Cell $lines[$header] })
$isPayers = 'Bucket' -in $columns -and 'Payer' -in $columns
if (-not $isPayers -and ('Requester' -notin $columns -or -not ($columns -eq 'Bucket' -or $columns -eq 'ResourcePool'))) {
    throw "'$Path' needs the columns Bucket and Payer, or the columns Requester and Bucket or ResourcePool."
}

$names = if ($isPayers) { 'Bucket', 'Region', 'Payer' } else { @('Bucket', 'ResourcePool', 'Region', 'Requester') + $limits }
$numbers = @{ unlimited = -1; forbidden = 0 }
$seen = @{}
$problems = New-Object System.Collections.Generic.List[string]
$desired = @(
    for ($i = $header + 1; $i -lt $lines.Count; $i++) {
        $cells = @(if ($lines[$i]) { Get-Cell $lines[$i] })
        if (-not ($cells -ne '')) {
            continue
        }

        $row = [ordered]@{}
        foreach ($name in $names) {
            $column = [array]::IndexOf($columns, $name)
            $row[$name] = if ($column -ge 0 -and $cells[$column]) { $cells[$column] }
        }

        # Messages do not repeat values that are not valid. They may contain anything, and terminals and logs show them.
        $number = $i + 1
        $problem = @(
            if ($row['Bucket']) {
                if ($row['Bucket'] -cnotmatch '\A[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\z') {
                    "Bucket is not a valid bucket name; use 3 to 63 of a-z, 0-9 and '-'"
                }
                if (-not $isPayers -and $row['ResourcePool']) {
                    'Bucket and ResourcePool cannot be combined'
                }
            } elseif ($isPayers -or -not $row['ResourcePool']) {
                'there is no name'
            } elseif ($row['ResourcePool'] -notmatch '\A[A-Za-z0-9][A-Za-z0-9_.-]*\z') {
                'ResourcePool is not a valid name'
            }

            if ($isPayers) {
                if ($row['Payer'] -notin 'BucketOwner', 'Requester') {
                    'Payer is not BucketOwner or Requester'
                }
            } else {
                if ($row['Requester'] -notmatch '\A[0-9]{1,20}\z') {
                    'Requester is not an account ID (UID), which has only digits; Excel keeps long numbers in cells of the ' +
                    'format Text'
                }

                $set = @($limits | Where-Object { $null -ne $row[$_] })
                if (-not $set) {
                    'no limit is specified'
                }

                foreach ($name in $set) {
                    $limit = $row[$name]
                    if ($numbers.ContainsKey($limit)) {
                        $row[$name] = [long]$numbers[$limit]
                    } elseif ($limit -match '\A(-1|0|[1-9][0-9]{0,17})\z') {
                        $row[$name] = [long]$limit
                    } else {
                        "$name is not a number, unlimited or forbidden"
                    }
                }
            }
        )

        $key = @($row['Bucket'], $(if (-not $isPayers) { $row['ResourcePool'], $row['Requester'] })) -join '/'
        if (-not $problem -and $seen.ContainsKey($key)) {
            $problem = "the same is in row $($seen[$key]); remove one of them"
        }

        $seen[$key] = $number
        if ($problem) {
            $problems.Add("row ${number}: $($problem -join '; ').")
        }

        [pscustomobject]$row
    }
)

if ($problems.Count) {
    throw "'$Path' is not a valid desired state. " + ($problems -join ' ')
}
if (-not $desired) {
    throw "'$Path' has no rows below the header."
}

$desired
