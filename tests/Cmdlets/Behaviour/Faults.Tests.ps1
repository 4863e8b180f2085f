# Each kind of error once, as the cmdlets show it. tests/Unit/Client/Faults has all rows of the matrix.
BeforeDiscovery {
    $commands = @(
        @{ Command = 'Get-OssBucketRequestPayment'; Verb = 'Get' }
        @{ Command = 'Set-OssBucketRequestPayment'; Verb = 'Set' }
        @{ Command = 'Get-OssRequesterQoSInfo'; Verb = 'QoS' }
    )

    function New-Row([string] $Name, [string[]] $Expect, $Action, [hashtable] $More = @{}) {
        @{ Name = $Name; Expect = $Expect; Action = $Action; Transient = [bool]$More.Transient; TimeoutSec = if ($More.TimeoutSec) { $More.TimeoutSec } else { 10 } }
    }

    # An OSS error with these elements.
    function New-OssError([string] $Fields, [int] $Status = 403) {
        [ordered]@{ kind = 'replace'; status = $Status; headers = @{ 'x-oss-request-id' = '0123456789ABCDEF01234567' }; text = "<Error>$Fields</Error>" }
    }

    $rows = @(
        New-Row 'a connection that is reset' RequestFailed, ConnectionError ([ordered]@{ kind = 'cut'; where = 'InHeaders'; how = 'Reset' }) @{ Transient = $true }
        New-Row 'no response in time' RequestTimedOut, OperationTimeout ([ordered]@{ kind = 'hang'; where = 'InHeaders' }) @{ TimeoutSec = 1; Transient = $true }
        New-Row 'an endless body' ResponseTooLarge, LimitsExceeded ([ordered]@{ kind = 'endlessBody'; chunked = $true })
        New-Row 'HTML' InvalidResponse, InvalidData ([ordered]@{ kind = 'replace'; text = '<html/>' })
        New-Row '407 with HTML' InvalidResponse, AuthenticationError ([ordered]@{ kind = 'replace'; status = 407; text = '<html/>' })
        New-Row 'an OSS error that names another host' Moved, InvalidArgument (New-OssError '<Code>Moved</Code><Endpoint>{elsewhere}</Endpoint>' 307)
        New-Row 'a clock that is not a time' RequestTimeTooSkewed, AuthenticationError (New-OssError '<Code>RequestTimeTooSkewed</Code><ServerTime>noon</ServerTime>') @{ Transient = $true }
        New-Row 'an error code of 10,000 characters' 'CCC*', PermissionDenied (New-OssError "<Code>$('C' * 10000)</Code>")

        # Line breaks, escape sequences, right-to-left marks and invisible characters.
        $hostile = "one`r`ntwo$([char]0x9B)31m$([char]0x202E)gnp.exe$([char]0x200B)$([char]0xE000)$([char]::ConvertFromUtf32(0xE0041))b"
        New-Row 'hostile text in each field' 'Odd*', PermissionDenied (New-OssError (-join @(
            "<Code>Odd$hostile</Code>"
            'Message', 'RequestId', 'HostId', 'EC', 'RecommendDoc', 'Endpoint' | ForEach-Object { "<$_>$hostile</$_>" }
        )))

        # The category of an OSS error with this status.
        $categories = [ordered]@{
            400 = 'InvalidArgument'; 401 = 'AuthenticationError'; 403 = 'PermissionDenied'; 404 = 'ObjectNotFound'
            405 = 'InvalidArgument'; 407 = 'InvalidArgument'; 408 = 'OperationTimeout'; 409 = 'ResourceBusy'; 411 = 'InvalidArgument'
            429 = 'LimitsExceeded'; 500 = 'ResourceUnavailable'; 502 = 'ResourceUnavailable'; 503 = 'ResourceUnavailable'; 504 = 'ResourceUnavailable'
        }
        foreach ($entry in $categories.GetEnumerator()) {
            $status = $entry.Key
            New-Row "status $status" "Code$status", $entry.Value ([ordered]@{ kind = 'ossError'; status = $status; code = "Code$status" }) @{
                Transient = $status -in 408, 429 -or $status -ge 500
            }
        }
    )
    $cases = foreach ($row in $rows) {
        foreach ($command in $commands) {
            $row + $command + @{ Seen = "$($row.Expect[0]), $($row.Expect[1])" }
        }
    }
}

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator

    # A host that must receive no request.
    $elsewhere = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $elsewhere.Start()

    $parametersOf = @{
        Get = @{ Bucket = 'a-bucket' }
        Set = @{ Bucket = 'a-bucket'; Payer = 'Requester'; PassThru = $true }
        QoS = @{ Bucket = 'examplebucket'; Requester = '300100' }
    }

    function Invoke-Tested {
        <# Runs the test's cmdlet, and returns the output of its streams. #>
        param([hashtable] $More)

        $parameters = $parametersOf[$Verb] + $More
        $all = @(& $Command @parameters -Verbose -ErrorVariable failures -ErrorAction SilentlyContinue 4>&1)
        [pscustomobject]@{
            Results = @($all | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] })
            Verbose = @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message)
            Failures = @($failures)
        }
    }

    function Assert-Failure($Outcome, $Expected) {
        $Outcome.Results | Should -BeNullOrEmpty
        $Outcome.Failures | Should -HaveCount 1
        $failure = $Outcome.Failures[0]
        $failure.FullyQualifiedErrorId | Should -BeLike "$($Expected[0]),OssPayment.Commands.*"
        $failure.CategoryInfo.Category | Should -Be $Expected[1]
        $failure.Exception.GetType().Name | Should -BeIn 'OssServiceException', 'OssRequestException'
        $failure.ErrorDetails.Message | Should -Match '\S[.\u2026] [A-Z].*\. \(' -Because 'it says what is wrong and what to do'
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
}

