#Requires -Version 7.0

<#
.SYNOPSIS
    Runs the PowerShell code of pages, about topics or READMEs, and prints its output.

.DESCRIPTION
    The blocks use the endpoint and the credentials in the environment, such as those that the emulator prints when it
    starts. Each statement runs separately, as at the prompt. A line with the file and the line number of the block comes
    first. The blocks under one heading share their variables and a temporary folder. Pester runs a block that has a
    Describe, and prints the failures. Prompts read from the standard input.

    A block that cannot be run is skipped. It has the reason after its language: ```powershell not run: <why>.

.PARAMETER Path
    The files, such as docs/en-US/Get-OssBucketRequestPayment.md.

.PARAMETER Control
    The emulator's control URL. Its state is reset at each heading. Without it, nothing is reset.

.PARAMETER ExceptHeading
    Headings whose blocks are skipped.

.EXAMPLE
    ./tools/Invoke-Example.ps1 docs/en-US/Set-OssBucketRequestPayment.md -Control http://127.0.0.1:5001/
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0, ValueFromRemainingArguments)]
    [string[]] $Path,

    [uri] $Control,

    [string[]] $ExceptHeading = @()
)

Set-StrictMode -Version 3.0
$PSStyle.OutputRendering = 'PlainText'
Import-Module (Join-Path $PSScriptRoot '../OssPayment.psd1'), (Join-Path $PSScriptRoot 'CodeBlock.psm1')

# The caller can select the Pester to use.
if ($env:OSSPAYMENT_PESTER) {
    Import-Module $env:OSSPAYMENT_PESTER
}

function Invoke-Reset {
    $null = Invoke-RestMethod "${Control}reset" -Method Post
    foreach ($bucket in @{ 'b-bucket' = 'cn-hangzhou'; 'shanghai-bucket' = 'cn-shanghai' }.GetEnumerator()) {
        $body = ConvertTo-Json @{ region = $bucket.Value; payer = 'Requester' }
        $null = Invoke-RestMethod "${Control}buckets/$($bucket.Key)" -Method Put -Body $body -ContentType application/json
    }
}

function Invoke-Statement([scriptblock] $Statement) {
    # All output is formatted at once, because the widths of a table depend on the objects before its first row.
    # Terminating errors are shown as at the prompt.
    $printed = New-Object System.Collections.Generic.List[object]
    try {
        . $Statement 2>&1 | ForEach-Object { $printed.Add($_) }
    } catch {
        $printed.Add($_)
    }

    $printed | Out-String -Width 120 -Stream
}

function Invoke-Check([string] $Code) {
    # As a test file, which Pester reads.
    $path = Join-Path $PWD 'Example.Tests.ps1'
    Set-Content -LiteralPath $path -Value $Code
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $run = Invoke-Pester -Configuration $configuration
    if ($run.Result -ne 'Passed' -or $run.PassedCount -eq 0) {
        "The tests $($run.Result): $($run.PassedCount) of $($run.TotalCount) passed."
        @($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers) | ForEach-Object { "$($_.ErrorRecord)" }
    }
}

# The examples run as at the prompt.
Set-StrictMode -Off
foreach ($file in $Path) {
    $blocks = @(Get-CodeBlock $file | Where-Object {
        $_.Language -eq 'powershell' -and $_.Remark -notlike 'not run: *' -and $_.Heading -notin $ExceptHeading
    })
    foreach ($heading in $blocks.Heading | Select-Object -Unique) {
        if ($Control) {
            Invoke-Reset
        }

        $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()))
        $variables = Get-ChildItem env:OSS_*, env:ALIBABA_CLOUD_*
        Push-Location -LiteralPath $folder
        try {
            foreach ($block in $blocks | Where-Object Heading -EQ $heading) {
                "--- $(Split-Path $file -Leaf), line $($block.Line)"
                if ($block.Code -match '(?m)^Describe ') {
                    Invoke-Check $block.Code
                } else {
                    $ast = [System.Management.Automation.Language.Parser]::ParseInput($block.Code, [ref] $null, [ref] $null)
                    foreach ($statement in $ast.EndBlock.Statements) {
                        . Invoke-Statement ([scriptblock]::Create($statement.Extent.Text))
                    }
                }
            }
        } finally {
            Pop-Location
            Remove-Item $folder -Recurse
            $PSDefaultParameterValues.Clear()
            Remove-Item env:OSS_*, env:ALIBABA_CLOUD_*
            $variables | ForEach-Object { Set-Item -LiteralPath "env:$($_.Name)" -Value $_.Value }
        }
    }
}
