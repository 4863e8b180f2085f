#Requires -Version 5.1

<#
.SYNOPSIS
    Emits what CHANGELOG.md says of a version: its text in Notes, and in IsReleased whether it has a date. Nothing where
    it has no entry.

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
