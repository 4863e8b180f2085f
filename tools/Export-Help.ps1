#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PlatyPS'; ModuleVersion = '1.0.0' }

<#
.SYNOPSIS
    Creates the files that Get-Help reads from the pages in docs, for each language.

.DESCRIPTION
    PlatyPS creates the XML. This script converts the remaining Markdown to plain text, because Get-Help does not.

.PARAMETER OutputPath
    The folder of the manifest, in which a folder for each language is created. Get-Help looks there, not in the folder
    of the assembly.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $OutputPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Get-Help looks in the folder of the user's culture, in those of its parents, and finally in en-US. All Chinese cultures
# have the parent zh: zh-CN and zh-Hans-CN through zh-Hans, and in .NET Framework also through zh-CHS.
$folders = @{ 'en-US' = 'en-US'; 'zh-CN' = 'zh' }

# Get-Help -Online opens the first link that has an address.
$pagesAddress = dotnet msbuild (Join-Path $PSScriptRoot ../src) -getProperty:HelpAddress
if ($LASTEXITCODE -ne 0) {
    throw "Could not read the address of the pages: $pagesAddress"
}

function ConvertTo-PlainText([string] $Markdown) {
    $isCode = $false
    $parts = foreach ($part in $Markdown -replace '\r' -split '(?m)^```.*\n?') {
        if ($isCode) {
            $part
        } else {
            # A paragraph becomes one line, so that Get-Help wraps it at the window's width.
            $part -replace '(?<=\S)\n(?!\n|- |\z) *', ' ' -replace '`([^`]+)`', '$1' -replace '\*\*([^*]+)\*\*', '$1' `
                -replace '\[([^\]]+)\]\([^)]+\)', '$1'
        }

        $isCode = -not $isCode
    }

    -join $parts
}

function ConvertTo-PlainHelp($Help) {
    foreach ($part in @($Help) + $Help.Parameters + $Help.Inputs + $Help.Outputs) {
        $part.Description = ConvertTo-PlainText $part.Description
    }

    $Help.Notes = ConvertTo-PlainText $Help.Notes
    $Help
}

function Add-Paragraph([System.Xml.XmlElement] $Parent, [string] $Text) {
    $uri = 'http://schemas.microsoft.com/maml/2004/10'
    $Parent.AppendChild($Parent.OwnerDocument.CreateElement('maml', 'para', $uri)).InnerText = $Text
}

function Edit-Example([System.Xml.XmlElement] $Example, [string] $Markdown, $Names) {
    <# PlatyPS writes everything as an introduction, whose lines and paragraphs Get-Help does not keep. #>
    $Example.SelectSingleNode('maml:introduction', $Names).RemoveAll()
    $remarks = $Example.SelectSingleNode('dev:remarks', $Names)
    $before, $code, $rest = $Markdown -replace '\r' -split '(?m)^```.*\n?'
    if ($before.Trim()) {
        throw "The example does not begin with its code: $before"
    }

    $Example.SelectSingleNode('dev:code', $Names).InnerText = $code.TrimEnd()
    $isCode = $false
    foreach ($part in $rest) {
        $paragraphs = if ($isCode) { $part.TrimEnd() } else { (ConvertTo-PlainText $part).Trim() -split '\n{2,}' }
        $paragraphs | Where-Object { $_ } | ForEach-Object { Add-Paragraph $remarks $_ }
        $isCode = -not $isCode
    }

    # The empty line before the next example.
    Add-Paragraph $remarks ''
}

function Edit-Maml([xml] $Maml, $Pages, [string] $Address) {
    $names = New-Object System.Xml.XmlNamespaceManager $Maml.NameTable
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')

    # PlatyPS omits the defaults.
    foreach ($page in $Pages) {
        foreach ($parameter in $page.Parameters) {
            $query = "//command:command[command:details/command:name = '$($page.Title)']/command:parameters/" +
                "command:parameter[maml:name = '$($parameter.Name)']"
            $default = $Maml.CreateElement('dev', 'defaultValue', $names.LookupNamespace('dev'))
            $default.InnerText = $parameter.DefaultValue
            $null = $Maml.SelectSingleNode($query, $names).AppendChild($default)
        }
    }

    foreach ($page in $Pages) {
        $examples = $Maml.SelectNodes("//command:command[command:details/command:name = '$($page.Title)']//command:example", $names)
        for ($i = 0; $i -lt $examples.Count; $i++) {
            Edit-Example -Example $examples[$i] -Markdown $page.Examples[$i].Remarks -Names $names
        }
    }

    # Users specify a plain value, not a nullable one.
    foreach ($text in $Maml.SelectNodes('//text()[starts-with(., "System.Nullable`1[")]')) {
        $text.Value = $text.Value -replace '^System\.Nullable`1\[(.+)\]$', '$1'
    }

    # A link to another page works only on the web, and an empty link works nowhere.
    foreach ($uri in $Maml.SelectNodes('//maml:navigationLink/maml:uri[not(starts-with(., "https:"))]', $names)) {
        if ($uri.InnerText) {
            $uri.InnerText = ''
        } else {
            $null = $uri.ParentNode.ParentNode.RemoveChild($uri.ParentNode)
        }
    }

    if ($Address -like 'https:*') {
        foreach ($page in $Pages) {
            $links = $Maml.SelectSingleNode(
                "//command:command[command:details/command:name = '$($page.Title)']/command:relatedLinks", $names)
            $link = $links.PrependChild($Maml.CreateElement('maml', 'navigationLink', $names.LookupNamespace('maml')))
            foreach ($part in @('linkText', 'Online Version:'), @('uri', "$Address$($page.Title).md")) {
                $element = $link.AppendChild($Maml.CreateElement('maml', $part[0], $link.NamespaceURI))
                $element.InnerText = $part[1]
            }
        }
    }
}

function Export-Culture([string] $Path, [string] $OutputPath, [string] $Address) {
    $pages = Get-ChildItem -LiteralPath $Path -Filter *-*.md |
        ForEach-Object { ConvertTo-PlainHelp (Import-MarkdownCommandHelp -LiteralPath $_.FullName) }

    if (Test-Path -LiteralPath $OutputPath) {
        Remove-Item -LiteralPath $OutputPath -Recurse
    }

    $OutputPath = (New-Item $OutputPath -ItemType Directory).FullName

    # In another folder, because PlatyPS treats the name of the folder as a pattern.
    $work = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    foreach ($file in $pages | Export-MamlCommandHelp -OutputFolder $work) {
        $maml = New-Object System.Xml.XmlDocument
        $maml.Load($file.FullName)
        Edit-Maml -Maml $maml -Pages $pages -Address $Address
        $maml.Save((Join-Path $OutputPath $file.Name))
    }

    Remove-Item -LiteralPath $work -Recurse

    # Without the lines that mark code and output for tools/CodeBlock.psm1.
    foreach ($topic in Get-ChildItem -LiteralPath $Path -Filter about_*.help.txt) {
        $text = (Get-Content -LiteralPath $topic.FullName -Raw -Encoding UTF8) -replace '(?m)^ *```.*\n'
        [System.IO.File]::WriteAllText((Join-Path $OutputPath $topic.Name), $text, [System.Text.UTF8Encoding]::new($true))
    }

    Get-ChildItem -LiteralPath $OutputPath
}

$docs = Join-Path $PSScriptRoot ../docs
foreach ($culture in Get-ChildItem -LiteralPath $docs -Directory -Filter ??-*) {
    $address = $pagesAddress.Replace('/en-US/', "/$($culture.Name)/")
    Export-Culture -Path $culture.FullName -OutputPath (Join-Path $OutputPath $folders[$culture.Name]) -Address $address
}
