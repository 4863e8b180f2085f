# Starts the emulator for a Pester file, and calls its control endpoint.

Set-StrictMode -Version 2.0
Import-Module (Join-Path $PSScriptRoot 'Shell.psm1'), (Join-Path $PSScriptRoot 'SharedShell.psm1')

$sources = 0
$credentials = 'OSS_ACCESS_KEY_ID', 'OSS_ACCESS_KEY_SECRET', 'OSS_SESSION_TOKEN',
    'ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN',
    'ALIBABA_CLOUD_ROLE_ARN', 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
    'ALIBABA_CLOUD_ROLE_SESSION_NAME', 'ALIBABA_CLOUD_STS_REGION', 'ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED',
    'ALIBABA_CLOUD_ECS_METADATA', 'ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'ALIBABA_CLOUD_IMDSV1_DISABLED',
    'ALIBABA_CLOUD_CREDENTIALS_URI'
$proxies = 'http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'
$manifest = & (Join-Path $PSScriptRoot 'TestedModule.ps1')

# One connection for all control calls. Invoke-RestMethod makes a new one for each, and takes five times as long.
Add-Type -AssemblyName System.Net.Http
$withoutProxy = [System.Net.Http.HttpClientHandler]::new()
$withoutProxy.UseProxy = $false
$client = [System.Net.Http.HttpClient]::new($withoutProxy)
$client.Timeout = [System.Threading.Timeout]::InfiniteTimeSpan

function Start-Emulator {
    <# Starts an emulator that ends with this process, and points the environment at it until Stop-Emulator. #>
    $configuration = if ($env:OSSPAYMENT_CONFIGURATION) { $env:OSSPAYMENT_CONFIGURATION } else { 'Debug' }
    $assembly = Join-Path $PSScriptRoot "../Emulator/bin/$configuration/net10.0/OssPayment.Emulator.dll"

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', "`"$assembly`" --json")
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false

    $script:environment = foreach ($name in $proxies + $credentials + 'OSS_ENDPOINT', 'OSS_REGION') {
        @{ Name = $name; Value = [Environment]::GetEnvironmentVariable($name) }
    }

    # The suite connects only to this machine, and .NET uses a proxy for loopback addresses too.
    foreach ($name in $proxies) {
        [Environment]::SetEnvironmentVariable($name, $null)
    }

    $script:process = [System.Diagnostics.Process]::Start($start)
    $script:emulator = $script:process.StandardOutput.ReadLine() | ConvertFrom-Json

    $env:OSS_ENDPOINT = $script:emulator.httpEndpoint
    $env:OSS_REGION = 'cn-hangzhou'
    Use-EmulatorKey owner
    $script:emulator
}

function Stop-Emulator {
    <# Ends the emulator, and sets the environment back to what it was before. #>
    $script:process.StandardInput.Close()
    if (-not $script:process.WaitForExit(30000)) {
        $script:process.Kill()
    }

    foreach ($variable in $script:environment) {
        # PowerShell passes $null as an empty text, which would be another value.
        $value = if ($null -eq $variable.Value) { [NullString]::Value } else { $variable.Value }
        [Environment]::SetEnvironmentVariable($variable.Name, $value)
    }
}

function Use-EmulatorKey {
    <# Puts a key pair of the emulator's into one family of variables, and clears both families first. #>
    param([Parameter(Mandatory)][string] $Name, [ValidateSet('OSS', 'ALIBABA_CLOUD')][string] $Family = 'OSS')

    Clear-Credential
    $key = $script:emulator.keys | Where-Object name -EQ $Name
    $token = if ($Family -eq 'OSS') { 'OSS_SESSION_TOKEN' } else { 'ALIBABA_CLOUD_SECURITY_TOKEN' }
    [Environment]::SetEnvironmentVariable("${Family}_ACCESS_KEY_ID", $key.id)
    [Environment]::SetEnvironmentVariable("${Family}_ACCESS_KEY_SECRET", $key.secret)
    [Environment]::SetEnvironmentVariable($token, $key.token)
}

function Clear-Credential {
    foreach ($name in $credentials) {
        [Environment]::SetEnvironmentVariable($name, $null)
    }
}

