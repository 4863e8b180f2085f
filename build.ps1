#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests, documents, packages and publishes the module.

.DESCRIPTION
    Each task does what it needs first. After Build, the module can be imported from the manifest beside this script.

    Build    Builds the module into bin.
    Test     Builds everything and runs all tests: dotnet test.
    Docs     Builds, and makes the help that Get-Help shows from docs. Needs the module Microsoft.PowerShell.PlatyPS.
    Package  Builds for release, and puts what ships into artifacts/OssPayment/<version>.
    Publish  Packages, and publishes the package to a PowerShell repository.
    Demo     Runs the demo against the emulator.
    Bench    Runs the benchmarks.

.PARAMETER Task
    The task. The default is Build.

.PARAMETER Configuration
    The configuration of Build, Test, Docs and Demo. The default is Debug. Package, Publish and Bench always use Release.

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
    [ValidateSet('Build', 'Test', 'Docs', 'Package', 'Publish', 'Demo', 'Bench')]
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

function Invoke-Build([string] $Configuration) {
    Invoke-Dotnet 'build', 'src', '--configuration', $Configuration
}

function Export-Help([string] $Configuration) {
    if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable | Where-Object Version -GE '1.0.0')) {
        throw 'The help needs the module Microsoft.PowerShell.PlatyPS 1.0.0 or later. To get it: ' +
            'Install-Module Microsoft.PowerShell.PlatyPS -Scope CurrentUser'
    }

    Invoke-Build $Configuration
    if (Test-Path en-US) {
        Remove-Item en-US -Recurse
    }

    # Get-Help looks beside the manifest, not beside the assembly.
    & ./docs/Export-Help.ps1 -Path docs/en-US -OutputPath en-US
}

function Export-Package {
    Export-Help Release | Out-Host
    $version = (Import-PowerShellDataFile ./OssPayment.psd1).ModuleVersion
    $package = "artifacts/OssPayment/$version"
    if (Test-Path $package) {
        Remove-Item $package -Recurse
    }

    $null = New-Item "$package/bin" -ItemType Directory
    Copy-Item OssPayment.psd1, LICENSE, en-US $package -Recurse
    Copy-Item bin/OssPayment.dll, bin/OssPayment.Format.ps1xml "$package/bin"
    $null = Test-ModuleManifest "$package/OssPayment.psd1"
    Get-Item $package
}

function Publish-Package([string] $Path, [string] $Repository, [string] $ApiKey) {
    if (Get-Command Publish-PSResource -ErrorAction Ignore) {
        Publish-PSResource -Path $Path -Repository $Repository -ApiKey $ApiKey
    } else {
        Publish-Module -Path $Path -Repository $Repository -NuGetApiKey $ApiKey
    }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        Build { Invoke-Build $Configuration }
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
    }
} finally {
    Pop-Location
}
