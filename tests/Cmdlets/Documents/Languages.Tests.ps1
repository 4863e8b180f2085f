# Compares the two languages of the help pages, the about topics and the READMEs. Help.Tests.ps1 compares the English
# ones with the cmdlets, and CodeBlocks.Tests.ps1 runs their code.

BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path

    # All pairs, named as the English file.
    $pairs = @(
        foreach ($file in Get-ChildItem (Join-Path $root 'docs/en-US')) {
            @{ Name = $file.Name; English = $file.FullName; Chinese = Join-Path $root "docs/zh-CN/$($file.Name)" }
        }

        foreach ($folder in '', 'docs/examples/') {
            @{
                Name = "${folder}README.md"
                English = Join-Path $root "${folder}README.md"
                Chinese = Join-Path $root "${folder}README.zh-CN.md"
            }
        }
    )
    $pages = @($pairs | Where-Object { $_.Name -like '*-*.md' })
    $topics = @($pairs | Where-Object { $_.Name -like '*.txt' })
    $readmes = @($pairs | Where-Object { $_.Name -like '*README.md' })
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    Import-Module (Join-Path $PSScriptRoot '../HelpPage.psm1') -Force
    Import-Module (Join-Path $root 'tools/CodeBlock.psm1') -Force

    function Get-Text([string] $Path) {
        (Get-Content -LiteralPath $Path -Raw -Encoding UTF8) -replace '\r'
    }

    function Get-Prose([string] $Text) {
        $Text -replace '(?ms)^ *```.*?^ *```$'
    }

    # The distinct matches, sorted.
    function Get-Match([string] $Text, [string] $Pattern) {
        @([regex]::Matches($Text, $Pattern) | ForEach-Object { $_.Value -replace '\s+', ' ' } | Sort-Object -Unique -CaseSensitive)
    }

    # The names in a text, which no language translates: parameters, variables, ids, cmdlets. Two are Alibaba Cloud's own terms,
    # which differ.
    function Get-Name([string] $Text) {
        Get-Match $Text '(?<![\w-])-[A-Z]\w+|\b[A-Z]+(_[A-Z]+)+\b|\b(?!(AccessKey|ActionTrail)\b)[A-Z][a-z]+(-?[A-Z]+[a-z]+)+\w*'
    }

    # A link in the Chinese text has the same target as in English, in Chinese if it exists.
    function Get-Link([string] $Text) {
        [regex]::Matches($Text, '\]\(([^)]+)\)') | ForEach-Object {
            $_.Groups[1].Value -replace '^https://help\.aliyun\.com/zh/', 'https://www.alibabacloud.com/help/en/' `
                -replace 'README\.zh-CN\.md', 'README.md' -replace '(?<=docs/|^)zh-CN/', 'en-US/' -replace '#.*$'
        }
    }

    # The width of a line in a window, in which a Chinese character takes two columns.
    function Get-Width([string] $Line) {
        $Line.Length + [regex]::Matches($Line, '[\u1100-\u115F\u2E80-\uFFDC]').Count
    }
}

Describe 'The folder of the Chinese help' {
    It 'has the same files as the English one' {
        (Get-ChildItem (Join-Path $root 'docs/zh-CN')).Name | Should -Be (Get-ChildItem (Join-Path $root 'docs/en-US')).Name
    }
}

Describe 'In both languages, <Name>' -ForEach $pairs {
    It 'has the same code, except for comments, and the same output' {
        $expected = @(Get-CodeBlock $English)
        $shown = @(Get-CodeBlock $Chinese)
        $shown.Language | Should -Be $expected.Language
        for ($i = 0; $i -lt $expected.Count; $i++) {
            $because = "line $($shown[$i].Line)"
            $shown[$i].Remark | Should -Be $expected[$i].Remark -Because $because
            if ($expected[$i].Language -in 'powershell', 'sh') {
                Get-CodeWithoutComment $shown[$i].Code |
                    Should -BeExactly (Get-CodeWithoutComment $expected[$i].Code) -Because $because
            } elseif ($expected[$i].Language -eq 'yaml') {
                $shown[$i].Code -replace '(?m)^DefaultValue: .+' |
                    Should -BeExactly ($expected[$i].Code -replace '(?m)^DefaultValue: .+') -Because $because
            } else {
                $shown[$i].Code | Should -BeExactly $expected[$i].Code -Because $because
            }
        }
    }

    It 'has the same outline' {
        foreach ($pattern in '^#+(?= )', '^ {0,2}(?=\S)') {
            $outlines = foreach ($path in $English, $Chinese) {
                $lines = (Get-Prose (Get-Text $path)) -split '\n'
                if ($Name -like '*.txt' -eq ($pattern -like '* {*')) {
                    @($lines -match $pattern | ForEach-Object { [regex]::Match($_, $pattern).Length }) -join ' '
                } else {
                    ''
                }
            }
            $outlines[1] | Should -Be $outlines[0]
        }
    }

    It 'has the same links' {
        Get-Link (Get-Text $Chinese) | Should -Be (Get-Link (Get-Text $English))
    }
}

Describe 'In both languages, the page <Name>' -ForEach $pages {
    BeforeAll {
        $sections = foreach ($path in $English, $Chinese) {
            $text = Get-Text $path
            $parts = Get-Section $text 2
            foreach ($heading in 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS') {
                $inner = Get-Section $parts[$heading] 3
                foreach ($entry in $inner.Keys) {
                    $parts["$heading $($entry -replace '(?<=^Example \d+): .*')"] = $inner[$entry]
                }

                $parts.Remove($heading)
            }

            @{ Head = [regex]::Match($text, '(?s)\A---\n.*?\n---\n').Value; Parts = $parts }
        }
        $inEnglish, $inChinese = $sections
    }

    It 'has the same metadata' {
        $inChinese.Head | Should -BeExactly ($inEnglish.Head -replace '(?m)^Locale: en-US$', 'Locale: zh-CN' `
                -replace '(?m)^ms\.date: .*$', [regex]::Match($inChinese.Head, '(?m)^ms\.date: .*$').Value)
    }

    It 'has the same sections, parameters, examples and types' {
        @($inChinese.Parts.Keys) | Should -Be @($inEnglish.Parts.Keys)
    }

    It 'names the same parameters, values, properties and ids in each section' {
        foreach ($heading in $inEnglish.Parts.Keys) {
            $prose = $inChinese, $inEnglish | ForEach-Object { Get-Prose $_.Parts[$heading] }
            Get-Match $prose[0] '`[^`]+`|\*\*\w+\*\*' | Should -BeExactly (Get-Match $prose[1] '`[^`]+`|\*\*\w+\*\*') -Because $heading
            Get-Name $prose[0] | Should -BeExactly (Get-Name $prose[1]) -Because $heading
        }
    }

    It 'has a default of each parameter, and the same range of each number' {
        foreach ($heading in $inEnglish.Parts.Keys -like 'PARAMETERS -*') {
            $inChinese.Parts[$heading] | Should -Match '(?m)^DefaultValue: \S'
            $range = [regex]::Match(($inEnglish.Parts[$heading] -replace '\s+', ' '), 'range is (\d+) to (\d+)\.')
            if ($range.Success) {
                $inChinese.Parts[$heading] | Should -Match "\b$($range.Groups[1].Value)\D+$($range.Groups[2].Value)\b"
            }
        }
    }

    It 'has paragraphs of one line, because Get-Help inserts spaces between lines in Chinese' {
        $prose = (Get-Prose (Get-Text $Chinese)) -replace '(?s)\A---\n.*?\n---\n'
        [regex]::Matches($prose, '[^\n]\n(?![\n#-]|\z)[^\n]*[\u4E00-\u9FFF]') | Should -BeNullOrEmpty
    }
}

