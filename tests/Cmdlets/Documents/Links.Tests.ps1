# The targets of links in the pages of the repository that are not help exist.

BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $pages = @(
        foreach ($path in '*.md', 'docs/*.md', 'docs/examples/*.md', 'tests/Emulator/*.md') {
            Get-Item (Join-Path $root $path) | ForEach-Object {
                @{ Page = $_.FullName.Substring($root.Length + 1).Replace('\', '/'); Path = $_.FullName }
            }
        }
    )
}

Describe 'The page <Page>' -ForEach $pages {
    It 'links only to files that exist' {
        $text = Get-Content -LiteralPath $Path -Raw -Encoding UTF8
        foreach ($link in [regex]::Matches($text, '\]\((?!https?:|#)([^)#]+)')) {
            Join-Path (Split-Path $Path) $link.Groups[1].Value | Should -Exist
        }
    }
}

Describe 'The root of the repository' {
    It 'has <_>' -ForEach 'README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE' {
        Join-Path $PSScriptRoot "../../../$_" | Should -Exist
    }
}
