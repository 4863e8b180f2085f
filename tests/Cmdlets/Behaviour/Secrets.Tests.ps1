# Runs in full: it searches long texts.
# Searches everything that a user can see or keep for secrets. SecretsEchoed.Tests.ps1 has a server that echoes requests.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    Import-Module (Join-Path $PSScriptRoot '../SharedShell.psm1') -Force
    $emulator = Start-Emulator
    . (Join-Path $PSScriptRoot 'SecretSweep.ps1')
    $proxyUserInfo = "proxyuser:$proxyPassword"

    $closed = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $closed.Start()
    $closedPort = $closed.LocalEndpoint.Port
    $closed.Stop()

    function Invoke-Watched([string] $Script, [hashtable] $Variables = @{}) {
        <# Runs a script in the other PowerShell, and returns its output. #>
        $before = @{}
        foreach ($name in $Variables.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $Variables[$name])
        }

        try {
            Invoke-SharedShell $Script | Out-String -Width 100000
        } finally {
            foreach ($name in $before.Keys) {
                [Environment]::SetEnvironmentVariable($name, $before[$name])
            }
        }
    }
}

AfterAll {
    Stop-Emulator
    Write-Host (Get-SweepSummary)
}

Describe 'The sweep' {
    It 'finds every form of a secret' {
        Reset-Emulator
        Use-EmulatorKey temporary
        Get-OssBucketRequestPayment a-bucket | Out-Null
        $secrets = @(Get-Secret)
        $secrets.Name | Should -Be 'secret', 'token', 'proxy password', 'signature 1', 'signing key'
        foreach ($secret in $secrets) {
            foreach ($form in $secret.Forms) {
                { Assert-NoSecret @{ 'a text' = "before${form}after" } $secrets } | Should -Throw
            }
        }

        $bytes = [System.Text.Encoding]::UTF8.GetBytes("Bearer x$env:OSS_SESSION_TOKEN and more")
        { Assert-NoSecret @{ 'a text' = [Convert]::ToBase64String($bytes) } } | Should -Throw
    }
}

