#Requires -Version 5.1

<#
.SYNOPSIS
    Makes the payers of buckets what a desired state says.

.DESCRIPTION
    Asks OSS who pays for the buckets that a CSV file names, shows with the -WhatIf of Set-OssBucketRequestPayment what
    has to be changed, and changes that. Buckets that are as desired, and those that the file does not name, are left
    alone, so that a second run changes nothing.

    A bucket that fails in passing (no connection, no answer in time, OSS busy) is tried again later: the TargetObject
    of its error is piped back. The cmdlets' own retries, within seconds, come first.

    Credentials and region come from the environment: see about_OssPayment. The permissions
    oss:GetBucketRequestPayment and oss:PutBucketRequestPayment are needed.

    Exit codes:

    0  every bucket that the file names is as desired
    1  something has to be changed, and was not, because of -WhatIf or the answer to -Confirm
    2  the desired state or a bucket could not be read, or a bucket could not be changed; the others are

    PowerShell itself ends with 1 where it cannot start the script, as with a parameter that does not exist.

.PARAMETER DesiredStatePath
    The desired state, a CSV file with the columns Bucket and Payer, and perhaps Region. The default is desired.csv
    beside this script.

.PARAMETER Attempts
    How often a bucket is tried that fails in passing. The default is 3.

.PARAMETER PauseSec
    The time between two attempts, in seconds. The default is 30.

.EXAMPLE
    ./Set-DesiredPayment.ps1 -DesiredStatePath ./desired.csv -WhatIf
    Shows what has to be changed.

.EXAMPLE
    ./Set-DesiredPayment.ps1 -DesiredStatePath ./desired.csv
    Shows what has to be changed, and changes it.

.OUTPUTS
    OssPayment.BucketRequestPayment
    One for each bucket that was changed.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $DesiredStatePath = (Join-Path $PSScriptRoot 'desired.csv'),

    [ValidateRange(1, 100)]
    [int] $Attempts = 3,

    [ValidateRange(0, 3600)]
    [int] $PauseSec = 30
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# What may be different a little later, such as a network that is back.
$passing = 'ConnectionError', 'OperationTimeout', 'ResourceUnavailable', 'ResourceBusy', 'LimitsExceeded'
$failed = 0

function Invoke-WithRetry([object[]] $Target, [string] $Command, [hashtable] $Parameter = @{}) {
    for ($attempt = 1; $Target; $attempt++) {
        $Target | & $Command @Parameter -ErrorAction SilentlyContinue -ErrorVariable failures
        $again = @(
            foreach ($failure in $failures) {
                if ($attempt -lt $Attempts -and $failure.CategoryInfo.Category -in $passing) {
                    $failure.TargetObject
                } else {
                    $script:failed++
                    Write-Error -ErrorRecord $failure -ErrorAction Continue
                }
            }
        )
        if ($again) {
            Write-Warning "Failed in passing, and tried again in $PauseSec seconds: $($again -join ', ')"
            Start-Sleep -Seconds $PauseSec
        }

        $Target = $again
    }
}

try {
    $rows = @(& (Join-Path $PSScriptRoot 'Read-DesiredState.ps1') $DesiredStatePath)
    $desired = @{}
    foreach ($row in $rows) {
        $desired[$row.Bucket] = $row.Payer
    }

    $changes = @(Invoke-WithRetry $rows Get-OssBucketRequestPayment | Where-Object { $_.Payer -ne $desired[$_.Bucket] })
    $byPayer = @($changes | Group-Object { $desired[$_.Bucket] })
    foreach ($group in $byPayer) {
        $group.Group | Set-OssBucketRequestPayment -Payer $group.Name -WhatIf
    }

    $isDue = $false
    if ($changes -and $PSCmdlet.ShouldProcess("$($changes.Count) buckets", "Set the payers of '$DesiredStatePath'")) {
        foreach ($group in $byPayer) {
            $parameter = @{ Payer = $group.Name; PassThru = $true; Confirm = $false }
            Invoke-WithRetry $group.Group Set-OssBucketRequestPayment $parameter
        }
    } elseif ($changes) {
        $isDue = $true
    }
} catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 2
}

if ($failed) {
    exit 2
} elseif ($isDue) {
    exit 1
}

exit 0