function Use-CredentialSource {
    <#
    Names a source of temporary credentials that the emulator plays, beside what the environment names already. Each call
    is a source of its own, so that nothing is left of an earlier one.
    #>
    param([Parameter(Mandatory)][ValidateSet('Oidc', 'Uri')][string] $Name, [string] $TokenFile)

    $script:sources++
    switch ($Name) {
        Oidc {
            $env:ALIBABA_CLOUD_ROLE_ARN = $script:emulator.roleArn
            $env:ALIBABA_CLOUD_OIDC_PROVIDER_ARN = $script:emulator.oidcProviderArn
            $env:ALIBABA_CLOUD_OIDC_TOKEN_FILE = $TokenFile
        }
        Uri { $env:ALIBABA_CLOUD_CREDENTIALS_URI = "$($script:emulator.httpEndpoint)/credentials?$script:sources" }
    }
}

function Invoke-EmulatorControl {
    <# Calls the control endpoint, and emits what it returns, a list object by object. #>
    param([Parameter(Mandatory)][string] $Path, [string] $Method = 'Get', $Body)

    $request = [System.Net.Http.HttpRequestMessage]::new($Method.ToUpperInvariant(), "$($script:emulator.control)$Path")
    if ($null -ne $Body) {
        $json = ConvertTo-Json $Body -Depth 10
        $request.Content = [System.Net.Http.StringContent]::new($json, [System.Text.Encoding]::UTF8, 'application/json')
    }

    $response = $client.SendAsync($request).GetAwaiter().GetResult()
    $text = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    if (-not $response.IsSuccessStatusCode) {
        throw "The emulator responded to $Method $Path with $([int] $response.StatusCode): $text"
    }

    if ($text) {
        ConvertFrom-Json $text | ForEach-Object { $_ }
    }
}

function Reset-Emulator {
    <# Back to the seeded state: no faults, no records, and the environment as it was at the start. #>
    Invoke-EmulatorControl /reset Post | Out-Null
    $env:OSS_ENDPOINT = $script:emulator.httpEndpoint
    $env:OSS_REGION = 'cn-hangzhou'
    Use-EmulatorKey owner
}

function Get-EmulatorRequest {
    <# The received requests, oldest first. #>
    param([string] $Query = '')
    @(Invoke-EmulatorControl "/requests$Query")
}

function Set-EmulatorSetting {
    param([Parameter(Mandatory)][hashtable] $Setting)
    Invoke-EmulatorControl /settings Put $Setting | Out-Null
}

function Add-EmulatorFault {
    param([Parameter(Mandatory)][hashtable] $Fault)
    Invoke-EmulatorControl /faults Post $Fault | Out-Null
}

function New-ModuleShell {
    <#
    A shell in this process, with the module, that runs a script once it is begun. One script: PowerShell does not survive
    the stopping of several statements.
    #>
    param([Parameter(Mandatory)][string] $Script)

    [powershell]::Create().AddScript("Import-Module '$manifest'; & { $Script } @args")
}

function Invoke-ChildShell {
    <# Runs a script in a separate PowerShell with the module, and returns its output. #>
    param([Parameter(Mandatory)][string] $Script)

    Invoke-Shell -NoProfile -NonInteractive -Command "Import-Module '$manifest'; $Script"
}

function Select-Size {
    <# The amount of work of a long test: small in dotnet test, full if OSSPAYMENT_SIZE is full. #>
    param([Parameter(Mandatory)][int] $Small, [Parameter(Mandatory)][int] $Full)

    if ($env:OSSPAYMENT_SIZE -eq 'full') { $Full } else { $Small }
}

function Skip-Unless {
    <# Skips the running test with a reason if a requirement is missing. #>
    param([Parameter(Mandatory)][bool] $Condition, [Parameter(Mandatory)][string] $Reason)

    if (-not $Condition) {
        Set-ItResult -Skipped -Because $Reason
    }
}

function Skip-WithoutTrust {
    <# Skips the running test if no process can be made to trust the emulator's authority. #>
    Skip-Unless ($PSVersionTable.PSEdition -eq 'Core' -and $IsLinux) 'an environment variable names trusted authorities on Linux alone'
}

function Invoke-TrustingShell {
    <#
    Runs a script in a PowerShell that trusts the emulator's authority, and returns its output. With -Shared, in one for
    all scripts of this process.
    #>
    param([Parameter(Mandatory)][string] $Script, [switch] $Shared)

    $env:SSL_CERT_FILE = $script:emulator.authorityCertificate
    try {
        $run = if ($Shared) { { param($Text) Invoke-SharedShell $Text -Name trusting } } else { { param($Text) Invoke-ChildShell $Text } }
        & $run "`$ProgressPreference = 'SilentlyContinue'; & { $Script } *>&1 | ForEach-Object { `"`$_`" }"
    } finally {
        $env:SSL_CERT_FILE = $null
    }
}

Export-ModuleMember -Function *
