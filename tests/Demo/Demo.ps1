# What a user would type, each line shown before it is run.
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../../OssPayment.psd1')

@"
The owner of a bucket pays for the requests to it and for the traffic out of it.
With pay-by-requester, the requesters pay, and the owner pays only for storage.
Requester QoS limits how much bandwidth each requester may use.

An OSS emulator simulates an account at $env:OSS_ENDPOINT
"@

$steps = [ordered]@{
    'Who pays, for each bucket of the account' = 'Get-OssBucketRequestPayment'
    'What a change of all buckets that match a pattern would do' =
        "Get-OssBucketRequestPayment '?-bucket' | Set-OssBucketRequestPayment -Payer Requester -WhatIf"
    'A change' = 'Set-OssBucketRequestPayment examplebucket Requester -PassThru'
    'How much bandwidth each requester may use' = 'Get-OssRequesterQoSInfo examplebucket'
    'One bucket fails, and the others are read' = 'Get-OssBucketRequestPayment a-bucket, missing, c-bucket -ErrorAction Continue'
}
foreach ($step in $steps.GetEnumerator()) {
    ''
    "# $($step.Key)"
    "PS> $($step.Value)"
    & ([scriptblock]::Create($step.Value)) 2>&1 | Out-String | ForEach-Object Trim
}

if ((Get-OssBucketRequestPayment examplebucket).Payer -ne 'Requester') {
    throw 'The bucket was not set.'
}
