#Requires -Version 7.4
<#
.SYNOPSIS
    Visits buckets, each with its own host over TLS, twice, and measures descriptors and memory: as JSON.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [uri] $Proxy,
    [Parameter(Mandatory)] [string] $RequestFile,
    [Parameter(Mandatory)] [string] $How,
    [Parameter(Mandatory)] [int] $Count
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Add-Type -Path (Join-Path $PSScriptRoot OssPayment.Benchmarks.dll)

function Get-Descriptor {
    <# The number of open descriptors of this process; 0 on systems without /proc. #>
    if ($IsLinux) { [System.IO.Directory]::GetFiles('/proc/self/fd').Count } else { 0 }
}

$requests = [OssPayment.Benchmarks.SignedRequest]::Read($RequestFile)
$names = $requests[0..($Count - 1)].Bucket
[GC]::Collect()
$memory = [Environment]::WorkingSet
$before = $script:peak = Get-Descriptor
$script:seen = 0
function Add-Result {
    process {
        if ($script:seen++ % 20 -eq 0) {
            $script:peak = [Math]::Max($script:peak, (Get-Descriptor))
        }
    }
}

switch ($How) {
    'two rounds' {
        $names | Get-OssBucketRequestPayment -Proxy $Proxy | Add-Result
        $names | Get-OssBucketRequestPayment -Proxy $Proxy | Add-Result
    }
    'one pipeline of Get, Where-Object and Set' {
        $names | Get-OssBucketRequestPayment -Proxy $Proxy | Where-Object Payer -EQ Requester |
            Set-OssBucketRequestPayment -Payer BucketOwner -PassThru -Proxy $Proxy | Add-Result
        $script:seen *= 2
    }
    'two rounds of a bare HttpClient' {
        [OssPayment.Benchmarks.BareClient]::Send($requests, $Count, 16, $Proxy)
        [OssPayment.Benchmarks.BareClient]::Send($requests, $Count, 16, $Proxy)
        $script:seen = 2 * $Count
    }
}

if ($script:seen -ne 2 * $Count) {
    throw "$script:seen of $(2 * $Count) were seen."
}

[GC]::Collect()
@{ Before = $before; Peak = $script:peak; Memory = [Environment]::WorkingSet - $memory } | ConvertTo-Json -Compress
