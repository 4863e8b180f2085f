#Requires -Version 5.1

<#
.SYNOPSIS
    Shows the results of a test run: the summaries of long tests, the skipped tests and why, the failed tests, the ten
    slowest tests, and the counts.

.DESCRIPTION
    It reads the .trx files that dotnet test --logger trx writes. The exit code is 1 if no test was run.

.PARAMETER Path
    The folder of the .trx files.

.EXAMPLE
    dotnet test --logger trx --results-directory artifacts/results
    ./tools/Show-TestResult.ps1 artifacts/results
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-Text($Node, [string] $XPath) {
    if ($found = $Node.SelectSingleNode($XPath)) { $found.InnerText } else { '' }
}

function Get-FirstLine([string] $Text) {
    $Text.Trim() -split '\r?\n' | Select-Object -First 1
}

$tests = foreach ($file in Get-ChildItem -LiteralPath $Path -Filter *.trx) {
    $document = [xml]::new()
    $document.Load($file.FullName)
    foreach ($result in $document.SelectNodes('//*[local-name() = "UnitTestResult"]')) {
        $output = Get-Text $result './/*[local-name() = "StdOut"]'

        # A Pester test runs before its result is created, and reports its own duration.
        $seconds = if ($output -match '(?m)^Took (\d+\.\d) s\.') {
            [double]::Parse($Matches[1], [cultureinfo]::InvariantCulture)
        } elseif ($result.GetAttribute('duration')) {
            [timespan]::Parse($result.GetAttribute('duration'), [cultureinfo]::InvariantCulture).TotalSeconds
        } else {
            0
        }

        [pscustomobject]@{
            Name = $result.GetAttribute('testName')
            Outcome = $result.GetAttribute('outcome')
            Message = Get-FirstLine (Get-Text $result './/*[local-name() = "Message"]')
            Output = $output
            Seconds = $seconds
        }
    }
}

$tests = @($tests)
$tests | ForEach-Object { $_.Output -split '\r?\n' } |
    Where-Object { $_ -match '^(Faults|Retry budget|Secrets|Soak|Fuzz|\.NET Framework): .*\d' } | Sort-Object -Unique
$tests | Where-Object Outcome -EQ NotExecuted | Sort-Object Name | ForEach-Object { "Skipped: $($_.Name): $($_.Message)" }
$tests | Where-Object Outcome -EQ Failed | Sort-Object Name | ForEach-Object { "Failed: $($_.Name): $($_.Message)" }

'The ten slowest tests:'
$tests | Sort-Object Seconds -Descending | Select-Object -First 10 |
    ForEach-Object { '{0,6:0.0} s  {1}' -f $_.Seconds, $_.Name }

$passed = @($tests | Where-Object Outcome -EQ Passed).Count
$failed = @($tests | Where-Object Outcome -EQ Failed).Count
"$passed passed, $failed failed, $($tests.Count - $passed - $failed) skipped"
if ($tests.Count -eq 0) {
    'No test was run.'
    exit 1
}