Describe 'No secret is shown' {
    BeforeEach {
        Reset-Emulator
        Use-EmulatorKey temporary
    }

    It 'in successful commands' {
        Watch-Script {
            Set-OssBucketRequestPayment a-bucket, b-bucket Requester -PassThru -Confirm:$false
            Get-OssBucketRequestPayment a-bucket, b-bucket
            Get-OssBucketRequestPayment '*-bucket'
            Get-OssRequesterQoSInfo examplebucket 300100, 300200
            Set-OssRequesterQoSInfo examplebucket 300100 -TotalUploadBandwidth 20 -PassThru -Confirm:$false
            Remove-OssRequesterQoSInfo examplebucket 300200 -Confirm:$false
            Get-OssRequesterQoSInfo -ResourcePool example-pool
            Get-OssResourcePool | Get-OssResourcePoolBucket | Get-OssBucketQoSInfo
            Set-OssBucketQoSInfo a-bucket -TotalQps 20 -PassThru -Confirm:$false
            Set-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 -TotalQps 20 -PassThru -Confirm:$false
        }
    }

    It 'with -WhatIf' {
        Watch-Script {
            Set-OssBucketRequestPayment a-bucket Requester -WhatIf
            Set-OssRequesterQoSInfo examplebucket 300100 -TotalUploadBandwidth 20 -WhatIf
            Remove-OssRequesterQoSInfo examplebucket 300100 -WhatIf
        }
    }

    It 'in common failures' {
        Add-EmulatorFault @{ bucket = 'b-bucket'; action = [ordered]@{ kind = 'cut'; where = 'BeforeHeaders'; how = 'Reset' } }
        Add-EmulatorFault @{ bucket = 'c-bucket'; action = [ordered]@{ kind = 'hang'; where = 'BeforeHeaders' } }
        Watch-Script {
            Get-OssBucketRequestPayment missing, UPPER, b-bucket, c-bucket -RetryIntervalSec 0 -TimeoutSec 1
            Set-OssBucketRequestPayment missing, UPPER, b-bucket Requester -RetryIntervalSec 0 -Confirm:$false
            Get-OssRequesterQoSInfo examplebucket nobody, '../x'
            Set-OssRequesterQoSInfo missing, b-bucket 300100 -TotalUploadBandwidth 20 -RetryIntervalSec 0 -Confirm:$false
            Remove-OssRequesterQoSInfo missing, b-bucket 300100 -RetryIntervalSec 0 -Confirm:$false
            Get-OssBucketRequestPayment a-bucket -Endpoint "http://127.0.0.1:$closedPort" -MaximumRetryCount 0
            Get-OssBucketRequestPayment a-bucket -Endpoint $emulator.httpsEndpoint -MaximumRetryCount 0
            try { Get-OssBucketRequestPayment missing -ErrorAction Stop } catch { "$_" }
        }
    }

    It 'if OSS echoes the request: SignatureDoesNotMatch' {
        $env:OSS_ACCESS_KEY_SECRET = 'Wr0ng+Secret/NotReal='
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
            try { Set-OssBucketRequestPayment a-bucket Requester -Confirm:$false } catch { "$_" }
            try { Get-OssRequesterQoSInfo examplebucket 300100 } catch { "$_" }
        }

        @($Error).FullyQualifiedErrorId | Should -BeLike 'SignatureDoesNotMatch,*'
    }

    It 'if OSS echoes the request: InvalidSecurityToken' {
        $env:OSS_SESSION_TOKEN = 'Wr0ng+Token/NotReal='
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
            try { Set-OssBucketRequestPayment a-bucket Requester -Confirm:$false } catch { "$_" }
            try { Get-OssRequesterQoSInfo examplebucket 300100 } catch { "$_" }
        }

        @($Error).FullyQualifiedErrorId | Should -BeLike 'InvalidSecurityToken,*'
    }

    It 'if OSS echoes the request: SecurityTokenExpired' {
        Use-EmulatorKey expired
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
            try { Set-OssBucketRequestPayment a-bucket Requester -Confirm:$false } catch { "$_" }
            try { Get-OssRequesterQoSInfo examplebucket 300100 } catch { "$_" }
        }

        @($Error).FullyQualifiedErrorId | Should -BeLike 'SecurityTokenExpired,*'
    }

    It 'in errors about environment variables' {
        Watch-Script {
            $env:OSS_SESSION_TOKEN += "`n"
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
        }
        $env:OSS_SESSION_TOKEN = $env:OSS_SESSION_TOKEN.Trim()
    }

    It 'if a proxy <Name>' -ForEach @(
        @{ Name = 'refuses the connection'; Scheme = 'http'; Closed = $true }
        @{ Name = 'refuses the connection to open a tunnel'; Scheme = 'https'; Closed = $true }
        @{ Name = 'wants another password'; Scheme = 'http'; Closed = $false }
        @{ Name = 'wants another password to open a tunnel'; Scheme = 'https'; Closed = $false }
    ) {
        Skip-Unless ($PSVersionTable.PSVersion.Major -ge 7) '.NET Framework does not read these variables'
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'proxyuser'; password = 'another' } }
        $port = if ($Closed) { $closedPort } else { ([uri]$emulator.proxy).Port }
        $proxy = "http://$proxyUserInfo@127.0.0.1:$port"
        Watch-Script {
            Get-OssBucketRequestPayment a-bucket -Endpoint "${Scheme}://oss-cn-hangzhou.aliyuncs.com" -Proxy $proxy -RetryIntervalSec 0
            Set-OssBucketRequestPayment a-bucket Requester -Endpoint "${Scheme}://oss-cn-hangzhou.aliyuncs.com" -Proxy $proxy -RetryIntervalSec 0 -Confirm:$false
            Get-OssRequesterQoSInfo examplebucket 300100 -Endpoint "${Scheme}://oss-cn-hangzhou.aliyuncs.com" -Proxy $proxy -RetryIntervalSec 0
        }
        $Error | Should -HaveCount 3
    }

    It 'if a proxy URL is not valid: <_>' -ForEach '127.0.0.1:99999', '[x' {
        $proxy = "http://$proxyUserInfo@$_"
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket -Proxy $proxy } catch { "$_" }
        }
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'InvalidProxy,*'
    }

    It 'if a proxy accepts the password' {
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'proxyuser'; password = $proxyPassword } }
        $proxy = "http://$proxyUserInfo@127.0.0.1:$(([uri]$emulator.proxy).Port)"
        Watch-Script { Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $proxy }
        $Error | Should -BeNullOrEmpty
    }

    It 'with -ProxyCredential, if the proxy <Name>' -ForEach @(
        @{ Name = 'takes it'; TakesIt = $true; Errors = 0 }
        @{ Name = 'wants another'; TakesIt = $false; Errors = 2 }
    ) {
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'proxyuser'; password = $(if ($TakesIt) { $proxyPassword } else { 'another' }) } }
        $login = [pscredential]::new('proxyuser', [System.Net.NetworkCredential]::new('', $proxyPassword).SecurePassword)
        Watch-Script {
            Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ProxyCredential $login -RetryIntervalSec 0
            Set-OssBucketRequestPayment a-bucket Requester -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ProxyCredential $login -RetryIntervalSec 0 -Confirm:$false
        }
        $Error | Should -HaveCount $Errors
    }

    It 'if a proxy echoes -ProxyCredential' {
        $login = [pscredential]::new('proxyuser', [System.Net.NetworkCredential]::new('', $proxyPassword).SecurePassword)
        $echoed = "proxyuser:$proxyPassword $proxyPassword $([Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("proxyuser:$proxyPassword")))"
        Add-EmulatorFault @{ action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied'; message = "You sent $echoed" } }
        Watch-Script {
            Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ProxyCredential $login -RetryIntervalSec 0
        }
        $Error[0].ErrorDetails.Message | Should -Match 'You sent \*\*\* \*\*\* \*\*\*'
    }

    It 'if the environment''s proxy <Name>' -ForEach @(
        @{ Name = 'refuses the connection'; Closed = $true }
        @{ Name = 'wants another password'; Closed = $false }
    ) {
        Skip-Unless ($PSVersionTable.PSVersion.Major -ge 7) '.NET Framework does not read these variables'
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'proxyuser'; password = 'another' } }
        $port = if ($Closed) { $closedPort } else { ([uri]$emulator.proxy).Port }
        $proxy = "http://$proxyUserInfo@127.0.0.1:$port"
        $printed = Invoke-Watched '
            Get-OssBucketRequestPayment a-bucket -Endpoint https://oss-cn-hangzhou.aliyuncs.com -RetryIntervalSec 0 -Verbose
            Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -RetryIntervalSec 0 -Verbose
            $Error | ForEach-Object { "$($_.Exception)"; $_ | Format-List * -Force; $_.FullyQualifiedErrorId }
            if (Get-Command Get-Error -ErrorAction Ignore) { Get-Error -Newest 2 }' @{ http_proxy = $proxy; https_proxy = $proxy }
        $printed | Should -Match 'RequestFailed'
        Assert-NoSecret @{ 'a child''s output' = $printed }
    }

    It 'in a transcript' {
        $file = Join-Path $TestDrive transcript.txt
        $printed = Invoke-Watched "
            Start-Transcript '$file' | Out-Null
            `$VerbosePreference = `$DebugPreference = 'Continue'
            Set-OssBucketRequestPayment a-bucket Requester -PassThru -Confirm:`$false
            Get-OssBucketRequestPayment a-bucket, missing
            `$env:OSS_ACCESS_KEY_SECRET = 'wrong'
            Get-OssRequesterQoSInfo examplebucket 300100
            `$Error | ForEach-Object { `"`$(`$_.Exception)`" }
            Stop-Transcript | Out-Null"
        $transcript = Get-Content $file -Raw
        $transcript | Should -Match 'Canonical request'
        $transcript | Should -Match 'SignatureDoesNotMatch'
        Assert-NoSecret @{ 'a transcript' = $transcript; 'a child''s output' = $printed }
    }

    It 'in a pipeline that was stopped: <_>' -ForEach 'Get-OssBucketRequestPayment', 'Set-OssBucketRequestPayment' {
        Add-EmulatorFault @{ bucket = 'b-bucket'; action = [ordered]@{ kind = 'hang'; where = 'InHeaders' } }
        $shell = [powershell]::Create()
        $more = if ($_ -like 'Set-*') { '-Payer Requester -PassThru -Confirm:$false' }
        $null = $shell.AddScript("
            `$VerbosePreference = `$DebugPreference = 'Continue'
            Import-Module '$(& (Join-Path $PSScriptRoot '../TestedModule.ps1'))'
            'a-bucket', 'b-bucket', 'c-bucket' | $_ $more")
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 600 -and (Invoke-EmulatorControl /requests/count).count -lt 3; $i++) {
            Start-Sleep -Milliseconds 50
        }

        $shell.Stop()
        $stopped = try { $shell.EndInvoke($running) } catch { "$_`n$($_.Exception)" }
        Assert-NoSecret @{
            'what a stop gives' = $stopped
            'why it stopped' = "$($shell.InvocationStateInfo.Reason)"
            'a stopped pipeline''s streams' = $shell.Streams.Error, $shell.Streams.Verbose, $shell.Streams.Debug, $shell.Streams.Warning,
            $shell.Streams.Information, $shell.Streams.Progress | ForEach-Object { $_ | Out-String -Width 100000 }
        }
        $shell.Dispose()
    }
}

