# One PowerShell for a Pester file, for tests that need another process but can share it.

Set-StrictMode -Version 2.0

$manifest = & (Join-Path $PSScriptRoot 'TestedModule.ps1')
$processes = @{}
$end = "--- end $([guid]::NewGuid())"

# Typed into the shell first, as one line. Errors are printed with the rest, and not to the standard error.
$receiver = @'
$ProgressPreference = 'SilentlyContinue';
function Invoke-Received([string] $Text) {
    $received = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Text)) | ConvertFrom-Json;
    [Environment]::GetEnvironmentVariables().Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) };
    $received.Environment | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Name, $_.Value) };
    Set-Location -LiteralPath $received.Folder;
    $Error.Clear();
    & { try { & ([scriptblock]::Create($received.Script)) 2>&1 } catch { $_ } } | ForEach-Object {
        if ($_ -is [System.Management.Automation.ErrorRecord]) { $_ | Out-String -Stream -Width 300 } else { $_ }
    }
}
'@ -replace '\r?\n\s*', ' '

function Start-SharedShell([string] $Name) {
    $program = (Get-Process -Id $PID).Path
    $arguments = '-NoProfile -NonInteractive -Command -'
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        $arguments = "`"$(Join-Path $PSHOME 'pwsh.dll')`" $arguments"
    }

    $start = [System.Diagnostics.ProcessStartInfo]::new($program, $arguments)
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $script:processes[$Name] = [System.Diagnostics.Process]::Start($start)
    $script:processes[$Name].StandardInput.WriteLine($receiver)
}

function Invoke-SharedShell {
    <#
    .SYNOPSIS
        Runs a script with the module in the file's other PowerShell, and emits the lines that it prints.
    .DESCRIPTION
        The PowerShell starts at the first script, without prompts, and ends with this process, which closes its input. Each
        script has a scope, an empty $Error and the environment and the folder of this process as they are at the call. The
        module stays loaded. A name starts another one, which keeps what the environment is at its start.
    #>
    param([Parameter(Mandatory)][string] $Script, [switch] $WithoutModule, [string] $Name = 'shared')

    if (-not $script:processes[$Name]) {
        Start-SharedShell $Name
    }

    $process = $script:processes[$Name]

    if (-not $WithoutModule) {
        $Script = "Import-Module '$manifest'; $Script"
    }

    # As a list, because on Linux the names of two variables may differ in case only.
    $environment = @([Environment]::GetEnvironmentVariables().GetEnumerator() | ForEach-Object { @{ Name = $_.Key; Value = $_.Value } })
    $sending = @{ Script = $Script; Folder = (Get-Location).ProviderPath; Environment = $environment }
    $text = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $sending)))
    $process.StandardInput.WriteLine("Invoke-Received '$text'")
    $process.StandardInput.WriteLine("[Console]::Out.WriteLine('$end')")
    while ($true) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) {
            $script:processes[$Name] = $null
            throw 'The shared shell has ended.'
        }

        # On a terminal's wish, PowerShell changes its keypad's mode.
        $line = $line -replace '\x1B\[\?1[hl]'
        if ($line -eq $end) {
            return
        }

        $line
    }
}

Export-ModuleMember -Function Invoke-SharedShell
