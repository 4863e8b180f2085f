#Requires -Version 5.1

<#
.SYNOPSIS
    Sets the payers of buckets as a desired state defines them.

.DESCRIPTION
    Queries who pays for the buckets in a CSV file, shows the required changes with Set-OssBucketRequestPayment -WhatIf,
    and makes them. Buckets that are as desired, and buckets that are not in the file, are not changed. Therefore, a
    second run changes nothing.

    A bucket that fails temporarily (no connection, a timeout, OSS is busy) is tried again later: the TargetObject of
    its error is piped back. Before that, the cmdlets themselves retry within seconds.

    Set the credentials and the region in the environment: see about_OssPayment. The permissions
    oss:GetBucketRequestPayment and oss:PutBucketRequestPayment are required.

    Exit codes:

    0  every bucket in the file is as desired
    1  changes are required but were not made, because of -WhatIf or because -Confirm was declined
    2  the desired state or a bucket could not be read, or a bucket could not be changed; the others were changed

    PowerShell also returns 1 if it cannot start the script, for example because a parameter does not exist.

.PARAMETER DesiredStatePath
    The desired state, a CSV file with the columns Bucket and Payer, and optionally Region. The default is desired.csv
    in the folder of this script.

.PARAMETER Attempts
    The number of attempts for a bucket that fails temporarily. The default is 3.

.PARAMETER PauseSec
    The time between two attempts, in seconds. The default is 30.

.EXAMPLE
    ./Set-DesiredPayment.ps1 -DesiredStatePath ./desired.csv -WhatIf
    Shows the required changes.

.EXAMPLE
    ./Set-DesiredPayment.ps1 -DesiredStatePath ./desired.csv
    Shows the required changes, and makes them.

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

# Failures that may be temporary, such as a network outage.
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
            Write-Warning "Failed temporarily. Retrying in $PauseSec seconds: $($again -join ', ')"
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
