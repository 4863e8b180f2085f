# The blocks of the README, for the tests that run them.

Set-StrictMode -Version 2.0
Import-Module (Join-Path $PSScriptRoot 'Shell.psm1'), (Join-Path $PSScriptRoot '../../tools/CodeBlock.psm1')

$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path

function Get-ReadmeSession {
    <#
    .SYNOPSIS
        The code of its blocks, in their order, and what they print. With -Installed, as the README says where the package is
        installed.
    #>
    param([string] $Name = 'README.md', [switch] $Installed)

    $path = Join-Path $root $Name
    $readme = (Get-Content -LiteralPath $path -Raw -Encoding UTF8) -replace '\r'
    $blocks = @(Get-CodeBlock $path | Where-Object { -not $_.Remark })
    $output = Get-Essence (($blocks | Where-Object Language -EQ Output).Code -join '')
    $whole = ($blocks | Where-Object Language -EQ powershell).Code -join ''

    # The tested module is already built, in the configuration of this run.
    $code = $whole -replace '(?m)^dotnet build .*\n'
    if ($code -eq $whole) {
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
        Runs code in a shell of its own at the root, read line by line, as a prompt reads what is pasted. The shell has the
        Pester of this one.
    #>
    param([Parameter(Mandatory)][string] $Code)

    Push-Location -LiteralPath $root
    try {
        $pester = "Import-Module '$((Get-Module Pester).Path)'"
        Get-Essence ($pester, $Code | Invoke-Shell -NoProfile -NonInteractive -Command - 2>&1 | Out-String -Width 300)
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
