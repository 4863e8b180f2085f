#Requires -Version 5.1

<#
.SYNOPSIS
    Compares a desired state with the account: who pays for buckets, and the limits of requesters.

.DESCRIPTION
    Emits an object for each payer and for the limits of each requester. Each bucket and each resource pool is queried
    once for the payer and once for the limits, up to sixteen at the same time. The other scripts in this folder use the
    result: the audit reports it, the runbook changes what differs, and the Pester file checks it.

    The status is one of these:

    AsDesired  the payer or the limits are the desired ones
    Drift      they are not; Detail says what differs
    Unlisted   the account has the bucket or the limits, but the desired state does not
    Missing    the desired state has the bucket or the limits, but the account does not
    Failed     the payer or the limits could not be read; Detail says why

    Set the credentials and the region in the environment: see about_OssPayment. The permissions
    oss:GetBucketRequestPayment for payers, and oss:ListBucketRequesterQoSInfo and oss:ListBucketRequesterQoSInfos for
    limits are required; for resource pools oss:ListResourcePoolRequesterQoSInfos, and for the whole account
    oss:ListBuckets. The script changes nothing.

.PARAMETER Desired
    The desired state, from Read-DesiredState.ps1.

.PARAMETER WholeAccount
    Compares all buckets of the account, and not only those in the desired state. Resource pools are always those in the
    desired state, because this module does not list them.

.EXAMPLE
    ./Compare-DesiredState.ps1 (./Read-DesiredState.ps1 payers.csv) | Where-Object Status -NE AsDesired
    Shows the buckets that are not as desired.

.OUTPUTS
    An object with the properties Status, Kind (Payer or Limits), Bucket, ResourcePool, Region, Requester, Now, Desired,
    Detail, Current (the object from OSS), Wanted (the row of the desired state) and Failure (the error).
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [object[]] $Desired,

    [switch] $WholeAccount
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$limits = 'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth',
    'IntranetDownloadBandwidth', 'ExtranetDownloadBandwidth', 'TotalQps', 'IntranetQps', 'ExtranetQps'

function Get-Property($Item, [string] $Name) {
    $property = $Item.PSObject.Properties[$Name]
    if ($property) { $property.Value }
}

function Format-Limit($Limit) {
    switch ($Limit) { -1 { 'unlimited' } 0 { 'forbidden' } default { "$Limit" } }
}

function Format-AllLimit($Item) {
    $set = @(foreach ($name in $limits) {
            $limit = Get-Property $Item $name
            if ($null -ne $limit -and $limit -ne -1) { "$name $(Format-Limit $limit)" }
        })
    if ($set) { $set -join ', ' } else { 'unlimited' }
}

function Get-Difference($Current, $Wanted) {
    foreach ($name in $limits) {
        $limit = Get-Property $Wanted $name
        if ($null -ne $limit -and $limit -ne $Current.$name) {
            "$name is $(Format-Limit $Current.$name), not $(Format-Limit $limit)"
        }
    }
}

# A listing may contain any text. Characters that control terminals or the text direction are replaced.
function ConvertTo-Row([hashtable] $Value) {
    $texts = foreach ($item in $Value['Current'], $Value['Wanted']) {
        if (-not $item -or (Get-Property $item 'Absent')) {
            ''
        } elseif ($Value['Kind'] -eq 'Payer') {
            "$($item.Payer)"
        } else {
            Format-AllLimit $item
        }
    }
    $detail = if ($Value['Failure']) { $Value['Failure'].ErrorDetails.Message } else { $Value['Detail'] }
    [pscustomobject]@{
        Status = $Value['Status']
        Kind = $Value['Kind']
        Bucket = "$(Get-Property $Value['At'] 'Bucket')" -replace '\p{C}', '?'
        ResourcePool = "$(Get-Property $Value['At'] 'ResourcePool')" -replace '\p{C}', '?'
        Region = "$(Get-Property $Value['At'] 'Region')" -replace '\p{C}', '?'
        Requester = "$(Get-Property $Value['At'] 'Requester')" -replace '\p{C}', '?'
        Now = $texts[0]
        Desired = $texts[1]
        Detail = "$detail" -replace '\p{C}', '?'
        Current = $Value['Current']
        Wanted = $Value['Wanted']
        Failure = $Value['Failure']
    }
}

# The members of a table whose keys are data are used by methods and indexes only: with a bucket named keys, $table.keys
# is the entry of this bucket.
$quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = '+failures' }
$failures = @()
$payers = @($Desired | Where-Object { Get-Property $_ 'Payer' })
$limitRows = @($Desired | Where-Object { -not (Get-Property $_ 'Payer') })
$holders = @()

