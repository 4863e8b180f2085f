# Makes a package of the working tree in a separate folder, and reads its contents. Package.Tests.ps1 runs it in its BeforeAll.

function Get-PackagePath([string] $Folder) {
    @{
        Folder = $Folder
        Module = "$Folder/artifacts/OssPayment/$version"
        File = "$Folder/artifacts/OssPayment.$version.nupkg"
        Bill = "$Folder/artifacts/OssPayment.$version.spdx.json"
        Sums = "$Folder/artifacts/OssPayment.$version.sha256"
    }
}

function New-TestedPackage([string] $Folder) {
    $path = "$Folder/tools/New-Package.ps1"
    $output = if ($hasHelp) {
        Invoke-Shell -NoProfile -NonInteractive -File $path *>&1 | Out-String
    } else {
        Invoke-Shell -NoProfile -NonInteractive -File $path -NoHelp *>&1 | Out-String
    }

    $LASTEXITCODE | Should -Be 0 -Because $output
    Get-PackagePath $Folder
}

# A separate repository with the files that packaging needs. Its version is announced, and a stub replaces the tests.
function New-Tree([string] $Folder) {
    $null = [System.IO.Directory]::CreateDirectory("$Folder/tests/Cmdlets")
    $items = 'build.ps1', 'OssPayment.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md', '.editorconfig',
        '.gitattributes', '.gitignore', 'global.json', 'Directory.Build.props', 'Directory.Packages.props',
        'docs', 'tools'
    foreach ($item in $items + $manifest.TypesToProcess + $manifest.FormatsToProcess) {
        Copy-Item -LiteralPath (Join-Path $root $item) -Destination $Folder -Recurse
    }

    $null = [System.IO.Directory]::CreateDirectory("$Folder/src")
    Get-ChildItem (Join-Path $root src) | Where-Object Name -NE obj | ForEach-Object {
        Copy-Item -LiteralPath $_.FullName -Destination "$Folder/src" -Recurse
    }

    Edit-Text "$Folder/CHANGELOG.md" "(?m)^(## \[$([regex]::Escape($version))\]) - .*" '$1 - Unreleased'
    Set-Content -LiteralPath "$Folder/tests/Cmdlets/Stub.csproj" @'
<Project>
  <Target Name="Restore" />
  <Target Name="VSTest"><Error Condition="'$(STUB_FAILS)' != ''" Text="A test failed." /></Target>
</Project>
'@
    git -C $Folder init --quiet
    git -C $Folder config user.name any
    git -C $Folder config user.email any@example.org
    git -C $Folder add --all
    git -C $Folder commit --quiet --message all
    $LASTEXITCODE | Should -Be 0
}

function Edit-Text([string] $Path, [string] $Pattern, [string] $Replacement) {
    $text = [System.IO.File]::ReadAllText($Path)
    $edited = $text -replace $Pattern, $Replacement
    [System.IO.File]::WriteAllText($Path, $edited)
}

# The files of a folder with their sums: a line for each, in one order everywhere.
function Get-FileSum([string] $Folder) {
    $full = (Resolve-Path -LiteralPath $Folder).ProviderPath
    $lines = [string[]]@(Get-ChildItem -LiteralPath $full -File -Recurse -Force | ForEach-Object {
            $name = $_.FullName.Substring($full.Length + 1).Replace('\', '/')
            "$name $((Get-FileHash -LiteralPath $_.FullName).Hash)"
        })
    [Array]::Sort($lines, [StringComparer]::Ordinal)
    $lines
}

function Get-FileName([string] $Folder) {
    Get-FileSum $Folder | ForEach-Object { $_ -replace ' [0-9A-F]{64}$' }
}
