#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PSResourceGet'; ModuleVersion = '1.1.0' }

<#
.SYNOPSIS
    Creates the package from the working tree, in artifacts.

.DESCRIPTION
    OssPayment/<version>/            the module; it can be copied into a module path
    OssPayment.<version>.nupkg       the same as a NuGet package, for repositories
    OssPayment.<version>.spdx.json   its bill of materials
    OssPayment.<version>.sha256      the SHA-256 sums of these two files

    The .nupkg depends only on the commit and on RepositoryUrl. A second build, in another folder, is the same byte for
    byte.

.PARAMETER NoHelp
    Omits the help, for tests without Microsoft.PowerShell.PlatyPS. Such a package is not published.
#>
[CmdletBinding()]
param([switch] $NoHelp)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem

$root = Split-Path $PSScriptRoot
$artifacts = Join-Path $root artifacts
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $root OssPayment.psd1)
$version = $manifest.ModuleVersion
$package = Join-Path $artifacts "OssPayment/$version"

function Invoke-Program([string] $Name, [string[]] $ArgumentList) {
    $output = & $Name $ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "$Name $($ArgumentList[0]) failed with the exit code $LASTEXITCODE.`n$($output -join "`n")"
    }

    $output
}

function Get-Commit {
    # The commit of the tree, and its time. A tree without git has no commit, and uses the current time.
    $isRepository = (Get-Command git -ErrorAction Ignore) -and (Test-Path -LiteralPath (Join-Path $root .git))
    if ($isRepository) {
        $id, $time = (Invoke-Program git '-C', $root, 'log', '-1', '--format=%H %ct') -split ' '
        $isModified = [bool](Invoke-Program git '-C', $root, 'status', '--porcelain')
        @{ Id = $id + $(if ($isModified) { '.modified' }); Time = [DateTimeOffset]::FromUnixTimeSeconds($time) }
    } else {
        @{ Id = ''; Time = [DateTimeOffset]::UtcNow }
    }
}

function Write-Assembly([string] $Commit) {
    $build = Join-Path $artifacts build
    Invoke-Program dotnet 'build', (Join-Path $root src), '--nologo', '--configuration', 'Release', '--output', $build,
        "-p:SourceRevisionId=$Commit"
    $null = New-Item (Join-Path $package bin) -ItemType Directory -Force
    Move-Item -LiteralPath (Join-Path $build OssPayment.dll) -Destination (Join-Path $package bin)
    Remove-Item -LiteralPath $build -Recurse
}

function Write-Manifest {
    # The manifest of the tree, with the data that the gallery shows.
    $entry = & (Join-Path $PSScriptRoot Get-ChangelogEntry.ps1) $version
    if (-not $entry) {
        throw "CHANGELOG.md has no entry for version $version of the manifest. Add '## [$version] - Unreleased'."
    }

    $gallery = [ordered]@{ ReleaseNotes = $entry.Notes }
    $url = Invoke-Program dotnet 'msbuild', (Join-Path $root src), '-getProperty:RepositoryUrl'
    if ($url) {
        $gallery.ProjectUri = $url
        $gallery.LicenseUri = "$url/blob/v$version/LICENSE"
        $gallery.IconUri = "$url/raw/v$version/docs/icon.png"
    }

    $lines = foreach ($key in $gallery.Keys) {
        $text = [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($gallery[$key])
        "            $key = '$text'"
    }
    $text = Get-Content -LiteralPath (Join-Path $root OssPayment.psd1) -Raw -Encoding UTF8
    $text = [regex]::Replace($text, '(?m)^( +)PSData += @\{\n', { $args[0].Value + ($lines -join "`n") + "`n" })

    # Windows PowerShell reads a file without a byte order mark in the system's code page.
    [System.IO.File]::WriteAllText((Join-Path $package OssPayment.psd1), $text, [System.Text.UTF8Encoding]::new($true))
}

function Get-SortedXml([string] $Text) {
    # The content types are listed in the order of the files in the folder, which varies.
    $pattern = '<(?:Default|Override) [^>]*/>'
    $elements = [string[]]@([regex]::Matches($Text, $pattern) | ForEach-Object Value)
    [Array]::Sort($elements, [StringComparer]::Ordinal)
    $sorted = [System.Collections.Generic.Queue[string]]::new($elements)
    [regex]::Replace($Text, $pattern, { $sorted.Dequeue() })
}

function Write-File([DateTimeOffset] $Time) {
    # Removes what differs between runs: times, the order, and the core properties, which contain the operating system.
    $file = Join-Path $artifacts "OssPayment.$version.nupkg"
    $draft = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $null = New-Item $draft -ItemType Directory
    try {
        # Compress-PSResource does not find a folder with brackets in its path.
        Copy-Item -LiteralPath $package -Destination (Join-Path $draft OssPayment) -Recurse
        Compress-PSResource -Path (Join-Path $draft OssPayment) -DestinationPath $draft
        $from = [System.IO.Compression.ZipFile]::OpenRead((Join-Path $draft "OssPayment.$version.nupkg"))
        $to = [System.IO.Compression.ZipFile]::Open($file, 'Create')
        try {
            $entries = [System.Collections.Generic.SortedDictionary[string, object]]::new([StringComparer]::Ordinal)
            $from.Entries | Where-Object FullName -NotLike *.psmdcp | ForEach-Object { $entries.Add($_.FullName, $_) }
            foreach ($name in $entries.Keys) {
                $entry = $to.CreateEntry($name)
                $entry.LastWriteTime = $Time
                $source = $entries[$name].Open()
                $target = $entry.Open()
                if ($name -in '_rels/.rels', '[Content_Types].xml') {
                    $text = [System.IO.StreamReader]::new($source).ReadToEnd()
                    $text = $text -replace '\s*<Relationship [^>]*\.psmdcp"[^>]*/>'
                    $bytes = [System.Text.Encoding]::UTF8.GetBytes((Get-SortedXml $text))
                    $target.Write($bytes, 0, $bytes.Length)
                } else {
                    $source.CopyTo($target)
                }

                $source.Dispose()
                $target.Dispose()
            }
        } finally {
            $from.Dispose()
            $to.Dispose()
        }
    } finally {
        Remove-Item -LiteralPath $draft -Recurse
    }

    $file
}

function Write-Bill([string] $File, [DateTimeOffset] $Time) {
    # For the shipped files, not for the project: the project's references are part of PowerShell.
    $draft = Join-Path $artifacts bill
    $null = New-Item $draft -ItemType Directory
    $null = Invoke-Program dotnet 'tool', 'exec', '--yes', '--allow-roll-forward', 'Microsoft.Sbom.DotNetTool@4.1.13',
        '--', 'generate', '-b', $package, '-bc', $package, '-m', $draft, '-pn', 'OssPayment', '-pv', $version,
        '-ps', $manifest.Author, '-nsb', 'https://spdx.org/spdxdocs', '-nsu', (Get-FileHash -LiteralPath $File).Hash,
        '-gt', $Time.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture), '-V', 'Fatal'
    $bill = Join-Path $artifacts "OssPayment.$version.spdx.json"
    Move-Item -LiteralPath (Join-Path $draft _manifest/spdx_2.2/manifest.spdx.json) -Destination $bill
    Remove-Item -LiteralPath $draft -Recurse
    $bill
}

function Write-Sum([string[]] $Path) {
    # In the format of sha256sum.
    $lines = foreach ($file in $Path) {
        "$((Get-FileHash -LiteralPath $file).Hash.ToLowerInvariant())  $(Split-Path $file -Leaf)`n"
    }

    [System.IO.File]::WriteAllText((Join-Path $artifacts "OssPayment.$version.sha256"), -join $lines)
}

if (Test-Path -LiteralPath $artifacts) {
    Remove-Item -LiteralPath $artifacts -Recurse
}

$commit = Get-Commit
Write-Assembly $commit.Id | Out-Host
if (-not $NoHelp) {
    & (Join-Path $PSScriptRoot Export-Help.ps1) $package | Out-Host
}

foreach ($file in @($manifest.TypesToProcess) + @($manifest.FormatsToProcess) + 'LICENSE') {
    Copy-Item -LiteralPath (Join-Path $root $file) -Destination $package
}

Write-Manifest
$file = Write-File $commit.Time
$bill = Write-Bill $file $commit.Time
Write-Sum $file, $bill
Get-Item -LiteralPath $file
