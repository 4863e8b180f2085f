#Requires -Version 5.1

<#
.SYNOPSIS
    Emits the entry of a version in CHANGELOG.md: its text in Notes, and whether it has a date in IsReleased. Emits
    nothing if there is no entry.

.PARAMETER Version
    The version, such as 0.1.0.
#>
[CmdletBinding()]
param([Parameter(Mandatory, Position = 0)][string] $Version)

Set-StrictMode -Version 3.0

$path = Join-Path $PSScriptRoot ../CHANGELOG.md
$text = (Get-Content -LiteralPath $path -Raw -Encoding UTF8) -replace '\r'
if ($text -match "(?ms)^## \[$([regex]::Escape($Version))\] - (?<when>[^\n]+)\n(?<notes>.*?)(?=^## \[|\z)") {
    [pscustomobject]@{ IsReleased = $Matches.when.Trim() -ne 'Unreleased'; Notes = $Matches.notes.Trim() }
}
