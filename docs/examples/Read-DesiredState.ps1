#Requires -Version 5.1

<#
.SYNOPSIS
    Reads the desired payer of each bucket from a CSV file.

.DESCRIPTION
    The file has the columns Bucket and Payer (BucketOwner or Requester), and may have a column Region. If a row is not
    valid, the whole file is rejected, with the number of each such row. A row is not valid if the bucket name or the
    payer is not valid, or if the bucket is in an earlier row.

.PARAMETER Path
    The CSV file. Wildcards are taken literally.

.EXAMPLE
    ./Read-DesiredState.ps1 desired.csv
    Shows the desired state in the file.

.OUTPUTS
    An object for each row, with the properties Bucket, Region and Payer.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$rows = @(Import-Csv -LiteralPath $Path)
if (-not $rows) {
    throw "'$Path' contains no bucket. Add the columns Bucket and Payer, and a row for each bucket."
}

$columns = @($rows[0].PSObject.Properties.Name)
if ('Bucket' -notin $columns -or 'Payer' -notin $columns) {
    throw "'$Path' does not have the column Bucket or Payer. Add both, separated by commas."
}

$desired = @(
    foreach ($row in $rows) {
        [pscustomobject]@{
            Bucket = "$($row.Bucket)".Trim()
            Region = if ('Region' -in $columns) { "$($row.Region)".Trim() }
            Payer = "$($row.Payer)".Trim()
        }
    }
)

# Messages do not repeat values that are not valid. They may contain anything, and terminals and logs show messages.
$seen = @{}
$number = 0
$problems = @(
    foreach ($row in $desired) {
        $number++
        if ($row.Bucket -cnotmatch '\A[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\z') {
            "row ${number}: Bucket is not a valid bucket name; use 3 to 63 of a-z, 0-9 and '-'."
        } elseif ($seen.ContainsKey($row.Bucket)) {
            "row ${number}: $($row.Bucket) is also in row $($seen[$row.Bucket]); remove one of them."
        } else {
            $seen[$row.Bucket] = $number
        }

        if ($row.Payer -notin 'BucketOwner', 'Requester') {
            "row ${number}: Payer is not BucketOwner or Requester."
        }
    }
)
if ($problems) {
    throw "'$Path' is not a valid desired state. " + ($problems -join ' ')
}

$desired
