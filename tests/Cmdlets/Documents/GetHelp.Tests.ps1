# Runs in full: it reads all help in seven cultures.

# The output of Get-Help in a real PowerShell under each UI culture, for help built here from the pages.

BeforeDiscovery {
    # Whose help is shown under which UI culture. The invariant one has no name.
    $cultures = @(
        @{ UICulture = 'zh-CN'; Pages = 'zh-CN' }
        @{ UICulture = 'zh-Hans-CN'; Pages = 'zh-CN' }
        @{ UICulture = 'zh'; Pages = 'zh-CN' }
        @{ UICulture = 'en-US'; Pages = 'en-US' }
        @{ UICulture = 'en-GB'; Pages = 'en-US' }
        @{ UICulture = 'de-DE'; Pages = 'en-US' }
        @{ UICulture = ''; Pages = 'en-US' }
    )
}

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot '../HelpPage.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../Shell.psm1') -Force

    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $cmdlets = (Get-Command -Module OssPayment).Name
    $platyPS = Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable | Where-Object Version -GE '1.0.0'

    # Called by each test itself, because Pester fills in the names of no others.
    function Skip-WithoutPlatyPS {
        if (-not $platyPS) {
            Set-ItResult -Skipped -Because ('Microsoft.PowerShell.PlatyPS 1.0.0 or later is not installed, and comes as no ' +
                'NuGet package that could be restored; to get it: Install-Module Microsoft.PowerShell.PlatyPS')
        }
    }

    # The module with its help, as in a checkout after build.ps1 Docs.
    $copy = Join-Path $TestDrive 'OssPayment'
    if ($platyPS) {
        $null = New-Item "$copy/bin" -ItemType Directory
        Copy-Item (Join-Path $root 'OssPayment.psd1'), (Join-Path $root '*.ps1xml') $copy
        Copy-Item (Join-Path $root 'bin/*') "$copy/bin" -Recurse
        & (Join-Path $root 'tools/Export-Help.ps1') $copy | Out-Null
    }

    # The output of one PowerShell, with a separate session for each UI culture.
    function Read-Help([string[]] $UICulture) {
        $read = {
            param($UICulture, $Manifest, $Topics)
            [cultureinfo]::CurrentUICulture = $UICulture
            Import-Module $Manifest
            $help = foreach ($name in (Get-Command -Module OssPayment).Name) {
                $topic = Get-Help $name -Full
                @{
                    Cmdlet = $name
                    Synopsis = "$($topic.Synopsis)"
                    Full = $topic | Out-String -Width 200
                    Examples = Get-Help $name -Examples | Out-String -Width 4000
                    Brief = & $name -? | Out-String -Width 200
                    Parameters = @(Get-Help $name -Parameter * | ForEach-Object {
                            @{ Name = $_.name; Text = "$($_.description.Text)"; Default = "$($_.defaultValue)" }
                        })
                }
            }
            $about = foreach ($topic in $Topics -split ' ') {
                @{ Topic = $topic; Text = "$(Get-Help $topic)" }
            }
            @{ Help = @($help); About = @($about) }
        }
        $script = {
            $ProgressPreference = 'SilentlyContinue'
            $shown = @{}
            foreach ($culture in 'UICULTURES' -split ' ') {
                $shell = [powershell]::Create()
                $shell.AddScript({ READ }).AddArgument($culture).AddArgument('COPY/OssPayment.psd1').AddArgument('TOPICS').Invoke() |
                    ForEach-Object { $shown["culture $culture"] = $_ }
                $shell.Streams.Error
                $shell.Dispose()
            }

            # A file, because a console may have no Chinese.
            [System.IO.File]::WriteAllText('COPY/help.json', (ConvertTo-Json $shown -Depth 6))
        }
        $topics = (Get-ChildItem (Join-Path $root 'docs/en-US') -Filter *.help.txt).Name -replace '\.help\.txt$'
        $path = Join-Path $TestDrive read-help.ps1
        "$script".Replace('READ', "$read").Replace('COPY', $copy).Replace('UICULTURES', "$UICulture").Replace('TOPICS', "$topics") |
            Set-Content -LiteralPath $path -Encoding utf8
        $output = Invoke-Shell -NoProfile -NonInteractive -OutputFormat Text -Command ". '$path'" 2>&1 | Out-String
        $output.Trim() | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllText("$copy/help.json") | ConvertFrom-Json
    }

    if ($platyPS) {
        # Those that are discovered above.
        $everywhere = Read-Help 'zh-CN', 'zh-Hans-CN', 'zh', 'en-US', 'en-GB', 'de-DE', ''
    }

    # The lines that a person sees of a page's examples in a wide window: code and output as they are (but for spaces before
    # the first character, which Get-Help removes), a paragraph as one line, and one empty line between them.
    function Get-ExampleLine([string] $Cmdlet, [string] $Culture) {
        $examples = Get-Section (Get-Page $Cmdlet $Culture)['EXAMPLES'] 3
        $parts = foreach ($heading in $examples.Keys) {
            "--------- $heading ---------"
            $isCode = $false
            foreach ($part in $examples[$heading] -split '(?m)^```.*\n') {
                if ($isCode) { $part.Trim() } else { $part.Trim() -replace '[`*]' -replace '\n(?!\n|- )', ' ' }
                $isCode = -not $isCode
            }
        }
        ($parts | Where-Object { $_ }) -join "`n`n" -split '\n' | ForEach-Object TrimEnd
    }

    # A text as one word, because Get-Help wraps it at the window's width.
    function Get-Packed([string] $Text) {
        $Text -replace '[`*\s]'
    }
}

