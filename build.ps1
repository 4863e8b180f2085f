#Requires -Version 5.1

<#
.SYNOPSIS
    Builds, checks, tests, documents, packages and publishes the module.

.DESCRIPTION
    Each task first runs the tasks that it needs. Only TestPackage and Publish use the existing package from Package,
    unchanged. After Build, the module can be imported from the manifest in the folder of this script.

    Build        Builds the module into bin, and everything that tests it.
    Format       Checks the format of the C# code. The build checks its style and its names.
    Analyze      Checks the scripts, and the PowerShell code in the documentation. Needs the module PSScriptAnalyzer.
    Test         Builds everything and runs all tests: dotnet test.
    Docs         Builds, and creates the help for Get-Help from docs. Needs the module Microsoft.PowerShell.PlatyPS.
    Package      Builds for release, and creates in artifacts the folder OssPayment/<version>, its .nupkg, the bill of
                 materials and the checksums: see tools/New-Package.ps1. Needs the module of Docs, and the module
                 Microsoft.PowerShell.PSResourceGet.
    TestPackage  Runs the Pester tests against the package from Package, and records there that all of them passed.
    Publish      Publishes this .nupkg to a PowerShell repository, with the API key in the environment variable
                 OSSPAYMENT_GALLERY_KEY, or says why it must not be published: see tools/Publish-Package.ps1.
    Demo         Runs the demo against the emulator.
    Bench        Runs the benchmarks. Without arguments it runs all of them, in about 15 minutes, and says what got worse.
    Check        Runs Package, Build, Format, Analyze and Demo. A change must pass these, Test and TestPackage. A task
                 whose module is not installed is skipped with a message.

    Without PowerShell: dotnet run --project tests/PowerShell -- -File build.ps1 <task>

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
    Shows what would be published, or all reasons why it must not be published.
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

# -WhatIf and -Confirm are only for Publish. The other tasks write only to this folder.
$isWhatIf = [bool]$WhatIfPreference
$WhatIfPreference = $false
$ConfirmPreference = 'High'

function Invoke-Dotnet([string[]] $ArgumentList) {
    # The failure of a program does not end a script.
    & dotnet $ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($ArgumentList[0]) failed with the exit code $LASTEXITCODE."
    }
}

function Get-WhyMissing([string] $Name, [string] $Version) {
    # Emits nothing if the module is installed.
    if (-not (Get-Module $Name -ListAvailable | Where-Object Version -GE $Version)) {
        "the module $Name $Version or later is not installed. Install it with: Install-Module $Name -Scope CurrentUser"
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
        throw "This task cannot run: $WhyMissing"
    }
}

function Test-Script {
    Assert-Installed (Get-WhyNoAnalysis)
    Import-Module ./tools/CodeBlock.psm1
    $settings = Import-PowerShellDataFile -LiteralPath ./PSScriptAnalyzerSettings.psd1

    # Examples are taken away, and editors read them and the tools with all default rules.
    $allRules = @{ Rules = $settings.Rules }
    $files = Get-ChildItem -LiteralPath . -Include *.ps1, *.psm1, *.psd1, *.md, *.help.txt -Recurse |
        Where-Object FullName -NotMatch '[\\/](bin|obj|artifacts)[\\/]'
    $findings = foreach ($file in $files) {
        if ($file.Extension -like '.ps*') {
            $isStrict = $file.FullName -match '[\\/](tools|docs[\\/]examples)[\\/]'
            Invoke-ScriptAnalyzer -Path ([WildcardPattern]::Escape($file.FullName)) -Settings $(if ($isStrict) { $allRules } else { $settings }) |
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
        throw "There is no package of version $version. Create it with: ./build.ps1 Package"
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
        'Only some of the tests were run, so the package is not marked as tested.'
    } else {
        (Get-FileHash -LiteralPath $file).Hash | Set-Content -LiteralPath $tested
    }
}

function Invoke-Check([string] $Configuration) {
    if ($why = Get-WhyNoPackage) {
        "Skipped, the package: $why"
    } else {
        if ($why = Get-WhyNoHelp) {
            "Skipped, the help of the package: $why"
        }

        & ./tools/New-Package.ps1 -NoHelp:([bool]$why)
    }

    Invoke-Dotnet 'build', '--configuration', $Configuration
    Invoke-Dotnet 'format', 'whitespace', '--verify-no-changes', '--no-restore'
    if ($why = Get-WhyNoAnalysis) {
        "Skipped, the analysis of the scripts: $why"
    } else {
        Test-Script
    }

    Invoke-Dotnet 'run', '--no-build', '--project', 'tests/Demo', '--configuration', $Configuration
}

# Literal paths everywhere, because the name of a parent folder may have brackets.
Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        Build { Invoke-Dotnet 'build', '--configuration', $Configuration }
        Format { Invoke-Dotnet 'format', 'whitespace', '--verify-no-changes' }
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
