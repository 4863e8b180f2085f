# Runs in full: it searches long texts.
# Searches everything that a user can see or keep for secrets, if a server echoes requests.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
    . (Join-Path $PSScriptRoot 'SecretSweep.ps1')

    # A server that echoes the request, in the place or the form that the bucket name selects.
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
                $output = "$signature $token"
                $body = ''
                $status = 'HTTP/1.1 403 Forbidden'
                $headers = @('x-oss-request-id: 1')
                switch -Regex ($head[0]) {
                    'echo-page-(\w+)' {
                        # The next page is requested with the token.
                        $status = 'HTTP/1.1 200 OK'
                        $texts = @{ end = @{ IsTruncated = $output }; token = @{ IsTruncated = 'true'; NextContinuationToken = $token } }[$Matches[1]]
                        $elements = -join ($texts.Keys | ForEach-Object { "<$_>$($texts[$_])</$_>" })
                        $body = "<ListBucketRequesterQoSInfosResult>$elements<RequesterQoSInfo><Requester>1</Requester><QoSConfiguration/></RequesterQoSInfo></ListBucketRequesterQoSInfosResult>"
                        break
                    }
                    'echo-field-(\w+)' {
                        $field = 'Message', 'HostId', 'RequestId', 'EC', 'RecommendDoc', 'Endpoint' | Where-Object { $_ -eq $Matches[1] }
                        $body = "<Error><Code>Odd</Code><$field>$output</$field></Error>"
                        break
                    }
                    'echo-in-(\w+)' {
                        $dressed = & ([scriptblock]::Create($forms[$Matches[1]])) $output
                        $body = "<Error><Code>Odd</Code><Message>It was $([System.Security.SecurityElement]::Escape($dressed)).</Message></Error>"
                        break
                    }
                    'echo-code' { $body = "<Error><Code>$output</Code></Error>"; break }
                    'echo-id' { $headers = @("x-oss-request-id: $output", "x-oss-ec: $output"); break }
                    'echo-body' { $status = 'HTTP/1.1 200 OK'; $body = "<RequestPaymentConfiguration><Payer>$output</Payer></RequestPaymentConfiguration>"; break }
                    'echo-root' { $status = 'HTTP/1.1 200 OK'; $body = "<x$signature/>"; break }
                    'echo-xml' { $status = 'HTTP/1.1 200 OK'; $body = "<x></$($token -replace '[^a-zA-Z]')$signature>"; break }
                    'echo-reason' { $status = "HTTP/1.1 403 $output"; break }
                    'echo-status' { $status = $output; break }
                    'echo-header' { $headers = @($output); break }
                    'echo-location' { $status = 'HTTP/1.1 301 Moved'; $headers = @("Location: http://127.0.0.1/$output"); break }
                    'echo-chunk' { $headers = @('Transfer-Encoding: chunked'); $body = "$output`r`n"; break }
                }

                if ("$headers" -notmatch 'chunked') { $headers += "Content-Length: $($body.Length)" }
                $bytes = [System.Text.Encoding]::ASCII.GetBytes((@($status) + $headers + '', $body) -join "`r`n")
                $stream.Write($bytes, 0, $bytes.Length)
                $client.Close()
            }
        }).AddArgument($listener).AddArgument($signatures).AddArgument($forms)
    $echoing = $echo.BeginInvoke()
    $echoEndpoint = "http://$($listener.LocalEndpoint)"
}

AfterAll {
    $listener.Stop()
    $echo.Dispose()
    Stop-Emulator
    Write-Host (Get-SweepSummary)
}

Describe 'No secret is shown' {
    BeforeEach {
        Reset-Emulator
        Use-EmulatorKey temporary
    }

    It 'if the server echoes the request, in <_>' -ForEach @(
        'field-Message', 'field-HostId', 'field-RequestId', 'field-EC', 'field-RecommendDoc', 'field-Endpoint'
        'code', 'id', 'body', 'root', 'xml', 'reason', 'status', 'header', 'location', 'chunk'
    ) {
        # Short enough not to be truncated.
        $env:OSS_SESSION_TOKEN = 'CAIS+T0ken/NotReal='
        $before = $signatures.Count
        Watch-Script { Get-OssBucketRequestPayment "echo-$_".ToLowerInvariant() -Endpoint $echoEndpoint -MaximumRetryCount 0 -TimeoutSec 10 }
        $signatures.Count | Should -BeGreaterThan $before
        $Error | Should -HaveCount 1
    }

    It 'if the server echoes the request in a listing, as its <_>' -ForEach 'end', 'token' {
        $env:OSS_SESSION_TOKEN = 'CAIS+T0ken/NotReal='
        $before = $signatures.Count
        Watch-Script { Get-OssRequesterQoSInfo "echo-page-$_" -Endpoint $echoEndpoint -MaximumRetryCount 0 -TimeoutSec 10 }
        $signatures.Count | Should -BeGreaterThan $before
        $Error | Should -HaveCount 1
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
    }

    It 'if the server echoes the request, as <_>' -ForEach @(
        'percent', 'twice', 'named', 'decimal', 'reference', 'json', 'unicode', 'hex', 'dashes', 'upper', 'lower', 'base64', 'base64url', 'part'
    ) {
        $env:OSS_SESSION_TOKEN = 'CAIS+T0ken/NotReal='
        Watch-Script { Get-OssBucketRequestPayment "echo-in-$_" -Endpoint $echoEndpoint -MaximumRetryCount 0 -TimeoutSec 10 }
        $Error | Should -HaveCount 1
        $Error[0].Exception.Message | Should -BeLike 'It was *[*][*][*]*'
    }
}
