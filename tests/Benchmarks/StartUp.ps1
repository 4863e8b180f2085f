#Requires -Version 7.4
<#
.SYNOPSIS
    Counts what the import, the first call and the second make .NET compile, load and allocate: as JSON.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-Count {
    @(
        [System.Runtime.JitInfo]::GetCompiledMethodCount($false)
        [AppDomain]::CurrentDomain.GetAssemblies().Count
        [GC]::GetTotalAllocatedBytes($false)
    )
}

function Compare-Count([string] $Name, $Before, $After) {
    @{ Name = $Name; Methods = $After[0] - $Before[0]; Assemblies = $After[1] - $Before[1]; Bytes = $After[2] - $Before[2] }
}

# What counts is compiled, too.
$null = Compare-Count 'nothing' (Get-Count) (Get-Count)
$atFirst = Get-Count
Import-Module $Manifest
$imported = Get-Count
$null = Get-OssBucketRequestPayment a-bucket
$called = Get-Count
$null = Get-OssBucketRequestPayment a-bucket
$calledAgain = Get-Count
@(
    Compare-Count 'import' $atFirst $imported
    Compare-Count 'first call' $imported $called
    Compare-Count 'second call' $called $calledAgain
) | ConvertTo-Json -Compress