Describe 'In both languages, the topic <Name>' -ForEach $topics {
    It 'names the same parameters, variables, ids and cmdlets' {
        Get-Name (Get-Prose (Get-Text $Chinese)) | Should -BeExactly (Get-Name (Get-Prose (Get-Text $English)))
    }

    It 'lists the same errors with the same categories' {
        $listed = foreach ($path in $Chinese, $English) {
            ([regex]::Matches((Get-Text $path), '(?m)^    \w+ \(\w+\)$').Value) -join "`n"
        }
        $listed[0] | Should -BeExactly $listed[1]
    }

    It 'fits a window of 80 columns' {
        (Get-Text $Chinese) -replace '(?m)^ *```.*$' -split '\n' | Where-Object { (Get-Width $_) -gt 80 } | Should -BeNullOrEmpty
    }
}

Describe 'In both languages, the <Name>' -ForEach $readmes {
    It 'has the same tables, row by row' {
        $rows = foreach ($path in $Chinese, $English) {
            @((Get-Prose (Get-Text $path)) -split '\n' -like '|*' | ForEach-Object { ($_ -split '(?<!\\)\|').Count }) -join ' '
        }
        $rows[0] | Should -Be $rows[1]
    }

    It 'links to the other' {
        Get-Text $English | Should -MatchExactly '\(README\.zh-CN\.md\)'
        Get-Text $Chinese | Should -MatchExactly '\(README\.md\)'
    }
}