Describe 'No secret of a source of temporary credentials is shown' {
    BeforeEach {
        Reset-Emulator
        Clear-Credential
        $env:OSS_REGION = 'cn-hangzhou'
    }

    AfterAll {
        Clear-Credential
    }

    It 'in successful commands, and after a rotation: Uri' {
        Use-CredentialSource Uri
        $env:ALIBABA_CLOUD_CREDENTIALS_URI += '-HiddenQuery0123456789'
        Watch-Script {
            Get-OssBucketRequestPayment a-bucket, missing -ErrorAction Continue
            Invoke-EmulatorControl /credentials/rotate Post | Out-Null
            Set-OssBucketRequestPayment a-bucket Requester -PassThru
            Add-EmulatorFault @{ bucket = 'a-bucket'; action = @{ kind = 'ossError'; status = 403; code = 'SecurityTokenExpired' } }
            try { Get-OssRequesterQoSInfo a-bucket } catch { Write-Error -ErrorRecord $_ -ErrorAction Continue }
        }
        @(Get-EmulatorRequest | Where-Object operation -Match 'Credentials$').Count | Should -Be 3 -Because 'the rotation and the refusal are a fetch each'
    }

    It 'if the source echoes the request, or a part of its credentials: Uri' {
        Use-CredentialSource Uri
        $env:ALIBABA_CLOUD_CREDENTIALS_URI += '-HiddenQuery0123456789'
        $query = ([uri]$env:ALIBABA_CLOUD_CREDENTIALS_URI).Query
        Get-OssBucketRequestPayment a-bucket | Out-Null
        $issued = Invoke-EmulatorControl /keys | Where-Object name -Like 'issued-*' | Select-Object -Last 1
        foreach ($text in @(
                @{ Code = "Bad$query"; Message = "You sent $query and $([uri]::EscapeDataString($query))." }
                @{ Code = 'Success'; AccessKeyId = 'STS.x'; AccessKeySecret = $issued.secret; SecurityToken = "$($issued.token)`r`nx" }
                @{ Code = 'Success'; AccessKeyId = 'STS.x'; AccessKeySecret = $issued.secret; SecurityToken = $issued.token; Expiration = '2020-01-01T00:00:00Z' })) {
            Invoke-EmulatorControl /faults Delete | Out-Null
            Add-EmulatorFault @{ operation = 'GetUriCredentials'; action = @{ kind = 'replace'; text = (ConvertTo-Json $text) } }
            $env:ALIBABA_CLOUD_CREDENTIALS_URI += '0'
            Watch-Script { try { Get-OssBucketRequestPayment a-bucket } catch { Write-Error -ErrorRecord $_ -ErrorAction Continue } }
            "$($Error[0])" | Should -BeLike '*Could not get credentials from*'
        }
    }

    It 'if STS echoes the token, and in successful commands: Oidc' {
        Skip-WithoutTrust
        $file = Join-Path $TestDrive oidc-token
        Set-Content $file $emulator.oidcToken
        Use-CredentialSource Oidc -TokenFile $file
        Add-EmulatorFault @{
            operation = 'AssumeRoleWithOIDC'; times = 1
            action    = @{ kind = 'replace'; status = 400; text = (ConvertTo-Json @{ Code = 'Bad'; Message = "$($emulator.oidcToken) is bad." }) }
        }
        $env:https_proxy = $emulator.proxy
        try {
            $printed = Invoke-TrustingShell '
                $VerbosePreference = $DebugPreference = "Continue"
                try { Get-OssBucketRequestPayment a-bucket } catch { $_ | Format-List * -Force | Out-String -Width 10000 }
                Get-OssBucketRequestPayment a-bucket, missing' | Out-String -Width 100000
        } finally {
            $env:https_proxy = $null
        }

        $printed | Should -Match 'with Bad: \*\*\*'
        $printed | Should -Match 'The credentials come from STS'
        Assert-NoSecret @{ 'a child''s output' = $printed }
    }
}

Describe 'Credentials over plain http' {
    BeforeEach {
        Reset-Emulator
    }

    It '<Command> warns once for each call' -ForEach @(
        @{ Command = 'Get-OssBucketRequestPayment'; Parameters = @{} }
        @{ Command = 'Set-OssBucketRequestPayment'; Parameters = @{ Payer = 'Requester' } }
        @{ Command = 'Get-OssRequesterQoSInfo'; Parameters = @{ Requester = '300100' } }
    ) {
        foreach ($call in 1, 2) {
            'a-bucket', 'b-bucket', 'examplebucket' |
                & $Command @Parameters -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike '*http://oss-cn-hangzhou.aliyuncs.com*plain HTTP*'
        }
    }

    It 'are accepted without a warning at <_>' -ForEach 'the address', 'localhost', 'https' {
        $endpoint = @{ 'the address' = $emulator.httpEndpoint; localhost = $emulator.httpEndpoint -replace '127.0.0.1', 'localhost'; https = $emulator.httpsEndpoint }[$_]
        Get-OssBucketRequestPayment a-bucket -Endpoint $endpoint -MaximumRetryCount 0 -WarningVariable warnings -ErrorAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}
