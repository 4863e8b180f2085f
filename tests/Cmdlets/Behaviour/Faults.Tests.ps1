BeforeDiscovery {
    $matrix = @(& "$PSScriptRoot/Faults.ps1")
    $commands = @(
        @{ Command = 'Get-OssBucketRequestPayment'; Verb = 'Get' }
        @{ Command = 'Set-OssBucketRequestPayment'; Verb = 'Set' }
        @{ Command = 'Get-OssRequesterQoSInfo'; Verb = 'QoS' }
    )
}

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator

    # Where nothing may arrive.
    $elsewhere = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $elsewhere.Start()

    $closed = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $closed.Start()
    $closedPort = $closed.LocalEndpoint.Port
    $closed.Stop()

    $asked = @{
        Get = @{ Bucket = 'a-bucket' }
        Set = @{ Bucket = 'a-bucket'; Payer = 'Requester'; PassThru = $true }
        QoS = @{ Bucket = 'examplebucket'; Requester = '300100' }
    }
    $right = @{
        Get = '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>'
        Set = ''
        QoS = '<RequesterQoSInfo><Requester>300100</Requester><QoSConfiguration><TotalUploadBandwidth>10</TotalUploadBandwidth></QoSConfiguration></RequesterQoSInfo>'
    }
    $tally = @{ Cases = 0; Requests = 0; LargestAllocation = 0 }

    function Resolve-Placeholder($Value, $Verb) {
        if ($Value -is [string]) {
            $Value.Replace('{right}', $right[$Verb]).Replace('{elsewhere}', "$($elsewhere.LocalEndpoint)")
        } elseif ($Value -is [System.Collections.IDictionary]) {
            $copy = [ordered]@{}
            foreach ($key in $Value.Keys) {
                $copy[$key] = Resolve-Placeholder $Value[$key] $Verb
            }

            $copy
        } else {
            $Value
        }
    }

    function Get-AllocatedByte {
        if ([GC].GetMethod('GetTotalAllocatedBytes')) { [GC]::GetTotalAllocatedBytes($false) } else { [GC]::GetTotalMemory($true) }
    }

    function Invoke-Asked {
        <# Runs the test's cmdlet, and gives back what came down its streams. #>
        param([hashtable] $More)

        $parameters = $asked[$Verb] + $More
        $before = Get-AllocatedByte
        $all = @(& $Command @parameters -Verbose -ErrorVariable failures -ErrorAction SilentlyContinue 4>&1)
        $allocated = (Get-AllocatedByte) - $before
        $tally.LargestAllocation = [Math]::Max($tally.LargestAllocation, $allocated)
        [pscustomobject]@{
            Results = @($all | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] })
            Verbose = @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message)
            Failures = @($failures)
            Allocated = $allocated
        }
    }

    function Assert-Success($Outcome, $Verb) {
        $Outcome.Failures | Should -BeNullOrEmpty
        $Outcome.Results | Should -HaveCount 1
        if ($Verb -eq 'QoS') {
            $Outcome.Results[0].Requester | Should -Be 300100
            $Outcome.Results[0].TotalUploadBandwidth | Should -Be 10
        } else {
            $Outcome.Results[0].Payer | Should -Be Requester
            (Invoke-EmulatorControl /buckets/a-bucket).payer | Should -Be Requester -Because 'a reported success has happened'
        }
    }

    function Assert-Failure($Outcome, $Expected) {
        $Outcome.Results | Should -BeNullOrEmpty
        $Outcome.Failures | Should -HaveCount 1
        $failure = $Outcome.Failures[0]
        $failure.FullyQualifiedErrorId | Should -BeLike "$($Expected[0]),OssPayment.Commands.*"
        $failure.CategoryInfo.Category | Should -Be $Expected[1]
        $failure.Exception.GetType().Name | Should -BeIn 'OssServiceException', 'OssRequestException'
        $failure.ErrorDetails.Message | Should -Match '\S[.\u2026] [A-Z].*\.( Sent \d+ times\.)? \(' -Because 'it says what is wrong and what to do'
        $failure.TargetObject.Bucket | Should -Not -BeNullOrEmpty
    }

    function Assert-Harmless($Outcome) {
        $shown = @(
            $Outcome.Verbose
            foreach ($failure in $Outcome.Failures) {
                $failure.FullyQualifiedErrorId, "$($failure.CategoryInfo)", $failure.ErrorDetails.Message, $failure.ErrorDetails.RecommendedAction
                $failure.Exception.psobject.Properties.Value | Where-Object { $_ -is [string] -and $_ -ne $failure.Exception.StackTrace }
                "$($failure.Exception)" -replace '[\r\n]'
            }
        )
        foreach ($text in $shown) {
            $text | Should -Not -Match '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]|\uDB40' -Because 'it is shown'
        }

        $Outcome.Failures | ForEach-Object { $_.ErrorDetails.Message.Length } | Should -BeLessThan 2000
    }

    function Restore-RetryBudget {
        <# Successes pay for retries; these pay for all that the budget can hold. #>
        @('c-bucket') * 500 | Get-OssBucketRequestPayment | Should -HaveCount 500
    }

    function Start-Shell($Command, $Parameters) {
        <# A shell that runs the cmdlet, once its request has arrived. #>
        $shell = (New-ModuleShell 'param($command, $parameters) & $command @parameters').AddArgument($Command).AddArgument($Parameters)
        $null = $shell.BeginInvoke()
        Wait-EmulatorRequest
        $shell
    }

    function Wait-EmulatorRequest {
        for ($i = 0; $i -lt 600 -and -not (Invoke-EmulatorControl /requests/count).count; $i++) {
            Start-Sleep -Milliseconds 50
        }
    }
}

