#Requires -Version 7.4

<#
.SYNOPSIS
    Creates the pictures of the READMEs, docs/screen-*.svg, from the output of PowerShell with 80 columns and the emulator.

.DESCRIPTION
    Build first. Each picture is a session in a new PowerShell. Request IDs are replaced by the one in the READMEs, so
    that the pictures are the same each time. A test compares them.

.PARAMETER Path
    The folder to write to. The default is docs.
#>
[CmdletBinding()]
param([Parameter(Position = 0)][string] $Path = (Join-Path $PSScriptRoot ../docs))

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot ../tests/Cmdlets/Emulator.psm1) -Force

$folder = $Path
$columns = 80
$requestId = '6D0A41E00E9EB60F26ADF30B'

# The width of a character, the height of a line, and the position of the first one.
$width = 9
$height = 20
$left = 16
$top = 60

$foreground = '#cccccc'
$colours = @{ 31 = '#f14c4c'; 32 = '#23d18b'; 33 = '#e5e510'; 36 = '#29b8db' }

function Get-Screen([string[]] $Command) {
    <# The commands and what they show, as lines with escape sequences. #>
    # From the standard input, as at a prompt. Then errors do not name a script.
    $manifest = Join-Path $PSScriptRoot ../OssPayment.psd1
    $typed = @("Import-Module '$manifest'", "`$PSStyle.OutputRendering = 'Ansi'") + @(
        foreach ($line in $Command) {
            "'--- next'"
            "$line 2>&1 | Out-String -Width $columns"
        }
    )
    $all = ($typed | Invoke-Shell -NoProfile -NonInteractive -Command -) -join "`n"
    $shown = $all -replace '\x1B\[\?1[hl]' -replace '\b[0-9A-F]{24}\b', $requestId -split '(?m)^--- next\n' | Select-Object -Skip 1
    for ($i = 0; $i -lt $Command.Count; $i++) {
        "`e[36mPS>`e[0m $($Command[$i])"
        $shown[$i].TrimEnd() -split '\r?\n'
        ''
    }

    "`e[36mPS>`e[0m "
}

function Get-Run([string] $Line, [hashtable] $Style) {
    <# The pieces of a line that look the same. The style goes on from line to line, as in a terminal. #>
    foreach ($part in [regex]::Matches($Line, '\x1B\[(?<codes>[0-9;]*)m|(?<text>[^\x1B]+)')) {
        if ($part.Groups['text'].Success) {
            @{ Text = $part.Value; Fill = $Style.Fill; Bold = $Style.Bold; Italic = $Style.Italic }
            continue
        }

        foreach ($code in $part.Groups['codes'].Value -split ';') {
            switch ([int]"0$code") {
                0 { $Style.Fill = $foreground; $Style.Bold = $Style.Italic = $false }
                1 { $Style.Bold = $true }
                3 { $Style.Italic = $true }
                { $colours.ContainsKey($_) } { $Style.Fill = $colours[$_] }
                default { throw "The picture has no color for the code $_." }
            }
        }
    }
}

function Get-Character([string] $Text) {
    [System.Security.SecurityElement]::Escape($Text)
}

function ConvertTo-Svg([string[]] $Line, [string] $Title) {
    <# A terminal's window, which breaks lines at its last column. #>
    $style = @{ Fill = $foreground; Bold = $false; Italic = $false }
    $row = 0
    $texts = foreach ($oneLine in $Line) {
        $column = 0
        foreach ($run in Get-Run $oneLine $style) {
            for ($rest = $run.Text; $rest; $rest = $rest.Substring($length)) {
                if ($column -eq $columns) {
                    $row++
                    $column = 0
                }

                $length = [Math]::Min($rest.Length, $columns - $column)
                $piece = $rest.Substring(0, $length)
                foreach ($words in [regex]::Matches($piece, '\S+(?: \S+)*')) {
                    # Columns have positions, because a picture shows several spaces as one.
                    '  <text x="{0}" y="{1}" textLength="{2}" fill="{3}"{4}{5}>{6}</text>' -f @(
                        $left + ($column + $words.Index) * $width
                        $top + $row * $height
                        $words.Length * $width
                        $run.Fill
                        if ($run.Bold) { ' font-weight="bold"' } else { '' }
                        if ($run.Italic) { ' font-style="italic"' } else { '' }
                        Get-Character $words.Value
                    )
                }

                $column += $length
            }
        }

        $row++
    }

    $across = $columns * $width + 2 * $left
    $down = $top + $row * $height
    @"
<svg xmlns="http://www.w3.org/2000/svg" width="$across" height="$down" viewBox="0 0 $across $down" role="img">
  <title>$(Get-Character $Title)</title>
  <style>
    text { font: 15px ui-monospace, "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace; }
  </style>
  <rect width="$across" height="$down" rx="8" fill="#1e1e1e"/>
  <circle cx="20" cy="18" r="6" fill="#f14c4c"/>
  <circle cx="40" cy="18" r="6" fill="#e5e510"/>
  <circle cx="60" cy="18" r="6" fill="#23d18b"/>
$($texts -join "`n")
</svg>
"@
}

function Save-Screen([string] $Name, [string] $Title, [string[]] $Command) {
    $svg = (ConvertTo-Svg (Get-Screen $Command) $Title) -replace '\r'
    Set-Content -LiteralPath (Join-Path $folder "screen-$Name.svg") -Value $svg -Encoding utf8NoBOM
}

$null = Start-Emulator
try {
    'b-bucket', 'beijing-bucket', 'c-bucket', 'singapore-bucket' |
        ForEach-Object { $null = Invoke-EmulatorControl "/buckets/$_" Delete }
    @{
        'media-origin'                                                    = 'cn-shanghai'
        'open-data-of-the-survey-of-rivers-and-lakes-for-everyone-2026q3' = 'ap-southeast-1'
    }.GetEnumerator() | ForEach-Object {
        $null = Invoke-EmulatorControl "/buckets/$($_.Key)" Put @{ region = $_.Value; payer = 'Requester' }
    }

    Save-Screen -Name listing -Title 'Who pays for each bucket of an account, and the limits of the requesters of one' -Command @(
        'Get-OssBucketRequestPayment'
        'Get-OssRequesterQoSInfo examplebucket'
    )
    Save-Screen -Name error -Title 'Two errors: a bucket that is missing, and a pattern that is not taken' -Command @(
        'Get-OssBucketRequestPayment a-bucket, missing'
        "Set-OssBucketRequestPayment 'log-*' Requester"
    )
} finally {
    Stop-Emulator
}
