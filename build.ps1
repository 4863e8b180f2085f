#Requires -Version 5.1

<#
.SYNOPSIS
    Builds, checks, tests, documents, packages and publishes the module.

.DESCRIPTION
    Each task does what it needs first, but TestPackage and Publish: they take the package that Package made, as it is.
    After Build, the module can be imported from the manifest beside this script.

    Build        Builds the module into bin, and all that tests it.
    Format       Checks the format of the C# code.
    Analyze      Checks the scripts, and the PowerShell code in the documentation. Needs the module PSScriptAnalyzer.
    Test         Builds everything and runs all tests: dotnet test.
    Docs         Builds, and makes the help that Get-Help shows from docs. Needs the module Microsoft.PowerShell.PlatyPS.
    Package      Builds for release, and makes in artifacts the folder OssPayment/<version>, its .nupkg, the bill of
                 materials and the sums: see tools/New-Package.ps1. Needs what Docs needs, and the module
                 Microsoft.PowerShell.PSResourceGet.
    TestPackage  Runs the Pester tests against the package that Package made, and notes there that all of them passed.
    Publish      Sends that .nupkg, and only that, to a PowerShell repository, with the API key that the environment
                 variable OSSPAYMENT_GALLERY_KEY holds, or says why it must not: see tools/Publish-Package.ps1.
    Demo         Runs the demo against the emulator.
    Bench        Runs the benchmarks: all of them without arguments, which takes some ten minutes.
    Check        Package, Build, Format, Analyze and Demo: with Test and TestPackage, all that a change has to pass. Where
                 a module that a task needs is not installed, it says so and leaves that task out.

    Where there is no PowerShell yet: dotnet run --project tests/PowerShell -- -File build.ps1 <task>

.PARAMETER Task
    The task. The default is Build.

.PARAMETER Configuration
    The configuration of Build, Test, TestPackage, Docs, Demo and Check. The default is Debug. Package and Bench always
    use Release.

.PARAMETER Repository
    The registered PowerShell repository that Publish publishes to. The default is PSGallery.

.PARAMETER ArgumentList
    Further arguments for dotnet test, the demo or the benchmarks.

.EXAMPLE
    ./build.ps1
    Builds the module.

.EXAMPLE
    ./build.ps1 Bench parts --filter *Sign*
    Runs some of the benchmarks.

.EXAMPLE
    ./build.ps1 Publish -WhatIf
    Shows what would be published, or every reason why it must not be.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Format', 'Analyze', 'Test', 'Docs', 'Package', 'TestPackage', 'Publish', 'Demo', 'Bench',
        'Check')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $Repository = 'PSGallery',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $ArgumentList = @()
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# -WhatIf and -Confirm are about publishing alone: what the other tasks make stays in this folder.
$isWhatIf = [bool]$WhatIfPreference
$WhatIfPreference = $false
$ConfirmPreference = 'High'

function Invoke-Dotnet([string[]] $ArgumentList) {
    # A program's failure ends no script by itself.
    & dotnet $ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($ArgumentList[0]) failed with the exit code $LASTEXITCODE."
    }
}

function Get-WhyMissing([string] $Name, [string] $Version) {
    # Nothing where the module is installed.
    if (-not (Get-Module $Name -ListAvailable | Where-Object Version -GE $Version)) {
        "the module $Name $Version or later is not installed. To get it: Install-Module $Name -Scope CurrentUser"
    }
}

function Get-WhyNoHelp {
    Get-WhyMissing Microsoft.PowerShell.PlatyPS 1.0.0
}

function Get-WhyNoAnalysis {
    Get-WhyMissing PSScriptAnalyzer 1.21.0
}

function Assert-Installed([string] $WhyMissing) {
    if ($WhyMissing) {
        throw "This cannot be done: $WhyMissing"
    }
}

