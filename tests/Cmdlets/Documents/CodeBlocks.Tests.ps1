# Runs the code blocks of the help pages, the about topics and the README against the emulator, and compares the output.

BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    Import-Module (Join-Path $root 'tools/CodeBlock.psm1') -Force

    # The first session of the README has separate tests, which run it in a new shell.
    $own = 'A first session'
    $english = @(Get-ChildItem (Join-Path $root 'docs/en-US')) + (Get-Item (Join-Path $root 'README.md'))
    $files = foreach ($file in $english) {
        $blocks = @(Get-CodeBlock $file.FullName)
        $run = for ($i = 0; $i -lt $blocks.Count; $i++) {
            $block = $blocks[$i]
            if ($block.Language -eq 'powershell' -and -not $block.Remark -and $block.Heading -ne $own) {
                $shown = $blocks[$i + 1]
                $hasOutput = $shown -and $shown.Language -eq 'Output' -and $shown.Heading -eq $block.Heading
                @{ Line = $block.Line; Heading = $block.Heading; Shown = $(if ($hasOutput) { $shown.Code } else { '' }) }
            }
        }

        if ($run) {
            @{ File = $file.Name; Path = $file.FullName; Blocks = @($run) }
        }
    }

    $every = Get-ChildItem (Join-Path $root 'docs/*-*/*'), (Join-Path $root 'README*.md') | ForEach-Object {
        @{ File = $_.FullName.Substring($root.Length + 1).Replace('\', '/'); Path = $_.FullName }
    }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    Import-Module (Join-Path $PSScriptRoot '../Emulator.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../Shell.psm1') -Force
    Import-Module (Join-Path $root 'tools/CodeBlock.psm1') -Force

    # Request ids and times differ from run to run. The response to a prompt is typed, and not printed.
    function Get-Essence([string] $Output) {
        $Output -replace '\r' -replace '\b[0-9A-F]{24}\b', 'ID' -replace '\b\d+ ms\b', 'N ms' `
            -replace '(?<=\(default is "Y"\):) *y?' -replace '[ \t]+(?=\n|\z)' -replace '\A\n+|\n+\z'
    }

    # The code of all files is run in one process. It names real hosts, which need https.
    $printed = @{}
    if ($PSVersionTable.PSEdition -eq 'Core' -and $IsLinux) {
        $emulator = Start-Emulator
        $proxy = $env:HTTPS_PROXY
        try {
            $env:OSS_ENDPOINT = $null
            $env:SSL_CERT_FILE = $emulator.authorityCertificate
            $env:HTTPS_PROXY = $emulator.proxy
            $env:NO_COLOR = '1'
            $env:OSSPAYMENT_PESTER = (Get-Module Pester).Path
            $files = @(Get-ChildItem (Join-Path $root 'docs/en-US')) + (Get-Item (Join-Path $root 'README.md'))
            $output = , 'y' * 20 | Invoke-Shell -NoProfile -File (Join-Path $root 'tools/Invoke-Example.ps1') `
                -Control "$($emulator.control)/" -ExceptHeading 'A first session' $files.FullName 2>&1
        } finally {
            $env:SSL_CERT_FILE = $env:NO_COLOR = $env:OSSPAYMENT_PESTER = $null
            $env:HTTPS_PROXY = $proxy
            Stop-Emulator
        }

        foreach ($part in ($output -join "`n") -split '(?m)^--- (?=\S+, line \d+$)' | Select-Object -Skip 1) {
            $where, $text = $part -split '\n', 2
            $printed[$where] = $text
        }
    }
}

Describe 'The code blocks of <File>' -ForEach $every {
    It 'run, or say why not' {
        $previous = $null
        foreach ($block in Get-CodeBlock $Path) {
            $where = "line $($block.Line)"
            switch -CaseSensitive ($block.Language) {
                # This block is the output of the block before it.
                Output {
                    $previous.Language | Should -Be powershell -Because $where
                    $previous.Heading | Should -Be $block.Heading -Because $where
                    $previous.Remark | Should -BeNullOrEmpty -Because $where
                }
                powershell { if ($block.Remark) { $block.Remark | Should -MatchExactly '^not run: .{10,}' -Because $where } }
                sh { $block.Remark | Should -MatchExactly '^not run: .{10,}' -Because $where }
                # The metadata and the syntax on a page, which Help.Tests.ps1 compares with the cmdlet.
                yaml { $block.Heading | Should -Match '^-\w+$' -Because $where }
                '' { $block.Heading | Should -Match '^\w+( \(Default\))?$' -Because $where }
                default { throw "$where has the language '$_'. Use powershell, Output or sh." }
            }

            $previous = $block
        }
    }
}

Describe 'The code of <File>, when run,' -ForEach $files {
    It 'prints the output at line <Line> (<Heading>)' -ForEach $Blocks {
        Skip-WithoutTrust
        $where = "$File, line $Line"
        $printed.ContainsKey($where) | Should -BeTrue
        Get-Essence $printed[$where] | Should -BeExactly (Get-Essence $Shown)
    }
}
