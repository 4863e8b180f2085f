# Searches everything that a user can see or keep for what must never be there, in every form it could have.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
    $tally = @{ Texts = 0; Searches = 0; Secrets = @{}; Kinds = @{} }
    $proxyPassword = 'Pr0xyPass+/w0rd='
    $proxyUserInfo = "proxyuser:$([uri]::EscapeDataString($proxyPassword))"
    $signatures = [System.Collections.Generic.HashSet[string]]::new()
    $written = [System.Collections.Generic.Dictionary[string, object]]::new()

    $closed = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $closed.Start()
    $closedPort = $closed.LocalEndpoint.Port
    $closed.Stop()

    # Other ways to write what was sent, as servers and gateways do.
    $forms = @{
        percent   = '[regex]::Replace([uri]::EscapeDataString($args[0]), "%..", { $args[0].Value.ToLowerInvariant() })'
        twice     = '[uri]::EscapeDataString([uri]::EscapeDataString($args[0]))'
        named     = '$args[0].Replace("+", "&plus;").Replace("/", "&sol;").Replace("=", "&equals;")'
        decimal   = '-join ($args[0].ToCharArray() | ForEach-Object { "&#{0};" -f [int]$_ })'
        reference = '-join ($args[0].ToCharArray() | ForEach-Object { "&#x{0:x};" -f [int]$_ })'
        json      = '$args[0].Replace("/", "\/")'
        unicode   = '-join ($args[0].ToCharArray() | ForEach-Object { "\u{0:x4}" -f [int]$_ })'
        hex       = '[BitConverter]::ToString([System.Text.Encoding]::ASCII.GetBytes($args[0])).Replace("-", "").ToLowerInvariant()'
        dashes    = '[BitConverter]::ToString([System.Text.Encoding]::ASCII.GetBytes($args[0]))'
        upper     = '$args[0].ToUpperInvariant()'
        lower     = '$args[0].ToLowerInvariant()'
        base64    = '[Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes($args[0]))'
        base64url = '[Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes($args[0])).Replace("+", "-").Replace("/", "_").TrimEnd("=")'
        part      = '($args[0] -split " " | ForEach-Object { $_.Substring(0, $_.Length - 1) }) -join " "'
    }

    # A server that says what it was sent, at the place, or in the form, that the bucket's name stands for.
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $echo = [powershell]::Create().AddScript({
            param($listener, $signatures, $forms)
            while ($true) {
                try { $client = $listener.AcceptTcpClient() } catch { return }
                $client.ReceiveTimeout = 10000
                $stream = $client.GetStream()
                $reader = [System.IO.StreamReader]::new($stream)
                $head = @(while ($line = $reader.ReadLine()) { $line })
                $signature = "$($head -match '^Authorization')" -replace '.*Signature='
                $null = $signatures.Add($signature)
                $token = "$($head -match '^x-oss-security-token')" -replace '.*: '
                $said = "$signature $token"
                $body = ''
                $status = 'HTTP/1.1 403 Forbidden'
                $headers = @('x-oss-request-id: 1')
                switch -Regex ($head[0]) {
                    'echo-field-(\w+)' {
                        $field = 'Message', 'HostId', 'RequestId', 'EC', 'RecommendDoc', 'Endpoint' | Where-Object { $_ -eq $Matches[1] }
                        $body = "<Error><Code>Odd</Code><$field>$said</$field></Error>"
                        break
                    }
                    'echo-in-(\w+)' {
                        $dressed = & ([scriptblock]::Create($forms[$Matches[1]])) $said
                        $body = "<Error><Code>Odd</Code><Message>It was $([System.Security.SecurityElement]::Escape($dressed)).</Message></Error>"
                        break
                    }
                    'echo-code' { $body = "<Error><Code>$said</Code></Error>"; break }
                    'echo-id' { $headers = @("x-oss-request-id: $said", "x-oss-ec: $said"); break }
                    'echo-body' { $status = 'HTTP/1.1 200 OK'; $body = "<RequestPaymentConfiguration><Payer>$said</Payer></RequestPaymentConfiguration>"; break }
                    'echo-root' { $status = 'HTTP/1.1 200 OK'; $body = "<x$signature/>"; break }
                    'echo-xml' { $status = 'HTTP/1.1 200 OK'; $body = "<x></$($token -replace '[^a-zA-Z]')$signature>"; break }
                    'echo-reason' { $status = "HTTP/1.1 403 $said"; break }
                    'echo-status' { $status = $said; break }
                    'echo-header' { $headers = @($said); break }
                    'echo-location' { $status = 'HTTP/1.1 301 Moved'; $headers = @("Location: http://127.0.0.1/$said"); break }
                    'echo-chunk' { $headers = @('Transfer-Encoding: chunked'); $body = "$said`r`n"; break }
                }

                if ("$headers" -notmatch 'chunked') { $headers += "Content-Length: $($body.Length)" }
                $bytes = [System.Text.Encoding]::ASCII.GetBytes((@($status) + $headers + '', $body) -join "`r`n")
                $stream.Write($bytes, 0, $bytes.Length)
                $client.Close()
            }
        }).AddArgument($listener).AddArgument($signatures).AddArgument($forms)
    $echoing = $echo.BeginInvoke()
    $echoEndpoint = "http://$($listener.LocalEndpoint)"

    function Get-SigningKey([string] $Secret, [string] $Region = 'cn-hangzhou') {
        $key = [System.Text.Encoding]::UTF8.GetBytes("aliyun_v4$Secret")
        foreach ($part in [DateTime]::UtcNow.ToString('yyyyMMdd'), $Region, 'oss', 'aliyun_v4_request') {
            $key = [System.Security.Cryptography.HMACSHA256]::new($key).ComputeHash([System.Text.Encoding]::UTF8.GetBytes($part))
        }

        , $key
    }

    function Get-Form([byte[]] $Bytes, [string] $Text) {
        <# Every way in which a secret could be written. #>
        if ($Text) {
            $Text
            $encoded = [uri]::EscapeDataString($Text)
            $encoded
            [regex]::Replace($encoded, '%..', { $args[0].Value.ToLowerInvariant() })
            [System.Security.SecurityElement]::Escape($Text)
            $Text.ToUpperInvariant(), $Text.ToLowerInvariant()
            $Text.Substring(0, $Text.Length - 1)
            foreach ($name in 'named', 'decimal', 'reference', 'json', 'unicode') {
                & ([scriptblock]::Create($forms[$name])) $Text
            }
        }

        $hex = [BitConverter]::ToString($Bytes)
        $hex, $hex.Replace('-', ''), $hex.Replace('-', ' '), $hex.Replace('-', '').ToLowerInvariant()

        # In base64 it looks different at each of three places, but for its ends.
        foreach ($shift in 0, 1, 2) {
            $base64 = [Convert]::ToBase64String((@([byte]0) * $shift) + $Bytes).TrimEnd('=')
            $middle = $base64.Substring(4 * [Math]::Min($shift, 1), $base64.Length - 4 * [Math]::Min($shift, 1) - 2)
            $middle
            [uri]::EscapeDataString($middle)
            $middle.Replace('+', '-').Replace('/', '_')
        }
    }

    function Get-Secret {
        <# What must not be seen: names, and forms. #>
        $texts = [ordered]@{ secret = $env:OSS_ACCESS_KEY_SECRET; token = $env:OSS_SESSION_TOKEN; 'proxy password' = $proxyPassword }
        Get-EmulatorRequest | ForEach-Object headers | Where-Object name -EQ Authorization | ForEach-Object { $null = $signatures.Add(($_.value -replace '.*Signature=')) }
        Invoke-EmulatorControl /keys | ForEach-Object { $_ } | Where-Object name -Like 'issued-*' | ForEach-Object {
            $texts["secret of $($_.name)"] = $_.secret
            $texts["token of $($_.name)"] = $_.token
        }
        Get-EmulatorRequest | ForEach-Object headers | Where-Object name -EQ X-aliyun-ecs-metadata-token | ForEach-Object { $texts["metadata $($_.value)"] = $_.value }
        if ($env:ALIBABA_CLOUD_OIDC_TOKEN_FILE) { $texts['OIDC token'] = (Get-Content $env:ALIBABA_CLOUD_OIDC_TOKEN_FILE -Raw).Trim() }
        if ($env:ALIBABA_CLOUD_CREDENTIALS_URI) { $texts['query of the URI'] = ([uri]$env:ALIBABA_CLOUD_CREDENTIALS_URI).Query.TrimStart('?') }
        $i = 0
        foreach ($signature in @($signatures)) {
            $texts["signature $((++$i))"] = $signature
        }

        foreach ($name in $texts.Keys) {
            if ($texts[$name]) {
                if (-not $written.ContainsKey($texts[$name])) {
                    $written[$texts[$name]] = @(Get-Form ([System.Text.Encoding]::UTF8.GetBytes($texts[$name])) $texts[$name] | Select-Object -Unique)
                }

                @{ Name = $name; Forms = $written[$texts[$name]] }
            }
        }

        @{ Name = 'signing key'; Forms = @(Get-Form (Get-SigningKey $env:OSS_ACCESS_KEY_SECRET)) }
    }

    function Assert-NoSecret {
        <# Looks for every form of every secret in every text. #>
        param([System.Collections.IDictionary] $Seen)

        $secrets = @(Get-Secret)
        $found = foreach ($kind in $Seen.Keys) {
            $text = "$($Seen[$kind])"
            $tally.Texts++
            $tally.Kinds[$kind] = $true
            # Windows wrap, and lines end, where they like.
            foreach ($version in $text, ($text -replace '\s')) {
                foreach ($secret in $secrets) {
                    $tally.Secrets[$secret.Name -replace ' \d+| of issued-\d+|(?<=metadata) .*'] = $true
                    foreach ($form in $secret.Forms) {
                        $tally.Searches++
                        if ($version.Contains($form)) { "$($secret.Name) in $kind" }
                    }
                }
            }
        }
        $found | Select-Object -Unique | Should -BeNullOrEmpty
    }

    function Get-Kept($Record) {
        <# All that an error record can be made to tell. #>
        $seen = [ordered]@{
            'error message' = "$Record"
            'error view' = $Record | Out-String -Width 4096
            'Format-List' = $Record | Format-List * -Force | Out-String -Width 4096
            'exception' = $Record.Exception | Format-List * -Force | Out-String -Width 4096
            'ToString()' = "$($Record.Exception)"
            'CategoryInfo' = "$($Record.CategoryInfo) $($Record.FullyQualifiedErrorId)"
            'TargetObject' = $Record.TargetObject | ConvertTo-Json -Depth 5
            # But for what only describes PowerShell itself: at that depth it is gigabytes.
            'depth 10' = @(
                $Record.psobject.Properties | Where-Object Name -NotIn 'Exception', 'InvocationInfo' | ForEach-Object { $_.Value }
                $Record.InvocationInfo.psobject.Properties | Where-Object Name -NE 'MyCommand' | ForEach-Object { $_.Value }
                for ($e = $Record.Exception; $e; $e = $e.InnerException) {
                    $e.psobject.Properties | Where-Object Name -NotIn 'TargetSite', 'InnerException' | ForEach-Object { $_.Value }
                }
            ) | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 10) } | Out-String -Width 100000
            'depth 4' = [System.Management.Automation.PSSerializer]::Serialize($Record, 4)
        }
        if (Get-Command Get-Error -ErrorAction Ignore) {
            $seen['Get-Error'] = Get-Error -InputObject $Record | Out-String -Width 4096
        }

        $seen
    }

    function Watch-Script([scriptblock] $Script) {
        <# Runs a script with all streams on, and looks at all of them, at $Error and at what is kept of both. #>
        $Error.Clear()
        $ErrorActionPreference = 'Continue'
        $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
        $all = @(& $Script *>&1)
        $VerbosePreference = $DebugPreference = 'SilentlyContinue'
        $types = [ordered]@{ Error = 'ErrorRecord'; Warning = 'WarningRecord'; Verbose = 'VerboseRecord'; Debug = 'DebugRecord'; Information = 'InformationRecord' }
        $seen = [ordered]@{}
        foreach ($stream in $types.Keys) {
            $seen["the stream $stream"] = $all | Where-Object { $_.GetType().Name -eq $types[$stream] } | Out-String -Width 100000
        }

        $output = @($all | Where-Object { $_.GetType().Name -notin $types.Values })
        $seen['the stream Output'] = $output | Format-List * -Force | Out-String -Width 100000
        $seen['Export-Csv'] = $output | ConvertTo-Csv | Out-String -Width 100000
        $seen['ConvertTo-Json'] = $output | ConvertTo-Json -Depth 10
        $file = Join-Path $TestDrive kept.xml
        $output | Export-Clixml $file -Depth 10
        $seen['Export-Clixml of the output'] = Get-Content $file -Raw
        @($Error) | Export-Clixml $file -Depth 3
        $seen['Export-Clixml of $Error'] = Get-Content $file -Raw
        Assert-NoSecret $seen
        foreach ($record in @($Error | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })) {
            Assert-NoSecret (Get-Kept $record)
        }
    }

    function Invoke-Watched([string] $Script, [hashtable] $Variables = @{}) {
        <# Runs a script in a PowerShell of its own, and gives back all that it printed. #>
        $before = @{}
        foreach ($name in $Variables.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $Variables[$name])
        }

        try {
            Invoke-ChildShell $Script 2>&1 | Out-String -Width 100000
        } finally {
            foreach ($name in $before.Keys) {
                [Environment]::SetEnvironmentVariable($name, $before[$name])
            }
        }
    }
}

