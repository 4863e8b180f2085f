# Starts another PowerShell like this one.

Set-StrictMode -Version 2.0

function Invoke-Shell {
    <#
    .SYNOPSIS
        Runs the PowerShell that this process runs in, in a process of its own, with the arguments and the input given.
    .DESCRIPTION
        As a .NET tool, local or global, PowerShell has no program of its own: dotnet runs its assembly.
    #>
    $program = (Get-Process -Id $PID).Path
    $arguments = $args
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        $arguments = @(Join-Path $PSHOME 'pwsh.dll') + $args
    }

    if ($MyInvocation.ExpectingInput) {
        $input | & $program @arguments
    } else {
        & $program @arguments
    }
}

Export-ModuleMember -Function Invoke-Shell