AfterAll {
    Stop-Emulator
    $elsewhere.Stop()
    $rows = @(& "$PSScriptRoot/Faults.ps1" -RowsOnly).Count + 25
    Write-Host ('Faults: {0} rows, {1} cases, {2} requests, at most {3:0.0} MiB allocated in a case' -f
        $rows, $tally.Cases, $tally.Requests, ($tally.LargestAllocation / 1MB))
}

Describe 'A fault that the endpoint plays' {
    It '<Command>: <Name>: <Seen>' -ForEach $matrix {
        Reset-Emulator
        if ($Verb -eq 'Get') {
            Invoke-EmulatorControl /buckets/a-bucket Put @{ region = 'cn-hangzhou'; payer = 'Requester' } | Out-Null
        }

        Add-EmulatorFault @{ action = Resolve-Placeholder $Action $Verb; afterApply = $AfterApply; times = [int]$Retried }
        $retries = if (($Transient -or $Once) -and -not $Retried) { 0 } else { 2 }
        $outcome = Invoke-Asked @{ MaximumRetryCount = $retries; RetryIntervalSec = 0; TimeoutSec = $TimeoutSec }
        $arrived = (Invoke-EmulatorControl /requests/count).count
        $tally.Cases++
        $tally.Requests += $arrived

        if ($Expect -and -not $Retried) {
            Assert-Failure $outcome $Expect
            $arrived | Should -BeGreaterOrEqual $Requests[0]
            $arrived | Should -BeLessOrEqual ($Requests[1] + 3 * [int]$Unseen)
        } else {
            Assert-Success $outcome $Verb
            $arrived | Should -Be (1 + [int]$Retried)
        }

        Assert-Harmless $outcome
        $outcome.Allocated | Should -BeLessThan 64MB
        $isContacted = $elsewhere.Pending()
        while ($elsewhere.Pending()) {
            $elsewhere.AcceptTcpClient().Dispose()
        }

        $isContacted | Should -BeFalse -Because 'nothing is sent to a host that an answer names'

        Invoke-EmulatorControl /faults Delete | Out-Null
        Assert-Success (Invoke-Asked @{ RetryIntervalSec = 0; TimeoutSec = $AgainSec }) $Verb
    }
}

