# Reads the code blocks of the pages, the about topics and the READMEs.

Set-StrictMode -Version 3.0

function Get-CodeBlock {
    <#
    .SYNOPSIS
        Emits the code blocks of a file, each with its heading.

    .DESCRIPTION
        A block is between two lines of ```. The first line has the language, and optionally a remark, as in:

            ```powershell not run: it asks for a secret

        In an about topic, the blocks are indented, and Export-Help.ps1 omits the two lines. A heading in a topic is a line
        with an indent of at most two spaces, which is less than that of the text.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string] $Path)

    $heading = if ($Path -like '*.txt') { '^ {0,2}(?<heading>\S.*)$' } else { '^#+ (?<heading>.+)$' }
    $current = ''
    $block = $null
    $number = 0
    foreach ($line in Get-Content -LiteralPath $Path -Encoding UTF8) {
        $number++
        if ($block) {
            if ($line.Trim() -eq '```') {
                $block.Code = ($block.Code | ForEach-Object { "$_`n" }) -join ''
                [pscustomobject]$block
                $block = $null
            } else {
                $block.Code += , ($line -replace "^ {0,$indent}")
            }
        } elseif ($line -match '^(?<indent> *)```(?<language>\w*) *(?<remark>.*)$') {
            $indent = $Matches.indent.Length
            $block = [ordered]@{
                Path = $Path
                Line = $number
                Heading = $current
                Language = $Matches.language
                Remark = $Matches.remark
                Code = @()
            }
        } elseif ($line -match $heading) {
            $current = $Matches.heading
        }
    }

    if ($block) {
        throw "The code block at line $($block.Line) of $Path has no end."
    }
}

function Get-CodeWithoutComment {
    <#
    .SYNOPSIS
        Code without its comments, which are the only part of it that is translated.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][AllowEmptyString()][string] $Code)

    $tokens = $null
    $null = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $tokens, [ref] $null)
    foreach ($comment in $tokens | Where-Object Kind -EQ Comment | Sort-Object { $_.Extent.StartOffset } -Descending) {
        $length = $comment.Extent.EndOffset - $comment.Extent.StartOffset
        $Code = $Code.Remove($comment.Extent.StartOffset, $length)
    }

    $Code -replace '[ \t]+(?=\r?\n|\z)'
}

Export-ModuleMember -Function Get-CodeBlock, Get-CodeWithoutComment