Describe 'Under the UI culture "<UICulture>"' -ForEach $cultures {
    BeforeAll {
        $shown = $everywhere."culture $UICulture"
    }

    It 'Get-Help -Full shows the text of the pages in <Pages>' {
        Skip-WithoutPlatyPS
        $shown.Help.Cmdlet | Should -Be $cmdlets
        foreach ($topic in $shown.Help) {
            $page = Get-Page $topic.Cmdlet $Pages
            $topic.Synopsis.Trim() | Should -Be $page['SYNOPSIS'].Trim()
            $full = Get-Packed $topic.Full
            foreach ($paragraph in ($page['DESCRIPTION'].Trim() -split '\n\n')) {
                $full.Contains((Get-Packed $paragraph)) | Should -BeTrue -Because $paragraph
            }

            # Markdown that is left over, other than in code.
            $topic.Full | Should -Not -Match '```|\*\*|\]\(http'
            $topic.Full | Should -Not -Match 'Nullable'
            $topic.Full | Should -Not -Match '[\x00-\x08\x0B\x0C\x0E-\x1A\x1C-\x1F\x7F-\x9F]'
        }
    }

    It 'Get-Help -Examples shows each example of the pages in <Pages>, line by line' {
        Skip-WithoutPlatyPS
        foreach ($topic in $shown.Help) {
            $lines = $topic.Examples.TrimEnd() -split '\r?\n' -replace '^ {4}' | ForEach-Object TrimEnd
            $first = [array]::IndexOf($lines, (Get-ExampleLine $topic.Cmdlet $Pages | Select-Object -First 1))
            $lines[$first..$lines.Count] -join "`n" | Should -BeExactly ((Get-ExampleLine $topic.Cmdlet $Pages) -join "`n")
        }
    }

    It 'Get-Help -Parameter shows each parameter with the text of the pages in <Pages>, and a default' {
        Skip-WithoutPlatyPS
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        foreach ($topic in $shown.Help) {
            $names = (Get-Command $topic.Cmdlet).Parameters.Keys | Where-Object { $_ -notin $common }
            $topic.Parameters.Name | Sort-Object | Should -Be ($names | Sort-Object)
            foreach ($parameter in $topic.Parameters) {
                $because = "$($topic.Cmdlet) -$($parameter.Name)"
                $output = Get-Parameter $topic.Cmdlet $parameter.Name $Pages
                $first = Get-Packed ($output.Description -split '\n\n')[0]
                (Get-Packed $parameter.Text).StartsWith($first) | Should -BeTrue -Because $because
                $parameter.Default.Trim() | Should -Be (@(Get-Field $output.Yaml DefaultValue)[0]) -Because $because
            }
        }
    }

    It '-? shows the synopsis and the syntax' {
        Skip-WithoutPlatyPS
        foreach ($topic in $shown.Help) {
            $brief = Get-Packed $topic.Brief
            $brief.Contains((Get-Packed $topic.Synopsis)) | Should -BeTrue -Because $topic.Cmdlet
            $topic.Brief | Should -Match "$($topic.Cmdlet) \[?\[?-"
        }
    }

    It 'Get-Help about_<topic> shows each topic in <Pages>' {
        Skip-WithoutPlatyPS
        foreach ($topic in $shown.About) {
            $path = Join-Path $root "docs/$Pages/$($topic.Topic).help.txt"
            $text = (Get-Content $path -Raw -Encoding UTF8) -replace '(?m)^ *```.*\n'
            $topic.Text.Trim() | Should -BeExactly $text.Trim()
        }
    }
}

Describe 'The pages' {
    It 'in <_> are imported without a warning' -ForEach 'en-US', 'zh-CN' {
        Skip-WithoutPlatyPS
        foreach ($cmdlet in $cmdlets) {
            $help = Import-MarkdownCommandHelp -Path (Join-Path $root "docs/$_/$cmdlet.md")
            $help.Diagnostics.HadErrors | Should -BeFalse -Because $cmdlet
            $help.Diagnostics.Messages | Where-Object Severity -NE Information | Should -BeNullOrEmpty -Because $cmdlet
        }
    }
}

Describe 'Get-Command -Syntax' {
    It 'shows the syntax of the pages, and the parameters that exist only to be refused' {
        $lines = (Get-Command -Module OssPayment -Syntax | Out-String -Width 4000) -split '\r?\n'
        foreach ($cmdlet in $cmdlets) {
            $sets = (Get-Section (Get-Page $cmdlet)['SYNTAX'] 3).Values
            $shown = @($lines | Where-Object { $_ -like "$cmdlet *" })
            $shown.Count | Should -Be $sets.Count -Because $cmdlet
            for ($i = 0; $i -lt $shown.Count; $i++) {
                # A parameter with its brackets and its type is a part.
                $expected = [regex]::Matches($sets[$i], '\[*-\w+\]*(\s+<[^>]+>)?\]*').Value -replace '\s+', ' '
                # With -ResourcePool, the first position is that of a bucket, which is refused: nothing has a position.
                $usable = if ($shown[$i] -match ' -ResourcePool ') { $shown[$i] -replace '\[(-Requester)\] ', '$1 ' } else { $shown[$i] }
                $parts = [regex]::Matches($usable, '\[*-\w+\]*( <[^>]+>)?\]*').Value
                $parts | Where-Object { $_ -in $expected } | Sort-Object |
                    Should -Be ($expected | Sort-Object) -Because "$cmdlet $i"
                $hidden = (Get-Command $cmdlet).Parameters.Values | Where-Object { $_.Attributes.DontShow -contains $true }
                $parts | Where-Object { $_ -notin $expected } | ForEach-Object { $_ -replace '^\[*-|\W.*$' } |
                    Should -BeIn (@($hidden.Name) + $null)
            }
        }
    }
}