if ($payers -or $WholeAccount) {
    $wanted = @{}
    foreach ($row in $payers) {
        $wanted[$row.Bucket] = $row
    }

    $seen = @{}
    $found = @(
        if ($WholeAccount) {
            Get-OssBucketRequestPayment @quiet
        } else {
            $payers | Get-OssBucketRequestPayment @quiet
        }
    )
    foreach ($failure in $failures) {
        if ($failure.TargetObject.Bucket -eq '*') {
            $PSCmdlet.ThrowTerminatingError($failure)
        }
    }

    foreach ($payment in $found) {
        $seen[$payment.Bucket] = $true
        $row = $wanted[$payment.Bucket]
        $status = if (-not $row) { 'Unlisted' } elseif ($row.Payer -eq $payment.Payer) { 'AsDesired' } else { 'Drift' }
        $detail = switch ($status) {
            Unlisted { "not in the desired state: $($payment.Payer)" }
            Drift { "is $($payment.Payer), not $($row.Payer)" }
        }
        $value = @{ Status = $status; At = $payment; Current = $payment; Wanted = $row; Detail = $detail }
        ConvertTo-Row ($value + @{ Kind = 'Payer' })
    }

    foreach ($failure in $failures) {
        $target = $failure.TargetObject
        $seen[$target.Bucket] = $true
        $status = if ($failure.CategoryInfo.Category -eq 'ObjectNotFound') { 'Missing' } else { 'Failed' }
        $row = $wanted[$target.Bucket]
        ConvertTo-Row @{ Status = $status; Kind = 'Payer'; At = $target; Wanted = $row; Failure = $failure }
    }

    foreach ($row in $payers | Where-Object { -not $seen.ContainsKey($_.Bucket) }) {
        ConvertTo-Row @{ Status = 'Missing'; Kind = 'Payer'; At = $row; Wanted = $row; Detail = 'not in the account' }
    }

    if ($WholeAccount) {
        $holders = @($found) + @($failures | ForEach-Object TargetObject)
    }
}

if ($limitRows) {
    # The first row of each bucket and of each resource pool.
    $names = @{}
    $first = @($limitRows | Where-Object {
            $name = "$(Get-Property $_ 'Bucket')/$(Get-Property $_ 'ResourcePool')"
            -not $names.ContainsKey($name)
            $names[$name] = $true
        })
    if (-not $WholeAccount) {
        $holders = @($first | Where-Object { Get-Property $_ 'Bucket' })
    }

    $failures = @()
    $found = @(
        $holders | Select-Object Bucket, Region | Get-OssRequesterQoSInfo @quiet
        $first | Where-Object { Get-Property $_ 'ResourcePool' } | Select-Object ResourcePool, Region |
            Get-OssRequesterQoSInfo @quiet
    )

    function Get-Key($Item) {
        "$(Get-Property $Item 'Bucket')/$(Get-Property $Item 'ResourcePool')/$(Get-Property $Item 'Requester')"
    }

    $wanted = @{}
    foreach ($row in $limitRows) {
        $wanted[(Get-Key $row)] = $row
    }

    $seen = @{}
    foreach ($info in $found) {
        $key = Get-Key $info
        $seen[$key] = $true
        $row = $wanted[$key]
        if (-not $row -or (Get-Property $row 'Absent')) {
            $status, $detail = 'Unlisted', "not in the desired state: $(Format-AllLimit $info)"
        } else {
            $detail = @(Get-Difference $info $row) -join ', '
            $status = if ($detail) { 'Drift' } else { 'AsDesired' }
        }
        ConvertTo-Row @{ Status = $status; Kind = 'Limits'; At = $info; Current = $info; Wanted = $row; Detail = $detail }
    }

    # The failure of a bucket is one of each of its requesters in the desired state.
    foreach ($failure in $failures) {
        $target = $failure.TargetObject
        $status = if ($failure.CategoryInfo.Category -eq 'ObjectNotFound') { 'Missing' } else { 'Failed' }
        $own = @($limitRows | Where-Object { (Get-Key $_).StartsWith((Get-Key $target), 'Ordinal') })
        foreach ($row in $own) {
            $seen[(Get-Key $row)] = $true
            ConvertTo-Row @{ Status = $status; Kind = 'Limits'; At = $row; Wanted = $row; Failure = $failure }
        }
        if (-not $own) {
            ConvertTo-Row @{ Status = $status; Kind = 'Limits'; At = $target; Failure = $failure }
        }
    }

    foreach ($row in $limitRows) {
        if (-not $seen.ContainsKey((Get-Key $row))) {
            $status, $detail = if (Get-Property $row 'Absent') { 'AsDesired', '' } else {
                'Missing', "has no limits, not $(Format-AllLimit $row)"
            }
            ConvertTo-Row @{ Status = $status; Kind = 'Limits'; At = $row; Wanted = $row; Detail = $detail }
        }
    }
}
