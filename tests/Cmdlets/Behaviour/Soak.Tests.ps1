# The main pipeline over many buckets, against an endpoint that fails one request in five.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator

    # A set and a get for each, there and back, and a quarter more for the retries: 2,000 or 20,000 requests.
    $count = Select-Size -Small 400 -Full 4100
    Invoke-EmulatorControl /buckets/fleet Post @{ count = $count; regions = @('cn-hangzhou') } | Out-Null

    # The first fault that happens to a request is the only one: each of the five happens to 4 % of all.
    Add-EmulatorFault @{ probability = 1 / 25; seed = 1; action = [ordered]@{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable' } }
    Add-EmulatorFault @{ probability = 1 / 24; seed = 2; action = [ordered]@{ kind = 'cut'; where = 'BeforeHeaders'; how = 'Reset' } }
    Add-EmulatorFault @{ probability = 1 / 23; seed = 3; action = [ordered]@{ kind = 'cut'; where = 'BeforeHeaders'; how = 'Reset' }; afterApply = $true }
    Add-EmulatorFault @{ probability = 1 / 22; seed = 5; action = [ordered]@{ kind = 'cut'; where = 'BeforeHeaders'; how = 'Close' } }
    Add-EmulatorFault @{ probability = 1 / 21; seed = 4; action = [ordered]@{ kind = 'cut'; where = 'InBody'; how = 'Close' } }

    # Every set of the second round changes the result of the first.
    $rounds = foreach ($round in 0, 1) {
        , @(for ($i = 0; $i -lt $count; $i++) {
                [pscustomobject]@{ Bucket = 'fleet-{0:d6}' -f $i; Payer = if (($i + $round) % 2) { 'Requester' } else { 'BucketOwner' } }
            })
    }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $reported = foreach ($round in $rounds) {
        , @($round |
                Set-OssBucketRequestPayment -PassThru -MaximumRetryCount 100 -RetryIntervalSec 0 -ErrorVariable +setFailures -ErrorAction SilentlyContinue |
                Get-OssBucketRequestPayment -MaximumRetryCount 100 -RetryIntervalSec 0 -ErrorVariable +getFailures -ErrorAction SilentlyContinue)
    }
    $watch.Stop()
    $requests = (Invoke-EmulatorControl /requests/count).count
    $failed = Invoke-EmulatorControl /faults | Measure-Object played -Sum | ForEach-Object Sum
    $puts = Get-EmulatorRequest '?operation=PutBucketRequestPayment' | Group-Object bucket -AsHashTable -AsString
}

AfterAll {
    Stop-Emulator
    Write-Host ('Soak: {0:n0} requests for {1:n0} buckets, there and back, in {2:0} s, of which {3:n0} ({4:p0}) failed; {5:n0} sets were sent for {6:n0} asked' -f
        $requests, $count, $watch.Elapsed.TotalSeconds, $failed, ($failed / $requests), ($puts.Values | Measure-Object Count -Sum).Sum, (2 * $count))
}

Describe 'A soak in which one request in five fails' {
    It 'has temporary failures and no others' {
        $requests | Should -BeGreaterOrEqual (Select-Size -Small 1850 -Full 20000)

        # Few requests leave more to chance.
        $deviation = (Select-Size -Small 5 -Full 2) / 100
        $failed / $requests | Should -BeGreaterThan (0.2 - $deviation)
        $failed / $requests | Should -BeLessThan (0.2 + $deviation)
    }

    It 'ends without an error' {
        $setFailures | Should -BeNullOrEmpty
        $getFailures | Should -BeNullOrEmpty
    }

    It 'reports every bucket exactly once, in order, with the requested payer: round <_>' -ForEach 1, 2 {
        $expected = $rounds[$_ - 1] | ForEach-Object { "$($_.Bucket) $($_.Payer)" }
        $actual = $reported[$_ - 1] | ForEach-Object { "$($_.Bucket) $($_.Payer)" }
        $actual | Should -HaveCount $count
        ($actual -join "`n") -ceq ($expected -join "`n") | Should -BeTrue
    }

    It 'sends every set exactly as requested, and the second round after the first' {
        $puts.Count | Should -Be $count
        $wrong = for ($i = 0; $i -lt $count; $i++) {
            $sent = $puts[$rounds[0][$i].Bucket]
            $payers = ($sent.body -replace '^<RequestPaymentConfiguration><Payer>(\w+)</Payer></RequestPaymentConfiguration>$', '$1') -join ' '
            if ($payers -cnotmatch "^($($rounds[0][$i].Payer) ?)+($($rounds[1][$i].Payer) ?)+$" -or $sent.verified -contains $false) {
                "$($rounds[0][$i].Bucket): $payers"
            }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'sets every bucket as requested' {
        Invoke-EmulatorControl /faults Delete | Out-Null
        $left = $rounds[1] | Get-OssBucketRequestPayment | ForEach-Object { "$($_.Bucket) $($_.Payer)" }
        ($left -join "`n") -ceq (($rounds[1] | ForEach-Object { "$($_.Bucket) $($_.Payer)" }) -join "`n") | Should -BeTrue
        for ($i = 0; $i -lt $count; $i += 41) {
            (Invoke-EmulatorControl "/buckets/$($rounds[1][$i].Bucket)").payer | Should -Be $rounds[1][$i].Payer
        }
    }
}