function Test-Script {
    Assert-Installed (Get-WhyNoAnalysis)
    Import-Module ./tools/CodeBlock.psm1
    $settings = (Resolve-Path -LiteralPath ./PSScriptAnalyzerSettings.psd1).ProviderPath
    $files = Get-ChildItem -LiteralPath . -Include *.ps1, *.psm1, *.psd1, *.md, *.help.txt -Recurse |
        Where-Object FullName -NotMatch '[\\/](bin|obj|artifacts)[\\/]'
    $findings = foreach ($file in $files) {
        if ($file.Extension -like '.ps*') {
            Invoke-ScriptAnalyzer -Path ([WildcardPattern]::Escape($file.FullName)) -Settings $settings |
                Select-Object RuleName, Severity, @{ n = 'Where'; e = { "$($file.Name):$($_.Line)" } }, Message
        } else {
            foreach ($block in Get-CodeBlock $file.FullName | Where-Object Language -EQ powershell) {
                Invoke-ScriptAnalyzer -ScriptDefinition $block.Code -Settings $settings |
                    Select-Object RuleName, Severity, @{ n = 'Where'; e = { "$($file.Name):$($block.Line + $_.Line)" } }, Message
            }
        }
    }

    if ($findings) {
        $findings | Format-Table RuleName, Severity, Where, Message -Wrap | Out-Host
        throw "PSScriptAnalyzer has $(@($findings).Count) findings."
    }
}

function Get-WhyNoPackage {
    Get-WhyMissing Microsoft.PowerShell.PSResourceGet 1.1.0
}

function Export-Help([string] $Configuration) {
    Assert-Installed (Get-WhyNoHelp)
    Invoke-Dotnet 'build', 'src', '--configuration', $Configuration
    & ./tools/Export-Help.ps1 .
}

function Test-Package([string] $Configuration, [string[]] $ArgumentList) {
    $version = (Import-PowerShellDataFile -LiteralPath ./OssPayment.psd1).ModuleVersion
    $module = Join-Path $PWD.ProviderPath "artifacts/OssPayment/$version/OssPayment.psd1"
    $file = "artifacts/OssPayment.$version.nupkg"
    if (-not (Test-Path -LiteralPath $file)) {
        throw "There is no package of version $version. Make it with: ./build.ps1 Package"
    }

    $tested = "$file.tested"
    if (Test-Path -LiteralPath $tested) {
        Remove-Item -LiteralPath $tested
    }

    $env:OSSPAYMENT_MODULE = $module
    try {
        $arguments = 'test', 'tests/Cmdlets', '--configuration', $Configuration, '--filter', 'PesterSuite'
        Invoke-Dotnet ($arguments + $ArgumentList)
    } finally {
        $env:OSSPAYMENT_MODULE = $null
    }

    if ($env:OSSPAYMENT_PESTER_FILE -or $env:OSSPAYMENT_PESTER_TEST) {
        'Some of the tests were run, so the package still does not count as tested.'
    } else {
        (Get-FileHash -LiteralPath $file).Hash | Set-Content -LiteralPath $tested
    }
}

function Invoke-Check([string] $Configuration) {
    if ($why = Get-WhyNoPackage) {
        "Left out, the package: $why"
    } else {
        if ($why = Get-WhyNoHelp) {
            "Left out, the package's help: $why"
        }

        & ./tools/New-Package.ps1 -NoHelp:([bool]$why)
    }

    Invoke-Dotnet 'build', '--configuration', $Configuration
    Invoke-Dotnet 'format', '--verify-no-changes', '--no-restore'
    if ($why = Get-WhyNoAnalysis) {
        "Left out, the analysis of the scripts: $why"
    } else {
        Test-Script
    }

    Invoke-Dotnet 'run', '--no-build', '--project', 'tests/Demo', '--configuration', $Configuration
}

# Literal paths everywhere: the name of a folder above may have brackets.
Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        Build { Invoke-Dotnet 'build', '--configuration', $Configuration }
        Format { Invoke-Dotnet 'format', '--verify-no-changes' }
        Analyze { Test-Script }
        Test { Invoke-Dotnet (@('test', '--configuration', $Configuration) + $ArgumentList) }
        Docs { Export-Help $Configuration }
        Package {
            Assert-Installed (Get-WhyNoPackage)
            Assert-Installed (Get-WhyNoHelp)
            & ./tools/New-Package.ps1
        }
        TestPackage { Test-Package $Configuration $ArgumentList }
        Publish {
            Assert-Installed (Get-WhyNoPackage)
            & ./tools/Publish-Package.ps1 -Repository $Repository -WhatIf:$isWhatIf
        }
        Demo { Invoke-Dotnet (@('run', '--project', 'tests/Demo', '--configuration', $Configuration, '--') + $ArgumentList) }
        Bench { Invoke-Dotnet (@('run', '--project', 'tests/Benchmarks', '--configuration', 'Release', '--') + $ArgumentList) }
        Check { Invoke-Check $Configuration }
    }
} finally {
    Pop-Location
}
