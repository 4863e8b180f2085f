#Requires -Version 5.1

<#
.SYNOPSIS
    Runs the audit for a scheduled task, with an access key from an encrypted file.

.DESCRIPTION
    Reads the access key, sets it in the environment of this process only, and runs Invoke-OssAudit.ps1. Each run
    writes to a new folder in the output folder, named after its time (UTC), so that earlier reports are kept.

    The exit code is that of Invoke-OssAudit.ps1: 0 as desired, 1 drift, 2 could not be checked. Task Scheduler
    shows it as the result of the last run. The access key needs the permissions of Invoke-OssAudit.ps1.

.PARAMETER KeyPath
    The file with the access key: a credential, with the ID as the user name and the secret as the password, written by
    Export-Clixml. Windows encrypts it for the account and the machine that wrote it. Therefore, the account that runs
    the task must write it:
    Get-Credential -Message 'Access key id and secret' | Export-Clixml oss-key.xml

.PARAMETER Region
    The region whose endpoint lists the buckets of the account, such as cn-hangzhou.

.PARAMETER PayersPath
    The desired payers: see Invoke-OssAudit.ps1. The desired limits are those in limits.csv in the folder of this
    script, if it exists.

.PARAMETER OutputPath
    The folder for the folders of the reports.

.EXAMPLE
    powershell -NoProfile -File ./Invoke-ScheduledAudit.ps1 -KeyPath ./oss-key.xml -Region cn-hangzhou `
        -PayersPath ./payers.csv -OutputPath ./reports
    Runs what the task will run, to check that it works.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $KeyPath,

    [Parameter(Mandatory)]
    [string] $Region,

    [Parameter(Mandatory)]
    [string] $PayersPath,

    [Parameter(Mandatory)]
    [string] $OutputPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

try {
    $key = Import-Clixml -LiteralPath $KeyPath
    $env:OSS_ACCESS_KEY_ID = $key.UserName
    $env:OSS_ACCESS_KEY_SECRET = $key.GetNetworkCredential().Password
    $env:OSS_REGION = $Region
    $run = [DateTime]::UtcNow.ToString('yyyy-MM-dd_HHmmss', [cultureinfo]::InvariantCulture)
    & (Join-Path $PSScriptRoot 'Invoke-OssAudit.ps1') -PayersPath $PayersPath -OutputPath (
        Join-Path $OutputPath $run)
} catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 2
}

exit $LASTEXITCODE
