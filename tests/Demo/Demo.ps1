# What a user would type, each line shown before it is run.
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../../OssPayment.psd1')

$lines = @(
    'Get-OssBucketRequestPayment examplebucket'
    'Set-OssBucketRequestPayment examplebucket Requester -PassThru'
    '(Get-OssBucketRequestPayment examplebucket).Payer'
    'Get-OssRequesterQoSInfo examplebucket 300100'
    'Get-OssBucketRequestPayment a-bucket, b-bucket, missing, c-bucket -ErrorAction Continue'
)

"An OSS emulator at $env:OSS_ENDPOINT"
foreach ($line in $lines) {
    ''
    "PS> $line"
    & ([scriptblock]::Create($line)) 2>&1 | Out-String | ForEach-Object Trim
}

if ((Get-OssBucketRequestPayment examplebucket).Payer -ne 'Requester') {
    throw 'The bucket was not set.'
}
