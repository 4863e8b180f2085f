# Runs in full: it makes the pictures.

# The pictures of the READMEs show the output of PowerShell.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Emulator.psm1') -Force
    $root = Join-Path $PSScriptRoot '../../..'

    function Get-Svg([string] $Path) { (Get-Content -LiteralPath $Path -Raw -Encoding utf8) -replace '\r' }
}

Describe 'The pictures of the READMEs' {
    It 'are the current output of tools/New-Screens.ps1' {
        Skip-Unless ($PSVersionTable.PSVersion -ge [version]'7.4') 'it needs PowerShell 7.4'
        & (Join-Path $root 'tools/New-Screens.ps1') $TestDrive
        $made = Get-ChildItem $TestDrive -Filter screen-*.svg
        $made.Name | Should -Be (Get-ChildItem (Join-Path $root docs) -Filter screen-*.svg).Name
        foreach ($picture in $made) {
            Get-Svg (Join-Path $root "docs/$($picture.Name)") |
                Should -BeExactly (Get-Svg $picture.FullName) -Because "$($picture.Name) is made by tools/New-Screens.ps1"
        }
    }

    It 'are shown by <_>' -ForEach 'README.md', 'README.zh-CN.md' {
        $readme = Get-Content -LiteralPath (Join-Path $root $_) -Raw -Encoding utf8
        foreach ($picture in Get-ChildItem (Join-Path $root docs) -Filter screen-*.svg) {
            $readme | Should -Match "!\[[^\]]+\]\(docs/$($picture.Name)\)"
        }
    }
}