Describe 'A fault below HTTP' {
    BeforeEach {
        Reset-Emulator
    }

    AfterEach {
        $tally.Cases++
        Get-EmulatorRequest | Should -BeNullOrEmpty -Because 'nothing is sent before the other side is known'
    }

    It '<Command>: connection refused' -ForEach $commands {
        $outcome = Invoke-Asked @{ Endpoint = "http://127.0.0.1:$closedPort"; RetryIntervalSec = 0 }
        Assert-Failure $outcome RequestFailed, ConnectionError
        $outcome.Failures[0].Exception.Attempts | Should -Be 3
        $outcome.Failures[0].ErrorDetails.Message | Should -BeLike '* Sent 3 times. *'
        Assert-Harmless $outcome
    }

    It '<Command>: connection to the proxy refused' -ForEach $commands {
        $outcome = Invoke-Asked @{ Endpoint = 'https://oss-cn-hangzhou.aliyuncs.com'; Proxy = "http://127.0.0.1:$closedPort"; MaximumRetryCount = 0 }
        Assert-Failure $outcome RequestFailed, ConnectionError
    }

    It '<Command>: no such host' -ForEach $commands {
        $outcome = Invoke-Asked @{ Endpoint = 'https://nowhere.invalid'; MaximumRetryCount = 0 }
        Assert-Failure $outcome RequestFailed, ConnectionError
    }

    It '<Command>: a certificate of nobody who is trusted' -ForEach $commands {
        $outcome = Invoke-Asked @{ Endpoint = $emulator.httpsEndpoint; RetryIntervalSec = 0 }
        Assert-Failure $outcome RequestFailed, ConnectionError
        $outcome.Failures[0].Exception.Attempts | Should -Be 1
        $outcome.Failures[0].ErrorDetails.Message | Should -Match certificate
    }

    It '<Command>: plain text on the port for TLS' -ForEach $commands {
        Set-EmulatorSetting @{ tlsFault = 'Plaintext' }
        Assert-Failure (Invoke-Asked @{ Endpoint = $emulator.httpsEndpoint; MaximumRetryCount = 0 }) RequestFailed, ConnectionError
    }

    It '<Command>: no answer to the greeting of TLS' -ForEach $commands {
        Set-EmulatorSetting @{ tlsFault = 'Silent' }
        Assert-Failure (Invoke-Asked @{ Endpoint = $emulator.httpsEndpoint; MaximumRetryCount = 0; TimeoutSec = 1 }) RequestTimedOut, OperationTimeout
    }

    It '<Command>: TLS on the port for plain text' -ForEach $commands {
        Assert-Failure (Invoke-Asked @{ Endpoint = $emulator.httpEndpoint -replace '^http', 'https'; MaximumRetryCount = 0; TimeoutSec = 5 }) RequestFailed, ConnectionError
        Invoke-EmulatorControl /requests Delete | Out-Null
    }

    # SSL_CERT_FILE, which makes the child trust the authority, is Linux's. Its certificates are then wrong in one way alone.
    It 'a certificate that is <_>, of an authority that is trusted' -ForEach 'Expired', 'WrongHost' {
        Skip-WithoutTrust
        Set-EmulatorSetting @{ tlsFault = $_ }
        $endpoint = $emulator.httpsEndpoint
        $seen = Invoke-TrustingShell "
            Get-OssBucketRequestPayment a-bucket -Endpoint $endpoint -RetryIntervalSec 0 -ErrorAction SilentlyContinue
            Set-OssBucketRequestPayment a-bucket Requester -PassThru -Endpoint $endpoint -RetryIntervalSec 0 -ErrorAction SilentlyContinue
            Get-OssRequesterQoSInfo examplebucket 300100 -Endpoint $endpoint -RetryIntervalSec 0 -ErrorAction SilentlyContinue
            `$Error | ForEach-Object { `"`$(`$_.FullyQualifiedErrorId -replace ',.*') `$(`$_.CategoryInfo.Category) `$(`$_.Exception.Attempts)`" }"
        $seen | Should -Be @('RequestFailed ConnectionError 1', 'RequestFailed ConnectionError 1', 'RequestFailed ConnectionError 1')
    }
}

Describe 'A host that an answer names' {
    BeforeEach {
        Reset-Emulator
    }

    It '<Command>: is not asked where it is <Named>' -ForEach @(
        foreach ($named in 'evil.example', 'oss-cn-beijing.aliyuncs.com.evil.example', 'evil.example/oss-cn-beijing.aliyuncs.com', 'oss-cn-beijing.aliyuncs.com@evil.example',
            'oss-cn-beijing.aliyuncs.com:99', 'evil.oss-cn-beijing.aliyuncs.com', 'oss-cn-hangzhou.aliyuncs.com', '127.0.0.1', '') {
            $commands | ForEach-Object { $_ + @{ Named = $named } }
        }
    ) {
        Add-EmulatorFault @{ action = [ordered]@{ kind = 'replace'; status = 403; text = "<Error><Code>AccessDenied</Code><Endpoint>$Named</Endpoint></Error>" } }
        $outcome = Invoke-Asked @{ Endpoint = 'http://oss-cn-hangzhou.aliyuncs.com'; Proxy = $emulator.proxy; WarningAction = 'SilentlyContinue' }
        $tally.Cases++
        Assert-Failure $outcome AccessDenied, PermissionDenied
        (Get-EmulatorRequest).host | Should -Be "$($asked[$Verb].Bucket).oss-cn-hangzhou.aliyuncs.com"
    }
}

