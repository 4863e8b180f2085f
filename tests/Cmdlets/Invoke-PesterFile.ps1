# Runs one Pester file; prints what failed and the counts, and exits with the number of failures.
param([Parameter(Mandatory)][string] $Path)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5

$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $PSScriptRoot $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

foreach ($skipped in $result.Skipped) {
    "Skipped: $($skipped.ExpandedPath)"
}

"Pester: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped in $Path"
if ($result.TotalCount -eq 0 -or $result.FailedContainersCount -gt 0 -or $result.FailedBlocksCount -gt 0) {
    exit 1
}

exit $result.FailedCount
