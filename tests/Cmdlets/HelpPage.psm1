# Reads the help pages, for the tests that compare them with the cmdlets, with each other and with the output of Get-Help.

Set-StrictMode -Version 2.0

$docs = Join-Path $PSScriptRoot '../../docs'

# The tests read each page hundreds of times.
$pages = @{}
$parameters = @{}

function Get-Section {
    <#
    .SYNOPSIS
        A page's sections of one level, as an ordered table: heading to text.
    #>
    param([string] $Text, [int] $Level)

    $sections = [ordered]@{}
    $heading = '^' + '#' * $Level + ' (.+)$'
    $current = $null
    $isCode = $false
    foreach ($line in $Text -split '\r?\n') {
        if ($line -match '^```') {
            $isCode = -not $isCode
        }

        if (-not $isCode -and $line -match $heading) {
            $current = $Matches[1]
            $sections[$current] = ''
        } elseif ($current) {
            $sections[$current] += "$line`n"
        }
    }

    $sections
}

function Get-Page {
    <#
    .SYNOPSIS
        The sections of a cmdlet's page.
    #>
    param([string] $Cmdlet, [string] $Culture = 'en-US')

    $key = "$Culture/$Cmdlet.md"
    if (-not $pages.ContainsKey($key)) {
        $pages[$key] = Get-Section (Get-Content (Join-Path $docs $key) -Raw -Encoding UTF8) 2
    }

    $pages[$key]
}

function Get-Field {
    <#
    .SYNOPSIS
        A value or a list of the metadata below a parameter.
    #>
    param([string] $Yaml, [string] $Name)

    if ($Yaml -match "(?m)^ *(?:- )?${Name}: *\n((?: *- [^\n:]+\n)+)") {
        $Matches[1] -split '\n' | Where-Object { $_ } | ForEach-Object { $_.Trim(' -') }
    } elseif ($Yaml -match "(?m)^ *(?:- )?${Name}: *(.*)$") {
        $Matches[1].Trim(" '`"") | Where-Object { $_ -and $_ -ne '[]' }
    }
}

function Get-Parameter {
    <#
    .SYNOPSIS
        What a page says of a parameter: its Description and its metadata (Yaml).
    #>
    param([string] $Cmdlet, [string] $Parameter, [string] $Culture = 'en-US')

    $key = "$Culture/$Cmdlet.md"
    if (-not $parameters.ContainsKey($key)) {
        $parameters[$key] = Get-Section (Get-Page $Cmdlet $Culture)['PARAMETERS'] 3
    }

    $text = $parameters[$key]["-$Parameter"]
    [pscustomobject]@{
        Description = [regex]::Match($text, '(?s)^(.*?)```yaml').Groups[1].Value.Trim()
        Yaml = [regex]::Match($text, '(?s)```yaml\n(.*?)```').Groups[1].Value
    }
}

function Get-Example {
    <#
    .SYNOPSIS
        The examples of a page: Heading, Code, and the text around it (Prose).
    #>
    param([string] $Cmdlet, [string] $Culture = 'en-US')

    $examples = Get-Section (Get-Page $Cmdlet $Culture)['EXAMPLES'] 3
    foreach ($heading in $examples.Keys) {
        [pscustomobject]@{
            Heading = $heading
            Code = [regex]::Match($examples[$heading], '(?ms)^```powershell[^\n]*\n(.*?)^```$').Groups[1].Value.Trim()
            Prose = ($examples[$heading] -replace '(?ms)^```.*?^```$').Trim()
        }
    }
}

Export-ModuleMember -Function Get-Section, Get-Page, Get-Field, Get-Parameter, Get-Example
