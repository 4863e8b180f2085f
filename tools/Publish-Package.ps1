#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PSResourceGet'; ModuleVersion = '1.1.0' }

<#
.SYNOPSIS
    Publishes the .nupkg in artifacts to a repository, unchanged.

.DESCRIPTION
    The script does not publish a package that was not built from this commit, whose tests have not passed, or whose
    version has no unreleased entry in the changelog. The error lists all reasons. With -WhatIf, it shows what would be
    published.

    The environment variable OSSPAYMENT_GALLERY_KEY contains the API key of the repository. The key is never shown.

.PARAMETER Repository
    The registered PowerShell repository.
#>
[CmdletBinding(SupportsShouldProcess)]
param([Parameter(Mandatory)][string] $Repository)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem

$root = Split-Path $PSScriptRoot
$version = (Import-PowerShellDataFile -LiteralPath (Join-Path $root OssPayment.psd1)).ModuleVersion
$file = Join-Path $root "artifacts/OssPayment.$version.nupkg"
if (-not (Test-Path -LiteralPath $file)) {
    throw "There is no package of version $version. Create it with: ./build.ps1 Package"
}

function Get-Obstacle($Entry, $Package, [string] $Hash) {
    # All reasons why this package must not be published.
    if (-not $env:OSSPAYMENT_GALLERY_KEY) {
        "there is no API key. Set the environment variable OSSPAYMENT_GALLERY_KEY."
    }

    $changes = git -C $root status --porcelain
    if ($LASTEXITCODE -ne 0) {
        "this is not a git repository. Publish from a clone."
    } elseif ($changes) {
        "the tree has uncommitted changes. Commit them, and create the package again:`n$($changes -join "`n")"
    }

    $commit = git -C $root rev-parse HEAD
    if ($Package.Commit -ne $commit) {
        "the package was built from '$($Package.Commit)', not from this commit, $commit. " +
        'Create it again with: ./build.ps1 Package'
    }

    if (-not $Entry) {
        "CHANGELOG.md has no entry for version $version. Rename its entry [Unreleased] to: [$version] - Unreleased"
    } elseif ($Entry.IsReleased) {
        "CHANGELOG.md lists version $version as released. " +
        'Raise ModuleVersion in OssPayment.psd1, and add an entry for that version.'
    }

    if (-not $Package.ProjectUri) {
        "the package has no address of its project. Set the property RepositoryUrl (see Directory.Build.props)."
    }

    foreach ($culture in 'en-US', 'zh') {
        if ($Package.Files -notcontains "$culture/OssPayment.dll-Help.xml") {
            "the package has no help in $culture. Install Microsoft.PowerShell.PlatyPS, and create it again with: " +
            './build.ps1 Package'
        }
    }

    $tested = "$file.tested"
    if (-not (Test-Path -LiteralPath $tested) -or (Get-Content -LiteralPath $tested) -ne $Hash) {
        "the tests of this package have not passed. Run them all with: ./build.ps1 TestPackage"
    }
}

function Read-Package {
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
    [System.IO.Compression.ZipFile]::ExtractToDirectory($file, $folder)
    try {
        $data = (Import-PowerShellDataFile -LiteralPath (Join-Path $folder OssPayment.psd1)).PrivateData.PSData
        $assembly = Get-Item -LiteralPath (Join-Path $folder bin/OssPayment.dll)
        @{
            Files = @(Get-ChildItem -LiteralPath $folder -File -Recurse -Force |
                    ForEach-Object { $_.FullName.Substring($folder.Length + 1).Replace('\', '/') } |
                    Where-Object { $_ -notmatch '^_rels/|^\[Content_Types\]|\.nuspec$' })
            Commit = ($assembly.VersionInfo.ProductVersion -split '\+', 2)[1]
            ProjectUri = $data['ProjectUri']
        }
    } finally {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

$hash = (Get-FileHash -LiteralPath $file).Hash
$package = Read-Package
$entry = & (Join-Path $PSScriptRoot Get-ChangelogEntry.ps1) $version
"$file"
"  SHA-256   $($hash.ToLowerInvariant())"
"  Commit    $($package.Commit)"
"  Project   $($package.ProjectUri)"
"  Files     $($package.Files -join ', ')"
"  Notes"
if ($entry) {
    $entry.Notes -replace '(?m)^', '    '
}

$obstacles = @(Get-Obstacle -Entry $entry -Package $package -Hash $hash)
if ($obstacles) {
    throw "This package must not be published:`n$(($obstacles | ForEach-Object { "- $_" }) -join "`n")"
}

if ($PSCmdlet.ShouldProcess($file, "Publish to $Repository")) {
    # From a new folder, because Publish-PSResource does not find a path with brackets.
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $null = New-Item $folder -ItemType Directory
    try {
        Copy-Item -LiteralPath $file -Destination $folder
        $copy = Join-Path $folder (Split-Path $file -Leaf)
        Publish-PSResource -NupkgPath $copy -Repository $Repository -ApiKey $env:OSSPAYMENT_GALLERY_KEY
    } finally {
        Remove-Item -LiteralPath $folder -Recurse
    }
}
