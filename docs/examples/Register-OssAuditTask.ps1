#Requires -Version 5.1

<#
.SYNOPSIS
    Registers a daily audit of an account as a scheduled task of Windows.

.DESCRIPTION
    The task runs Invoke-ScheduledAudit.ps1, in the folder of this script, in Windows PowerShell 5.1. The module
    OssPayment must be installed for the account that runs it. A task with the same name is replaced.
    The access key needs the permissions of Invoke-OssAudit.ps1.

    Without -Credential, the task runs as you, and only while you are signed in. With -Credential, it also runs when
    nobody is signed in. -WhatIf shows the task without registering it, and works on any system.

.PARAMETER KeyPath
    The file with the access key, written by the account that runs the task: see Invoke-ScheduledAudit.ps1.

.PARAMETER Region
    The region whose endpoint lists the buckets of the account, such as cn-hangzhou.

.PARAMETER PayersPath
    The desired payers: see Invoke-OssAudit.ps1. The default is payers.csv in the folder of this script.

.PARAMETER OutputPath
    The folder for the reports. Each run creates a folder in it. The default is reports in the folder of this script.

.PARAMETER At
    The time of day. The default is 06:00.

.PARAMETER TaskName
    The name of the task. The default is OssAudit.

.PARAMETER Credential
    The Windows account that runs the task, and its password. Windows stores the password.

.EXAMPLE
    ./Register-OssAuditTask.ps1 -KeyPath ./oss-key.xml -Region cn-hangzhou -WhatIf
    Shows the task without registering it.

.EXAMPLE
    ./Register-OssAuditTask.ps1 -KeyPath ./oss-key.xml -Region cn-hangzhou -Credential (Get-Credential)
    Prompts for an account, and registers the task for it.

.EXAMPLE
    Start-ScheduledTask OssAudit
    (Get-ScheduledTaskInfo OssAudit).LastTaskResult
    Runs the task now. The second command shows its exit code afterwards: 0 as desired, 1 drift, 2 could not be checked.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $KeyPath,

    [Parameter(Mandatory)]
    [string] $Region,

    [string] $PayersPath = (Join-Path $PSScriptRoot 'payers.csv'),

    [string] $OutputPath = (Join-Path $PSScriptRoot 'reports'),

    [datetime] $At = '06:00',

    [string] $TaskName = 'OssAudit',

    [pscredential] $Credential
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# A task starts in a system folder, so it needs full paths. A '\' at the end would escape the quotation mark.
$script = Join-Path $PSScriptRoot 'Invoke-ScheduledAudit.ps1'
$paths = foreach ($path in $script, $KeyPath, $PayersPath, $OutputPath) {
    $PSCmdlet.GetUnresolvedProviderPathFromPSPath($path).TrimEnd('\')
}
$argument = ('-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File "{0}" -KeyPath "{1}" ' +
    '-PayersPath "{2}" -OutputPath "{3}" -Region "{4}"') -f ($paths + $Region)

$time = $At.ToString('HH:mm', [cultureinfo]::InvariantCulture)
if ($PSCmdlet.ShouldProcess("powershell.exe $argument", "Register the scheduled task $TaskName, daily at $time")) {
    $task = @{
        TaskName = $TaskName
        Description = 'Audits who pays for the OSS buckets: 0 as desired, 1 drift, 2 could not be checked.'
        Action = New-ScheduledTaskAction -Execute powershell.exe -Argument $argument
        Trigger = New-ScheduledTaskTrigger -Daily -At $At
        Settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -ExecutionTimeLimit (
            New-TimeSpan -Hours 1)
        Force = $true
    }
    if ($Credential) {
        $task.User = $Credential.UserName
        $task.Password = $Credential.GetNetworkCredential().Password
    }

    Register-ScheduledTask @task
}
