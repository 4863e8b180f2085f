# The first session of the README, for the tests that run it.

Set-StrictMode -Version 2.0
Import-Module (Join-Path $PSScriptRoot 'Shell.psm1')

$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path

function Get-ReadmeSession {
    <#
    .SYNOPSIS
        Its code, and what it prints. With -Installed, as the README says where the package is installed.
    #>
    param([switch] $Installed)

    $readme = (Get-Content (Join-Path $root 'README.md') -Raw) -replace '\r'
    $code = '```powershell\n(?<code>.*?)^```\n'
    $output = '```Output\n(?<output>.*?)^```\n'
    if ($readme -notmatch "(?ms)^## A first session\n.*?^$code\n$output") {
        throw 'The README has no first session.'
    }

    $output = Get-Essence $Matches.output

    # The tested module is already built, in the configuration of this run.
    $code = $Matches.code -replace '(?m)^dotnet build .*\n'
    if ($code -eq $Matches.code) {
        throw 'The first session of the README does not begin with the build.'
    }

    if ($Installed) {
        if ($readme -notmatch 'Where the package is installed, import `(?<name>\w+)` in place of `(?<path>[^`]+)`') {
            throw 'The README does not say what to import where the package is installed.'
        }

        $ofTree = $code
        $code = $ofTree.Replace($Matches.path, $Matches.name)
        if ($code -eq $ofTree) {
            throw "The first session of the README does not import $($Matches.path)."
        }
    }

    @{ Code = $code; Output = $output }
}

function Invoke-ReadmeSession {
    <#
    .SYNOPSIS
        Runs code in a shell of its own at the root, read line by line, as a prompt reads what is pasted.
    #>
    param([Parameter(Mandatory)][string] $Code)

    Push-Location -LiteralPath $root
    try {
        Get-Essence ($Code | Invoke-Shell -NoProfile -NonInteractive -Command - 2>&1 | Out-String -Width 300)
    } finally {
        Pop-Location
    }
}

function Get-Essence([string] $Text) {
    # Colours, empty lines, trailing spaces and request ids are not compared.
    $Text -replace '\x1B\[[?0-9;]*[a-zA-Z]' -replace '\b[0-9A-F]{24}\b', 'id' -split '\r?\n' |
        ForEach-Object TrimEnd | Where-Object { $_ }
}

Export-ModuleMember -Function Get-ReadmeSession, Invoke-ReadmeSession