Describe 'An error of each kind' {
    It '<Command>: <Name>: <Seen>' -ForEach $cases {
        Reset-Emulator
        if ($Action.text) {
            $Action.text = $Action.text.Replace('{elsewhere}', $elsewhere.LocalEndpoint)
        }

        Add-EmulatorFault @{ action = $Action }
        $outcome = Invoke-Tested @{ MaximumRetryCount = if ($Transient) { 0 } else { 2 }; RetryIntervalSec = 0; TimeoutSec = $TimeoutSec }

        Assert-Failure $outcome $Expect
        (Invoke-EmulatorControl /requests/count).count | Should -Be 1
        Assert-Harmless $outcome
        $elsewhere.Pending() | Should -BeFalse -Because 'nothing is sent to a host that a response names'
    }
}

Describe 'A fault below HTTP' {
    BeforeEach {
        Reset-Emulator
    }

    # SSL_CERT_FILE works on Linux only. The child trusts the authority, so one thing only is wrong with each certificate.
    It 'a certificate of a trusted authority that has expired, or is for another host' {
        Skip-WithoutTrust
        $endpoint = $emulator.httpsEndpoint
        $seen = Invoke-TrustingShell "
            foreach (`$fault in 'Expired', 'WrongHost') {
                `$setting = ConvertTo-Json @{ tlsFault = `$fault }
                Invoke-RestMethod $($emulator.control)/settings -Method Put -Body `$setting -ContentType application/json | Out-Null
                Get-OssBucketRequestPayment a-bucket -Endpoint $endpoint -RetryIntervalSec 0 -ErrorAction SilentlyContinue
                Set-OssBucketRequestPayment a-bucket Requester -PassThru -Endpoint $endpoint -RetryIntervalSec 0 -ErrorAction SilentlyContinue
                Get-OssRequesterQoSInfo examplebucket 300100 -Endpoint $endpoint -RetryIntervalSec 0 -ErrorAction SilentlyContinue
            }

            `$Error | ForEach-Object { `"`$(`$_.FullyQualifiedErrorId -replace ',.*') `$(`$_.CategoryInfo.Category) `$(`$_.Exception.Attempts)`" }"
        $seen | Should -Be (@('RequestFailed ConnectionError 1') * 6)
        Get-EmulatorRequest | Should -BeNullOrEmpty -Because 'nothing is sent before the other side is known'
    }
}

Describe 'Retries' {
    BeforeEach {
        Reset-Emulator
    }

    It '<Command>: a stop ends a back-off early' -ForEach $commands {
        Add-EmulatorFault @{ action = [ordered]@{ kind = 'replace'; status = 503; headers = @{ 'Retry-After' = '86400' } } }
        $shell = Start-Shell $Command ($parametersOf[$Verb] + @{ RetryIntervalSec = 3600 })
        $shell.InvocationStateInfo.State | Should -Be Running
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        $shell.InvocationStateInfo.State | Should -Be Stopped
        $shell.Dispose()
        Invoke-EmulatorControl /requests/count | ForEach-Object count | Should -Be 1
    }

    It 'do not triple the requests of 1,000 buckets that all fail, and resume after successes' {
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
