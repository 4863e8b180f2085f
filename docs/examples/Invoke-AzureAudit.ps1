#Requires -Version 5.1

<#
.SYNOPSIS
    Checks in Azure Automation who pays for buckets, without an access key.

.DESCRIPTION
    A runbook for Azure Automation, which differs from other schedulers:

    - The sandbox has no files of yours. The desired payers are in the variable OssPayers: the text of a CSV file with
      the columns Bucket and Payer, and optionally Region.
    - There is no exit code. A runbook that throws ends as Failed. Its errors and output say why.
    - There are no environment variables of yours. The script sets them.
    - The identity is the managed identity of the Automation account. Microsoft Entra ID issues a token for it, and STS
      exchanges the token for temporary credentials of a RAM role.

    In Azure: enable the system-assigned managed identity, import the module OssPayment from the gallery for the runtime
    of the runbook, and register an application whose application ID URI is the parameter Audience.

    In RAM: create an OIDC provider with the issuer https://sts.windows.net/<tenant ID>/ and the client ID Audience, and
    a role for it. Its trust policy must have the conditions oidc:iss, oidc:aud, and oidc:sub with the object ID of the
    managed identity. Grant the role oss:GetBucketRequestPayment.

.PARAMETER RoleArn
    The ARN of the RAM role.

.PARAMETER OidcProviderArn
    The ARN of the OIDC provider in RAM.

.PARAMETER Audience
    The application ID URI that the token is for.

.PARAMETER Region
    The default region of the buckets, such as cn-hangzhou.

.EXAMPLE
    ./Invoke-AzureAudit.ps1 -RoleArn acs:ram::1000000000000001:role/oss-audit `
        -OidcProviderArn acs:ram::1000000000000001:oidc-provider/azure -Audience api://oss-audit -Region cn-hangzhou
    Checks the buckets in the variable OssPayers.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $RoleArn,

    [Parameter(Mandatory)]
    [string] $OidcProviderArn,

    [Parameter(Mandatory)]
    [string] $Audience,

    [Parameter(Mandatory)]
    [string] $Region
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$tokenFile = [System.IO.Path]::GetTempFileName()
try {
    $address = "$($env:IDENTITY_ENDPOINT)?resource=$([uri]::EscapeDataString($Audience))"
    $headers = @{ 'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER; Metadata = 'True' }
    $token = Invoke-RestMethod $address -Headers $headers -UseBasicParsing
    [System.IO.File]::WriteAllText($tokenFile, $token.access_token)
    $env:ALIBABA_CLOUD_ROLE_ARN = $RoleArn
    $env:ALIBABA_CLOUD_OIDC_PROVIDER_ARN = $OidcProviderArn
    $env:ALIBABA_CLOUD_OIDC_TOKEN_FILE = $tokenFile
    $env:OSS_REGION = $Region

    $desired = @(Get-AutomationVariable -Name OssPayers | ConvertFrom-Csv)
    $wanted = @{}
    foreach ($row in $desired) {
        $wanted[$row.Bucket] = $row.Payer
    }

    # Errors about single buckets go to the error stream of the job, and the other buckets are checked.
    $payments = @($desired | Get-OssBucketRequestPayment -ErrorAction Continue -ErrorVariable failures)
    $drift = @($payments | Where-Object { $_.Payer -ne $wanted[$_.Bucket] })
    $drift | ForEach-Object { "$($_.Bucket): is $($_.Payer), not $($wanted[$_.Bucket])" }
    $summary = "Of $($desired.Count) buckets, $($drift.Count) are not as desired, " +
        "and $($failures.Count) could not be read."
    if ($drift -or $failures) {
        throw $summary
    }
    $summary
} finally {
    Remove-Item -LiteralPath $tokenFile
}
