#Requires -Version 5.1

<#
.SYNOPSIS
    Brings the payers of buckets and the limits of requesters to a desired state, and can undo it.

.DESCRIPTION
    Compares two CSV files with the account, shows the required changes, and makes them. Buckets and resource pools that
    are not in the files are not changed, and nor are limits whose cell is empty. A second run changes nothing.

    Limits that a bucket or a resource pool in the file has, and the file does not, are shown, and removed only with
    -RemoveUnlisted.

    Each run that makes changes writes two files: changes-<time>.csv, with the result of each change, and
    undo-<time>.xml, with the earlier values as objects. The second is written before the first change. To undo the run,
    use -UndoPath. It also overwrites what others have changed since, so use -WhatIf first.

    What fails temporarily (no connection, a timeout, OSS is busy) is compared and changed again later. Before that, the
    cmdlets themselves retry within seconds.

    Set the credentials and the region in the environment: see about_OssPayment. The permissions of
    Compare-DesiredState.ps1 are required, and for changes oss:PutBucketRequestPayment, oss:PutBucketRequesterQoSInfo
    and oss:GetBucketRequesterQoSInfo, and oss:DeleteBucketRequesterQoSInfo for -RemoveUnlisted and -UndoPath. For
    resource pools, the names have ResourcePool instead of Bucket.

    Exit codes:

    0  everything in the files is as desired
    1  changes are required but were not made, because of -WhatIf, without -RemoveUnlisted, or because -Confirm was
       declined
    2  the desired state, a bucket or a resource pool could not be read or changed; the others were changed

    PowerShell also returns 1 if it cannot start the script, for example because a parameter does not exist.

.PARAMETER PayersPath
    The desired payers: see Read-DesiredState.ps1. The default is payers.csv in the folder of this script, if it exists.

.PARAMETER LimitsPath
    The desired limits: see Read-DesiredState.ps1. The default is limits.csv in the folder of this script, if it exists.

.PARAMETER RemoveUnlisted
    Removes the limits of requesters that are not in the file, at the buckets and resource pools that are.

.PARAMETER UndoPath
    The file undo-<time>.xml of an earlier run. Its values are the desired state.

.PARAMETER OutputPath
    The folder for the two files. It is created if it does not exist. The default is the current folder.

.PARAMETER Attempts
    The number of attempts for what fails temporarily. The default is 3.

.PARAMETER PauseSec
    The time between two attempts, in seconds. The default is 30.

.EXAMPLE
    ./Set-DesiredState.ps1 -RemoveUnlisted -WhatIf
    Shows the required changes, and what would be removed.

.EXAMPLE
    ./Set-DesiredState.ps1 -OutputPath ./changes
    Shows the required changes, and makes them.

.EXAMPLE
    ./Set-DesiredState.ps1 -UndoPath ./changes/undo-2026-01-31_120000_000.xml
    Brings back what this run changed.

