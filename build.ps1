#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, checks, tests, documents, packages and publishes the module.

.DESCRIPTION
    Each task does what it needs first. After Build, the module can be imported from the manifest beside this script.

    Build    Builds the module into bin, and all that tests it.
    Format   Checks the format of the C# code.
    Analyze  Checks the scripts. Needs the module PSScriptAnalyzer.
    Test     Builds everything and runs all tests: dotnet test.
    Docs     Builds, and makes the help that Get-Help shows from docs. Needs the module Microsoft.PowerShell.PlatyPS.
    Package  Builds for release, and puts what ships into artifacts/OssPayment/<version>. Needs what Docs needs.
    Publish  Packages, and publishes the package to a PowerShell repository.
    Demo     Runs the demo against the emulator.
    Bench    Runs the benchmarks.
    Check    Package, Build, Format, Analyze and Demo: with Test, all that a change has to pass. Where a module that a task
             needs is not installed, it says so and leaves that task out.

    Where there is no PowerShell yet: dotnet run --project tests/PowerShell -- -File build.ps1 <task>

.PARAMETER Task
    The task. The default is Build.

.PARAMETER Configuration
    The configuration of Build, Test, Docs, Demo and Check. The default is Debug. Package, Publish and Bench always use Release.

.PARAMETER Repository
    The registered PowerShell repository that Publish publishes to. The default is PSGallery.

.PARAMETER ApiKey
    The repository's API key, for Publish. It is passed on and shown nowhere.

.PARAMETER ArgumentList
    Further arguments for dotnet test, the demo or the benchmarks.

.EXAMPLE
    ./build.ps1
    Builds the module.

.EXAMPLE
    ./build.ps1 Bench --filter *Sign*
    Runs some of the benchmarks.

.EXAMPLE
    ./build.ps1 Publish -ApiKey $env:GALLERY_API_KEY -WhatIf
    Makes the package, and shows what would be published.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Format', 'Analyze', 'Test', 'Docs', 'Package', 'Publish', 'Demo', 'Bench', 'Check')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $Repository = 'PSGallery',

    [string] $ApiKey,

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $ArgumentList = @()
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# -WhatIf and -Confirm are about publishing alone: what is made on the way there stays in this folder.
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
    $findings = Get-ChildItem -LiteralPath . -Include *.ps1, *.psm1, *.psd1 -Recurse |
        Where-Object FullName -NotMatch '[\\/](bin|obj|artifacts)[\\/]' |
        ForEach-Object {
            Invoke-ScriptAnalyzer -Path ([WildcardPattern]::Escape($_.FullName)) -Settings ./PSScriptAnalyzerSettings.psd1
        }
    if ($findings) {
        $findings | Format-Table RuleName, Severity, ScriptName, Line, Message -Wrap | Out-Host
        throw "PSScriptAnalyzer has $(@($findings).Count) findings."
    }
}

function Export-Help([string] $Configuration) {
    Assert-Installed (Get-WhyNoHelp)
    Invoke-Dotnet 'build', 'src', '--configuration', $Configuration
    if (Test-Path -LiteralPath en-US) {
        Remove-Item -LiteralPath en-US -Recurse
    }

    # Get-Help looks beside the manifest, not beside the assembly.
    & ./docs/Export-Help.ps1 -Path docs/en-US -OutputPath en-US
}

function Export-Package {
    Export-Help Release | Out-Host
    $version = (Import-PowerShellDataFile -LiteralPath ./OssPayment.psd1).ModuleVersion
    $package = "artifacts/OssPayment/$version"
    if (Test-Path -LiteralPath $package) {
        Remove-Item -LiteralPath $package -Recurse
    }

    $null = New-Item "$package/bin" -ItemType Directory
    Copy-Item -LiteralPath OssPayment.psd1, OssPayment.Format.ps1xml, LICENSE, en-US -Destination $package -Recurse
    Copy-Item -LiteralPath bin/OssPayment.dll -Destination "$package/bin"
    Get-Item -LiteralPath $package
}

function Publish-Package([string] $Path, [string] $Repository, [string] $ApiKey) {
    if (Get-Command Publish-PSResource -ErrorAction Ignore) {
        Publish-PSResource -Path $Path -Repository $Repository -ApiKey $ApiKey
    } else {
        Publish-Module -Path $Path -Repository $Repository -NuGetApiKey $ApiKey
    }
}

function Invoke-Check([string] $Configuration) {
    # The package comes first, because it is built for release, and what is tested later lies in the same folder.
    if ($why = Get-WhyNoHelp) {
        "Left out, the package: $why"
    } else {
        Export-Package
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
        Package { Export-Package }
        Publish {
            if (-not $ApiKey) {
                throw 'Publish needs the API key of the repository: -ApiKey.'
            }

            $package = (Export-Package).FullName
            if ($PSCmdlet.ShouldProcess($package, "Publish to $Repository")) {
                Publish-Package -Path $package -Repository $Repository -ApiKey $ApiKey
            }
        }
        Demo { Invoke-Dotnet (@('run', '--project', 'tests/Demo', '--configuration', $Configuration, '--') + $ArgumentList) }
        Bench { Invoke-Dotnet (@('run', '--project', 'tests/Benchmarks', '--configuration', 'Release', '--') + $ArgumentList) }
        Check { Invoke-Check $Configuration }
    }
} finally {
    Pop-Location
}
