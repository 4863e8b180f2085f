#Requires -Version 7.0
<#
.SYNOPSIS
    Runs the examples of a help page whose output the page shows, and prints what they print.

.DESCRIPTION
    The examples run against the endpoint and with the credentials that the environment names, as the emulator prints
    them when it starts. Each runs statement by statement, as at the prompt, after a line with its heading. The files
    that examples write go to a temporary folder.

.PARAMETER Path
    The page, such as docs/en-US/Get-OssBucketRequestPayment.md.

.PARAMETER Control
    The emulator's control URL. Its state is reset before each example. Without it, nothing is reset.

.EXAMPLE
    ./docs/Invoke-Example.ps1 docs/en-US/Set-OssBucketRequestPayment.md -Control http://127.0.0.1:5001
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [uri] $Control
)

Set-StrictMode -Version 3.0
$PSStyle.OutputRendering = 'PlainText'
Import-Module (Join-Path $PSScriptRoot '../OssPayment.psd1')

function Invoke-Reset {
    $null = Invoke-RestMethod "${Control}reset" -Method Post
    foreach ($bucket in @{ 'b-bucket' = 'cn-hangzhou'; 'shanghai-bucket' = 'cn-shanghai' }.GetEnumerator()) {
        $body = ConvertTo-Json @{ region = $bucket.Value; payer = 'Requester' }
        $null = Invoke-RestMethod "${Control}buckets/$($bucket.Key)" -Method Put -Body $body -ContentType application/json
    }
}

function Invoke-Statement([scriptblock] $Statement) {
    # All of it is formatted at once, because the widths of a table depend on what has come when the first row is shown.
    # Terminating errors are shown as the prompt shows them.
    $printed = New-Object System.Collections.Generic.List[object]
    try {
        . $Statement 2>&1 | ForEach-Object { $printed.Add($_) }
    } catch {
        $printed.Add($_)
    }

    $printed | Out-String -Width 120 -Stream
}

$page = (Get-Content $Path -Raw) -replace '\r'
$folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()))
Push-Location $folder
try {
    foreach ($example in [regex]::Matches($page, '(?ms)^(### Example [^\n]+)\n\n```powershell\n((?:(?!^```).)*)^```\n\n```Output\n')) {
        $example.Groups[1].Value
        if ($Control) {
            Invoke-Reset
        }

        $code = [System.Management.Automation.Language.Parser]::ParseInput($example.Groups[2].Value, [ref] $null, [ref] $null)
        foreach ($statement in $code.EndBlock.Statements) {
            . Invoke-Statement ([scriptblock]::Create($statement.Extent.Text))
        }
    }
} finally {
    Pop-Location
    Remove-Item $folder -Recurse
}