AfterAll {
    $listener.Stop()
    $echo.Dispose()
    Stop-Emulator
    Write-Host ('Secrets: {0} texts of {1} kinds swept for {2} secrets ({3} signatures), {4} searches' -f
        $tally.Texts, $tally.Kinds.Count, $tally.Secrets.Count, $signatures.Count, $tally.Searches)
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
                { Assert-NoSecret @{ 'a text' = "before${form}after" } } | Should -Throw
            }
        }

        $bytes = [System.Text.Encoding]::UTF8.GetBytes("Bearer x$env:OSS_SESSION_TOKEN and more")
        { Assert-NoSecret @{ 'a text' = [Convert]::ToBase64String($bytes) } } | Should -Throw
    }
}

Describe 'No secret is seen' {
    BeforeEach {
        Reset-Emulator
        Use-EmulatorKey temporary
    }

    It 'where all is well' {
        Watch-Script {
            Set-OssBucketRequestPayment a-bucket, b-bucket Requester -PassThru -Confirm:$false
            Get-OssBucketRequestPayment a-bucket, b-bucket
            Get-OssBucketRequestPayment '*-bucket'
            Get-OssRequesterQoSInfo examplebucket 300100, 300200
            Set-OssRequesterQoSInfo examplebucket 300100 -TotalUploadBandwidth 20 -PassThru -Confirm:$false
            Remove-OssRequesterQoSInfo examplebucket 300200 -Confirm:$false
            Get-OssRequesterQoSInfo -ResourcePool example-pool
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

    It 'in ordinary failures' {
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

    It 'where OSS says back what it was sent: SignatureDoesNotMatch' {
        $env:OSS_ACCESS_KEY_SECRET = 'Wr0ng+Secret/NotReal='
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
            try { Set-OssBucketRequestPayment a-bucket Requester -Confirm:$false } catch { "$_" }
            try { Get-OssRequesterQoSInfo examplebucket 300100 } catch { "$_" }
        }

        @($Error).FullyQualifiedErrorId | Should -BeLike 'SignatureDoesNotMatch,*'
    }

    It 'where OSS says back what it was sent: InvalidSecurityToken' {
        $env:OSS_SESSION_TOKEN = 'Wr0ng+Token/NotReal='
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
            try { Set-OssBucketRequestPayment a-bucket Requester -Confirm:$false } catch { "$_" }
            try { Get-OssRequesterQoSInfo examplebucket 300100 } catch { "$_" }
        }

        @($Error).FullyQualifiedErrorId | Should -BeLike 'InvalidSecurityToken,*'
    }

    It 'where OSS says back what it was sent: SecurityTokenExpired' {
        Use-EmulatorKey expired
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
            try { Set-OssBucketRequestPayment a-bucket Requester -Confirm:$false } catch { "$_" }
            try { Get-OssRequesterQoSInfo examplebucket 300100 } catch { "$_" }
        }

        @($Error).FullyQualifiedErrorId | Should -BeLike 'SecurityTokenExpired,*'
    }

    It 'where the other side says back what it was sent, in <_>' -ForEach @(
        'field-Message', 'field-HostId', 'field-RequestId', 'field-EC', 'field-RecommendDoc', 'field-Endpoint'
        'code', 'id', 'body', 'root', 'xml', 'reason', 'status', 'header', 'location', 'chunk'
    ) {
        # Short enough to be shown whole where what is shown is cut.
        $env:OSS_SESSION_TOKEN = 'CAIS+T0ken/NotReal='
        $before = $signatures.Count
        Watch-Script { Get-OssBucketRequestPayment "echo-$_".ToLowerInvariant() -Endpoint $echoEndpoint -MaximumRetryCount 0 -TimeoutSec 10 }
        $signatures.Count | Should -BeGreaterThan $before
        $Error | Should -HaveCount 1
    }

    It 'where the other side says back what it was sent, as <_>' -ForEach @(
        'percent', 'twice', 'named', 'decimal', 'reference', 'json', 'unicode', 'hex', 'dashes', 'upper', 'lower', 'base64', 'base64url', 'part'
    ) {
        $env:OSS_SESSION_TOKEN = 'CAIS+T0ken/NotReal='
        Watch-Script { Get-OssBucketRequestPayment "echo-in-$_" -Endpoint $echoEndpoint -MaximumRetryCount 0 -TimeoutSec 10 }
        $Error | Should -HaveCount 1
        $Error[0].Exception.Message | Should -BeLike 'It was *[*][*][*]*'
    }

    It 'in the environment''s own mistakes' {
        Watch-Script {
            $env:OSS_SESSION_TOKEN += "`n"
            try { Get-OssBucketRequestPayment a-bucket } catch { "$_" }
        }
        $env:OSS_SESSION_TOKEN = $env:OSS_SESSION_TOKEN.Trim()
    }

    It 'where a proxy <Name>' -ForEach @(
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

    It 'where a proxy''s URL is none: <_>' -ForEach '127.0.0.1:99999', '[x' {
        $proxy = "http://$proxyUserInfo@$_"
        Watch-Script {
            try { Get-OssBucketRequestPayment a-bucket -Proxy $proxy } catch { "$_" }
        }
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'InvalidProxy,*'
    }

    It 'where a proxy takes the password' {
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'proxyuser'; password = $proxyPassword } }
        $proxy = "http://$proxyUserInfo@127.0.0.1:$(([uri]$emulator.proxy).Port)"
        Watch-Script { Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $proxy }
        $Error | Should -BeNullOrEmpty
    }

    It 'where a proxy is given -ProxyCredential, and <Name>' -ForEach @(
        @{ Name = 'takes it'; Password = 'Pr0xyPass+/w0rd='; Errors = 0 }
        @{ Name = 'wants another'; Password = 'another'; Errors = 2 }
    ) {
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'proxyuser'; password = $Password } }
        $login = [pscredential]::new('proxyuser', [System.Net.NetworkCredential]::new('', $proxyPassword).SecurePassword)
        Watch-Script {
            Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ProxyCredential $login -RetryIntervalSec 0
            Set-OssBucketRequestPayment a-bucket Requester -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ProxyCredential $login -RetryIntervalSec 0 -Confirm:$false
        }
        $Error | Should -HaveCount $Errors
    }

    It 'where a proxy echoes -ProxyCredential' {
        $login = [pscredential]::new('proxyuser', [System.Net.NetworkCredential]::new('', $proxyPassword).SecurePassword)
        $echoed = "proxyuser:$proxyPassword $proxyPassword $([Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("proxyuser:$proxyPassword")))"
        Add-EmulatorFault @{ action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied'; message = "You sent $echoed" } }
        Watch-Script {
            Get-OssBucketRequestPayment a-bucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -ProxyCredential $login -RetryIntervalSec 0
        }
        $Error[0].ErrorDetails.Message | Should -Match 'You sent \*\*\* \*\*\* \*\*\*'
    }

    It 'where the environment''s proxy <Name>' -ForEach @(
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

Describe 'No secret of a source of temporary credentials is seen' {
    BeforeEach {
        Reset-Emulator
        Clear-Credential
        $env:OSS_REGION = 'cn-hangzhou'
    }

    AfterAll {
        Clear-Credential
    }

    It 'where all is well, and after a rotation: Uri' {
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

    It 'where it says back what it was sent, or a part of what it gives: Uri' {
        Use-CredentialSource Uri
        $env:ALIBABA_CLOUD_CREDENTIALS_URI += '-HiddenQuery0123456789'
        $query = ([uri]$env:ALIBABA_CLOUD_CREDENTIALS_URI).Query
        Get-OssBucketRequestPayment a-bucket | Out-Null
        $issued = Invoke-EmulatorControl /keys | ForEach-Object { $_ } | Where-Object name -Like 'issued-*' | Select-Object -Last 1
        foreach ($text in @(
                @{ Code = "Bad$query"; Message = "You sent $query and $([uri]::EscapeDataString($query))." }
                @{ Code = 'Success'; AccessKeyId = 'STS.x'; AccessKeySecret = $issued.secret; SecurityToken = "$($issued.token)`r`nx" }
                @{ Code = 'Success'; AccessKeyId = 'STS.x'; AccessKeySecret = $issued.secret; SecurityToken = $issued.token; Expiration = '2020-01-01T00:00:00Z' })) {
            Invoke-EmulatorControl /faults Delete | Out-Null
            Add-EmulatorFault @{ operation = 'GetUriCredentials'; action = @{ kind = 'replace'; text = (ConvertTo-Json $text) } }
            $env:ALIBABA_CLOUD_CREDENTIALS_URI += '0'
            Watch-Script { try { Get-OssBucketRequestPayment a-bucket } catch { Write-Error -ErrorRecord $_ -ErrorAction Continue } }
            "$($Error[0])" | Should -BeLike '*There are no credentials from*'
        }
    }

    It 'where STS says back the token, and where all is well: Oidc' {
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

    It '<Command> warns once in a call' -ForEach @(
        @{ Command = 'Get-OssBucketRequestPayment'; Asked = @{} }
        @{ Command = 'Set-OssBucketRequestPayment'; Asked = @{ Payer = 'Requester' } }
        @{ Command = 'Get-OssRequesterQoSInfo'; Asked = @{ Requester = '300100' } }
    ) {
        foreach ($call in 1, 2) {
            'a-bucket', 'b-bucket', 'examplebucket' |
                & $Command @Asked -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike '*http://oss-cn-hangzhou.aliyuncs.com*plain http*'
        }
    }

    It 'is no matter at <_>' -ForEach 'the address', 'localhost', 'https' {
        $endpoint = @{ 'the address' = $emulator.httpEndpoint; localhost = $emulator.httpEndpoint -replace '127.0.0.1', 'localhost'; https = $emulator.httpsEndpoint }[$_]
        Get-OssBucketRequestPayment a-bucket -Endpoint $endpoint -MaximumRetryCount 0 -WarningVariable warnings -ErrorAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}
