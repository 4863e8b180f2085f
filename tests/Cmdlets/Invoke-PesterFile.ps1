# Runs one Pester file, and writes the result of each test into a JSON file, with failures outside a test.
param(
    [Parameter(Mandatory)][string] $Path,
    [Parameter(Mandatory)][string] $Pester,
    [Parameter(Mandatory)][string] $ResultPath,
    [string] $Filter
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester

function Get-ErrorText($ErrorRecord) {
    @($ErrorRecord | ForEach-Object { $_.DisplayErrorMessage; $_.DisplayStackTrace }) -join "`n"
}

function Get-Message($Test) {
    if ($Test.Result -eq 'Skipped') {
        # The text in which Set-ItResult -Skipped -Because puts the reason.
        "$($Test.ErrorRecord)" -replace '^is skipped(, because )?'
    } elseif ($Test.ErrorRecord) {
        Get-ErrorText $Test.ErrorRecord
    } elseif (-not $Test.Executed) {
        'It was not run, because something before it failed.'
    }
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
if ($Filter) {
    $configuration.Filter.FullName = $Filter
}

$run = Invoke-Pester -Configuration $configuration
$results = @(
    foreach ($test in $run.Tests | Where-Object Result -NE NotRun) {
        @{
            Name = $test.ExpandedPath
            Result = "$($test.Result)"
            Message = "$(Get-Message $test)"
            Seconds = $test.UserDuration.TotalSeconds
        }
    }

    foreach ($block in $run.FailedBlocks) {
        @{ Name = "$($block.ExpandedPath) (BeforeAll or AfterAll)"; Result = 'Failed'; Message = Get-ErrorText $block.ErrorRecord; Seconds = 0 }
    }

    foreach ($container in $run.FailedContainers) {
        @{ Name = '(the file itself)'; Result = 'Failed'; Message = Get-ErrorText $container.ErrorRecord; Seconds = 0 }
    }
)

$json = ConvertTo-Json @{ Version = "$((Get-Module Pester).Version)"; Tests = $results } -Depth 3
[System.IO.File]::WriteAllText($ResultPath, $json)
