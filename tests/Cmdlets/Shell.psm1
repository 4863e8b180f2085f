# Starts another PowerShell like this one.

Set-StrictMode -Version 2.0

function Invoke-Shell {
    <#
    .SYNOPSIS
        Runs the PowerShell that this process runs in, in a process of its own, with the arguments given.
    .DESCRIPTION
        As a .NET tool, local or global, PowerShell has no program of its own: dotnet runs its assembly.
    #>
    $program = (Get-Process -Id $PID).Path
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        & $program (Join-Path $PSHOME 'pwsh.dll') @args
    } else {
        & $program @args
    }
}

Export-ModuleMember -Function Invoke-Shell