Describe 'Retries' {
    BeforeEach {
        Reset-Emulator
    }

    AfterEach {
        $tally.Cases++
        $tally.Requests += (Invoke-EmulatorControl /requests/count).count
    }

    It '<Command>: the last error is shown, with the number of attempts' -ForEach $commands {
        Add-EmulatorFault @{ times = 2; action = [ordered]@{ kind = 'ossError'; status = 500; code = 'First' } }
        Add-EmulatorFault @{ action = [ordered]@{ kind = 'ossError'; status = 503; code = 'Last' } }
        $outcome = Invoke-Asked @{ RetryIntervalSec = 0 }
        Assert-Failure $outcome Last, ResourceUnavailable
        $outcome.Failures[0].Exception.Attempts | Should -Be 3
        $outcome.Failures[0].ErrorDetails.Message | Should -BeLike '* Sent 3 times. (Last, HTTP 503, *'
    }

    It '<Command>: Retry-After is honoured, in <Form>' -ForEach @(
        $commands | ForEach-Object { $_ + @{ Form = 'seconds' }; $_ + @{ Form = 'a date' } }
    ) {
        # A date has whole seconds, so that up to one of the three is lost.
        $after = if ($Form -eq 'seconds') { '2' } else { [DateTime]::UtcNow.AddSeconds(3).ToString('r') }
        Add-EmulatorFault @{ times = 1; action = [ordered]@{ kind = 'replace'; status = 503; headers = @{ 'Retry-After' = $after } } }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        (Invoke-Asked @{ RetryIntervalSec = 0 }).Failures | Should -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 1.5
        Invoke-EmulatorControl /requests/count | ForEach-Object count | Should -Be 2
    }

    It '<Command>: stopping cuts a back-off short' -ForEach $commands {
        Add-EmulatorFault @{ action = [ordered]@{ kind = 'replace'; status = 503; headers = @{ 'Retry-After' = '86400' } } }
        $shell = Start-Shell $Command ($asked[$Verb] + @{ RetryIntervalSec = 3600 })
        $shell.InvocationStateInfo.State | Should -Be Running
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        $shell.InvocationStateInfo.State | Should -Be Stopped
        $shell.Dispose()
        Invoke-EmulatorControl /requests/count | ForEach-Object count | Should -Be 1
    }

    It 'a stop in a back-off sends nothing more' {
        Add-EmulatorFault @{ action = [ordered]@{ kind = 'replace'; status = 503 } }
        $shell = Start-Shell Set-OssBucketRequestPayment ($asked.Set + @{ RetryIntervalSec = 3 })
        $shell.Stop()
        $shell.Dispose()
        Start-Sleep -Seconds 5
        Invoke-EmulatorControl /requests/count | ForEach-Object count | Should -Be 1
    }

    It '<Command>: the offset to the server''s clock is learned from RequestTimeTooSkewed, and kept' -ForEach $commands {
        Set-EmulatorSetting @{ clockOffsetSeconds = 3600 }
        try {
            (Invoke-Asked @{ RetryIntervalSec = 0 }).Failures | Should -BeNullOrEmpty
            (Get-EmulatorRequest).status | Should -Be 403, 200
            (Invoke-Asked @{ MaximumRetryCount = 0 }).Failures | Should -BeNullOrEmpty
            (Get-EmulatorRequest).status | Should -Be 403, 200, 200
        } finally {
            Reset-Emulator
            Invoke-Asked @{ RetryIntervalSec = 0 } | Out-Null
        }
    }

    It 'do not triple the requests of 1,000 buckets that all fail, and are back once requests succeed' {
        Restore-RetryBudget
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 1000; regions = @('cn-hangzhou') } | Out-Null
        Invoke-EmulatorControl /requests Delete | Out-Null
        $fleet = 0..999 | ForEach-Object { 'fleet-{0:d6}' -f $_ }
        Add-EmulatorFault @{ bucket = 'fleet-*'; action = [ordered]@{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable' } }
        Add-EmulatorFault @{ bucket = 'b-bucket'; times = 1; action = [ordered]@{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable' } }
        Add-EmulatorFault @{ bucket = 'a-bucket'; times = 1; action = [ordered]@{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable' } }

        $fleet | Get-OssBucketRequestPayment -RetryIntervalSec 0 -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1000
        $arrived = (Invoke-EmulatorControl /requests/count).count
        $arrived | Should -BeGreaterThan 1050
        $arrived | Should -BeLessOrEqual 1100
        Get-OssBucketRequestPayment b-bucket -RetryIntervalSec 0 -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].Exception.Attempts | Should -Be 1

        Restore-RetryBudget
        (Get-OssBucketRequestPayment a-bucket -RetryIntervalSec 0).Payer | Should -Be BucketOwner
        Write-Host "Retry budget: 1,000 failing buckets took $arrived requests"
    }
}
