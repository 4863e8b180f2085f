#Requires -Version 5.1

<#
.SYNOPSIS
    Sets the credentials of this session from a secret vault, and removes them again.

.DESCRIPTION
    Gets an access key with Get-Secret of the module Microsoft.PowerShell.SecretManagement, and sets it in the
    environment of this process. It is never written to a file or to the screen. Programs that are started from this
    session inherit it. -Remove, and the end of the session, remove it.

    The secret is a credential, with the ID as the user name and the secret as the password. To store it once:
    Set-Secret oss-key (Get-Credential -Message 'Access key ID and secret')

    The script needs no permissions of its own. Grant the owner of the access key those of the cmdlets that you use.

.PARAMETER Name
    The name of the secret.

.PARAMETER Vault
    The name of the vault. By default, all registered vaults are searched.

.PARAMETER Remove
    Removes the credentials from the environment.

.EXAMPLE
    ./Use-VaultKey.ps1 oss-key
    Get-OssBucketRequestPayment examplebucket
    ./Use-VaultKey.ps1 -Remove
    Uses the access key oss-key for one command.
#>
[CmdletBinding(DefaultParameterSetName = 'Set')]
param(
    [Parameter(ParameterSetName = 'Set', Mandatory, Position = 0)]
    [string] $Name,

    [Parameter(ParameterSetName = 'Set')]
    [string] $Vault,

    [Parameter(ParameterSetName = 'Remove', Mandatory)]
    [switch] $Remove
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$id, $secret = $null
if (-not $Remove) {
    $from = @{ Name = $Name }
    if ($Vault) {
        $from['Vault'] = $Vault
    }

    $key = Get-Secret @from
    if ($key -isnot [pscredential]) {
        throw "The secret '$Name' is not a credential. Store the ID as the user name and the secret as the password."
    }

    $id = $key.UserName
    $secret = $key.GetNetworkCredential().Password
}

# The token of earlier temporary credentials does not belong to this key.
[Environment]::SetEnvironmentVariable('OSS_SESSION_TOKEN', $null)
[Environment]::SetEnvironmentVariable('OSS_ACCESS_KEY_ID', $id)
[Environment]::SetEnvironmentVariable('OSS_ACCESS_KEY_SECRET', $secret)