.OUTPUTS
    System.String
    The required changes, and a summary.
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Files')]
param(
    [Parameter(ParameterSetName = 'Files')]
    [string] $PayersPath = (Join-Path $PSScriptRoot 'payers.csv' | Where-Object { Test-Path -LiteralPath $_ }),

    [Parameter(ParameterSetName = 'Files')]
    [string] $LimitsPath = (Join-Path $PSScriptRoot 'limits.csv' | Where-Object { Test-Path -LiteralPath $_ }),

    [Parameter(ParameterSetName = 'Files')]
    [switch] $RemoveUnlisted,

    [Parameter(ParameterSetName = 'Undo', Mandatory)]
    [string] $UndoPath,

    [string] $OutputPath = '.',

    [ValidateRange(1, 100)]
    [int] $Attempts = 3,

    [ValidateRange(0, 3600)]
    [int] $PauseSec = 30
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Failures that may be temporary, such as a network outage.
$passing = 'ConnectionError', 'OperationTimeout', 'ResourceUnavailable', 'ResourceBusy', 'LimitsExceeded'
$limits = 'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth',
    'IntranetDownloadBandwidth', 'ExtranetDownloadBandwidth', 'TotalQps', 'IntranetQps', 'ExtranetQps'

function Get-Action($Row, [bool] $IsRemoving) {
    # The cmdlet that makes a row as desired.
    if ($Row.Failure -or $Row.Status -eq 'AsDesired') {
        return
    }

    if ($Row.Kind -eq 'Payer') {
        'Set-OssBucketRequestPayment'
    } elseif ($Row.Status -ne 'Unlisted') {
        'Set-OssRequesterQoSInfo'
    } elseif ($IsRemoving -or $Row.Wanted) {
        'Remove-OssRequesterQoSInfo'
    }
}

function Get-Input($Row) {
    # What is piped to this cmdlet.
    $names = @($(if ($Row.Bucket) { 'Bucket' } else { 'ResourcePool' }), 'Region') + $(
        switch ($Row.Action) {
            'Set-OssBucketRequestPayment' { 'Payer' }
            'Set-OssRequesterQoSInfo' { @('Requester') + $limits }
            'Remove-OssRequesterQoSInfo' { 'Requester' }
        })
    $(if ($Row.Wanted) { $Row.Wanted } else { $Row.Current }) | Select-Object $names
}

function Get-Undo($Row) {
    # The desired state that brings back what the account has now. Absent says that there are no limits.
    $undo = @{ Bucket = $Row.Bucket; Region = $Row.Region }
    if ($Row.Kind -eq 'Payer') {
        $undo['Payer'] = "$($Row.Current.Payer)"
        return [pscustomobject]$undo
    }

    $undo['ResourcePool'] = $Row.ResourcePool
    $undo['Requester'] = $Row.Requester
    foreach ($name in $limits) {
        $undo[$name] = if ($Row.Current) { $Row.Current.$name }
    }
    if (-not $Row.Current) {
        $undo['Absent'] = $true
    }
    [pscustomobject]$undo
}

function Get-Name($Item) {
    # Of a row, and of the TargetObject of an error.
    $names = foreach ($name in 'Bucket', 'ResourcePool', 'Requester') {
        $property = $Item.PSObject.Properties[$name]
        if ($property -and $property.Value) {
            $property.Value
        }
    }
    $names -join ', requester '
}

function Format-Row([object[]] $Row, [string[]] $Column) {
    ($Row | Format-Table $Column -AutoSize -Wrap | Out-String -Width 160).Trim()
}

$time = [DateTime]::UtcNow.ToString('yyyy-MM-dd_HHmmss_fff', [cultureinfo]::InvariantCulture)
$folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputPath)
$report = New-Object System.Collections.Generic.List[object]
$kept = @()
$isDeclined = $false
try {
    $desired = @(
        if ($UndoPath) {
            Import-Clixml -LiteralPath $UndoPath
        } else {
            foreach ($path in $PayersPath, $LimitsPath | Where-Object { $_ }) {
                & (Join-Path $PSScriptRoot 'Read-DesiredState.ps1') $path
            }
        }
    )
    if (-not $desired) {
        throw 'There is no desired state. Use -PayersPath, -LimitsPath or -UndoPath.'
    }

    for ($attempt = 1; $desired; $attempt++) {
        # A later attempt knows only a part of the desired state. It removes only what the first one tried to remove.
        $isRemoving = $RemoveUnlisted -and $attempt -eq 1
        $rows = @(& (Join-Path $PSScriptRoot 'Compare-DesiredState.ps1') $desired | ForEach-Object {
                $_ | Add-Member -PassThru -NotePropertyMembers @{
                    Action = Get-Action $_ $isRemoving
                    Target = Get-Name $_
                    Result = 'Done'
                }
            })
        $changes = @($rows | Where-Object Action)
        if ($attempt -eq 1) {
            $kept = @($rows | Where-Object { $_.Status -eq 'Unlisted' -and -not $_.Action -and -not $UndoPath })
            if ($kept) {
                'Not in the file, and removed only with -RemoveUnlisted:'
                Format-Row $kept Target, Now
            }
            if ($changes) {
                Format-Row $changes Action, Target, Detail
                $isDeclined = -not $PSCmdlet.ShouldProcess("$($changes.Count) payers or limits", 'Change')
                if (-not $isDeclined) {
                    $null = [System.IO.Directory]::CreateDirectory($folder)
                    $changes | ForEach-Object { Get-Undo $_ } |
                        Export-Clixml -LiteralPath (Join-Path $folder "undo-$time.xml") -NoClobber -Confirm:$false
                }
            }
        }

        foreach ($group in $changes | Where-Object { -not $isDeclined } | Group-Object Action, { [bool]$_.Bucket }) {
            $change = $group.Group[0].Action
            $failures = @()
            $group.Group | ForEach-Object { Get-Input $_ } |
                & $change -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
            foreach ($row in $group.Group) {
                $row.Failure = $failures | Where-Object { (Get-Name $_.TargetObject) -eq $row.Target } |
                    Select-Object -First 1
            }
        }

        $desired = @()
        foreach ($row in $rows | Where-Object { $_.Failure -or ($_.Action -and -not $isDeclined) }) {
            if ($row.Failure -and $attempt -lt $Attempts -and $row.Failure.CategoryInfo.Category -in $passing) {
                $desired += if ($row.Wanted) { $row.Wanted } else {
                    $row | Select-Object Bucket, ResourcePool, Region, Requester, @{ Name = 'Absent'; Expression = { $true } }
                }
                continue
            }

            $report.Add($row)
            if ($row.Failure) {
                $row.Result = 'Failed'
                $row.Detail = $row.Failure.ErrorDetails.Message
                Write-Error -ErrorRecord $row.Failure -ErrorAction Continue
            }
        }
        if ($desired) {
            $names = ($desired | ForEach-Object { Get-Name $_ }) -join '; '
            Write-Warning "Failed temporarily. Retrying in $PauseSec seconds: $names"
            Start-Sleep -Seconds $PauseSec
        }
    }

    $failed = @($report | Where-Object Result -EQ Failed).Count
    "Changed: $($report.Count - $failed). Failed: $failed. Not in the file and kept: $($kept.Count)."
    if ($report | Where-Object Action) {
        # Spreadsheets treat a cell that begins with one of these characters as a formula.
        $names = 'Result', 'Action', 'Bucket', 'ResourcePool', 'Region', 'Requester', 'Now', 'Desired', 'Detail'
        $columns = foreach ($name in $names) {
            @{ Name = $name; Expression = { "$($_.$name)" -replace '\A(?=[=+\-@])', "'" }.GetNewClosure() }
        }
        $report | Select-Object $columns |
            Export-Csv (Join-Path $folder "changes-$time.csv") -NoTypeInformation -Encoding UTF8 -Confirm:$false
        "To undo: $($MyInvocation.MyCommand.Name) -UndoPath '$(Join-Path $folder "undo-$time.xml")'"
    }
} catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    exit 2
}

if ($failed) {
    exit 2
} elseif ($isDeclined -or $kept) {
    exit 1
}

exit 0
