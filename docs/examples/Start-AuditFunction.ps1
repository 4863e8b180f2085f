#Requires -Version 5.1

<#
.SYNOPSIS
    Runs the audit as a function of Function Compute, with the RAM role of the function.

.DESCRIPTION
    The HTTP server of a function with a custom container. Function Compute sends POST /invoke, for example at the times
    of a timer trigger, with the temporary credentials of the function's role in the request headers. The script sets
    them for one run of Invoke-OssAudit.ps1 and removes them afterwards. No access key is stored.

    The response has the output of the audit. If something is not as desired or could not be read, the header
    x-fc-status is 404, which is how a function reports a failure, so that an alert on failed invocations works. The
    files of the report are lost with the instance.

    Build the image from a folder with this script, Invoke-OssAudit.ps1, Compare-DesiredState.ps1, Read-DesiredState.ps1
    and your payers.csv and limits.csv:

        FROM mcr.microsoft.com/dotnet/sdk:10.0
        RUN pwsh -Command Install-PSResource OssPayment -TrustRepository -Scope AllUsers
        COPY . /audit
        CMD ["pwsh", "-NoProfile", "-NonInteractive", "-File", "/audit/Start-AuditFunction.ps1"]

    Create an event function with this image, the port 9000 and one concurrent request for each instance. The trust
    policy of its role must allow fc.aliyuncs.com to assume it. Grant the role oss:ListBuckets,
    oss:GetBucketRequestPayment and, for limits, oss:ListBucketRequesterQoSInfo and oss:ListBucketRequesterQoSInfos.

.PARAMETER Port
    The port of the server. The default is 9000, which is the default of Function Compute.

.EXAMPLE
    ./Start-AuditFunction.ps1
    Serves until it is stopped.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 65535)]
    [int] $Port = 9000
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$headers = @{
    'x-fc-access-key-id' = 'OSS_ACCESS_KEY_ID'
    'x-fc-access-key-secret' = 'OSS_ACCESS_KEY_SECRET'
    'x-fc-security-token' = 'OSS_SESSION_TOKEN'
}
$report = Join-Path ([System.IO.Path]::GetTempPath()) 'oss-audit'

$listener = New-Object System.Net.HttpListener
$listener.Prefixes.Add("http://*:$Port/")
$listener.Start()
try {
    while ($true) {
        $context = $listener.GetContext()
        $request, $response = $context.Request, $context.Response
        try {
            $isInvoke = $request.HttpMethod -eq 'POST' -and $request.Url.AbsolutePath -eq '/invoke'
            $status, $text = 404, 'Use POST /invoke.'
            if ($isInvoke) {
                foreach ($header in $headers.GetEnumerator()) {
                    [Environment]::SetEnvironmentVariable($header.Value, $request.Headers[$header.Key])
                }
                if (-not $env:OSS_REGION) {
                    $env:OSS_REGION = $request.Headers['x-fc-region']
                }

                $text = & (Join-Path $PSScriptRoot 'Invoke-OssAudit.ps1') -OutputPath $report *>&1 | Out-String -Width 200
                $status = if ($LASTEXITCODE -eq 0) { 200 } else { 404 }

                # The standard output is the log of the function.
                $text
            }

            $response.StatusCode = $status
            $response.Headers['x-fc-status'] = "$status"
            $response.ContentType = 'text/plain; charset=utf-8'
            $bytes = [System.Text.Encoding]::UTF8.GetBytes($text)
            $response.Close($bytes, $false)
        } catch {
            # For example, the caller has gone. The next one is served.
            Write-Warning "$_"
        } finally {
            foreach ($variable in $headers.Values) {
                [Environment]::SetEnvironmentVariable($variable, $null)
            }
        }
    }
} finally {
    $listener.Close()
}
