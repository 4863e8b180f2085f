#Requires -Version 5.1

<#
.SYNOPSIS
    Reads the desired state, who is to pay for which bucket, from a CSV file.

.DESCRIPTION
    The file has the columns Bucket and Payer (BucketOwner or Requester), and may have a column Region. A file that is
    not clear is refused as a whole, with the number of each row that is wrong: names that no bucket has, payers that do
    not exist, and buckets that are named twice.

.PARAMETER Path
    The CSV file. Wildcards are taken literally.

.EXAMPLE
    ./Read-DesiredState.ps1 desired.csv
    Shows what the file says.

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
    throw "'$Path' names no bucket. Give it the columns Bucket and Payer, and a row for each bucket."
}

$columns = @($rows[0].PSObject.Properties.Name)
if ('Bucket' -notin $columns -or 'Payer' -notin $columns) {
    throw "'$Path' lacks the column Bucket or Payer. Give it both, separated by commas."
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

# What is wrong is not repeated: it may hold anything, and messages end up in terminals and logs.
$seen = @{}
$number = 0
$problems = @(
    foreach ($row in $desired) {
        $number++
        if ($row.Bucket -cnotmatch '\A[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\z') {
            "row ${number}: Bucket is not a bucket name; use 3 to 63 of a-z, 0-9 and '-'."
        } elseif ($seen.ContainsKey($row.Bucket)) {
            "row ${number}: $($row.Bucket) is named in row $($seen[$row.Bucket]) already; remove one of them."
        } else {
            $seen[$row.Bucket] = $number
        }

        if ($row.Payer -notin 'BucketOwner', 'Requester') {
            "row ${number}: Payer is neither BucketOwner nor Requester."
        }
    }
)
if ($problems) {
    throw "'$Path' is not a desired state. " + ($problems -join ' ')
}

$desired
