# Runs the examples in docs/examples, with the tested module as a user has it: installed in a folder of PSModulePath.

Set-StrictMode -Version 2.0
Import-Module (Join-Path $PSScriptRoot 'Shell.psm1'), (Join-Path $PSScriptRoot 'SharedShell.psm1'),
    (Join-Path $PSScriptRoot 'Emulator.psm1')

# For the session: PowerShell would load the installed copy beside one that only this module sees.
Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Global
$examples = (Resolve-Path (Join-Path $PSScriptRoot '../../docs/examples')).Path
$modulePath = $env:PSModulePath

function Install-TestedModule {
    <#
    .SYNOPSIS
        Installs the module in a folder, and returns the folder of the module.
    #>
    param([Parameter(Mandatory)][string] $Folder)

    $built = Split-Path (& (Join-Path $PSScriptRoot 'TestedModule.ps1'))
    $installed = "$Folder/OssPayment"
    $null = New-Item $installed -ItemType Directory
    foreach ($name in 'OssPayment.psd1', 'OssPayment.Format.ps1xml', 'OssPayment.Types.ps1xml', 'bin') {
        Copy-Item -LiteralPath (Join-Path $built $name) -Destination $installed -Recurse
    }

    $env:PSModulePath = $Folder + [System.IO.Path]::PathSeparator + $modulePath
    $installed
}

function Uninstall-TestedModule {
    $env:PSModulePath = $modulePath
}

function Invoke-Example {
    <#
    .SYNOPSIS
        Runs a script, and returns its exit code and output. With -AsJob in a process of its own, as a scheduler does.
    #>
    param([Parameter(Mandatory)][string] $Name, [string[]] $Argument, [switch] $AsJob, [string] $Before = '')

    $path = Join-Path $examples $Name
    if ($AsJob) {
        $output = Invoke-Shell -NoProfile -NonInteractive -File $path @Argument 2>&1 | Out-String -Width 300
        return @{ ExitCode = $LASTEXITCODE; Output = $output }
    }

    # A script that throws ends a job with 1.
    $typed = @("'$path'") + @($Argument | Where-Object { $null -ne $_ } | ForEach-Object {
            if ($_ -match '^-\w+$') { $_ } else { "'$($_.Replace("'", "''"))'" }
        })
    $output = Invoke-SharedShell -WithoutModule "
        `$global:LASTEXITCODE = 0
        $Before
        try { & $typed } catch { `$_ | Out-String; `$global:LASTEXITCODE = 1 }
        Remove-Module OssPayment -ErrorAction Ignore -WhatIf:`$false -Confirm:`$false
        `"exit code `$LASTEXITCODE`"" | Out-String -Width 300
    @{ ExitCode = [int][regex]::Match($output, '(?m)^exit code (\d+)').Groups[1].Value; Output = $output }
}

function Add-Refusal {
    <#
    .SYNOPSIS
        Lets the emulator refuse what the hashtable describes.
    #>
    param([Parameter(Mandatory)][int] $Status, [Parameter(Mandatory)][string] $Code, [Parameter(Mandatory)][hashtable] $Where)

    Add-EmulatorFault ($Where + @{ action = @{ kind = 'ossError'; status = $Status; code = $Code; message = 'Not <now>.' } })
}

function Set-Bucket {
    <#
    .SYNOPSIS
        Sets or adds a bucket of the emulator, whatever its name.
    #>
    param([Parameter(Mandatory)][string] $Bucket, [Parameter(Mandatory)][string] $Payer, [string] $Region = 'cn-hangzhou')

    $path = "/buckets/$([uri]::EscapeDataString($Bucket))"
    $null = Invoke-EmulatorControl $path Put @{ region = $Region; payer = $Payer }
}

function Set-AsDesired {
    <#
    .SYNOPSIS
        Makes the account as in payers.csv and limits.csv, and forgets the requests.
    #>
    Import-Csv (Join-Path $examples 'payers.csv') | Set-OssBucketRequestPayment
    Set-OssRequesterQoSInfo examplebucket 300100 -TotalDownloadBandwidth 20
    $null = Invoke-EmulatorControl /requests Delete
}

Export-ModuleMember -Function * -Variable examples
