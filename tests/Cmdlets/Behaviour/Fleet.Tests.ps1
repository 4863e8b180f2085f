BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'A thousand buckets in 5 regions' {
    BeforeAll {
        Reset-Emulator
        $regions = 'cn-hangzhou', 'cn-beijing', 'cn-shanghai', 'us-west-1', 'ap-southeast-1'
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 1000; prefix = 'fleet-'; regions = $regions }
        $fleet = 0..999 | ForEach-Object { [pscustomobject]@{ Bucket = 'fleet-{0:d6}' -f $_; Region = $regions[$_ % 5] } }
    }

    BeforeEach {
        Invoke-EmulatorControl /faults Delete
        Invoke-EmulatorControl /requests Delete
        Invoke-EmulatorControl /counters/reset Post
        Set-EmulatorSetting @{ delayMilliseconds = 0 }
    }

    It 'are returned in input order, for any order of the responses' {
        Add-EmulatorFault @{ every = 7; action = @{ kind = 'delay'; milliseconds = 50 } }
        $shuffled = $fleet | Get-Random -Count 300 -SetSeed 1
        ($shuffled | Get-OssBucketRequestPayment).Bucket | Should -Be $shuffled.Bucket
    }

    It 'are queried -ThrottleLimit at a time: <_>' -ForEach 1, 4, 16 {
        Set-EmulatorSetting @{ delayMilliseconds = 20 }
        $fleet | Select-Object -First 64 | Get-OssBucketRequestPayment -ThrottleLimit $_ | Out-Null
        (Invoke-EmulatorControl /counters).maxInFlight | Should -Be $_
    }

    It 'are queried 16 at a time by default' {
        Set-EmulatorSetting @{ delayMilliseconds = 20 }
        $fleet | Select-Object -First 64 | Get-OssBucketRequestPayment | Out-Null
        (Invoke-EmulatorControl /counters).maxInFlight | Should -Be 16
    }

    It 'share a limited number of connections' {
        $fleet | Get-OssBucketRequestPayment -ThrottleLimit 8 | Out-Null
        $fleet | Set-OssBucketRequestPayment -Payer Requester -ThrottleLimit 8
        (Invoke-EmulatorControl /counters).connections | Should -BeLessOrEqual 16
    }

    It 'do not wait for one that is slow' {
        Add-EmulatorFault @{ bucket = 'fleet-000000'; action = @{ kind = 'hang' } }
        $shell = New-ModuleShell '$args | Get-OssBucketRequestPayment -ThrottleLimit 4 -TimeoutSec 300'
        $fleet | Select-Object -First 200 | ForEach-Object { $null = $shell.AddArgument($_) }
        $null = $shell.BeginInvoke()
        try {
            for ($i = 0; $i -lt 600 -and (Invoke-EmulatorControl /requests/count).count -lt 200; $i++) { Start-Sleep -Milliseconds 50 }
            (Invoke-EmulatorControl /requests/count).count | Should -Be 200 -Because 'all the others are sent while the first one hangs'
        } finally {
            $shell.Stop()
            $shell.Dispose()
        }
    }

    It 'have their verbose messages before their objects' {
        $all = $fleet | Select-Object -First 50 | Get-OssBucketRequestPayment -Verbose 4>&1
        for ($i = 0; $i -lt 100; $i += 2) {
            $all[$i] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
            $all[$i].Message | Should -Match $all[$i + 1].Bucket
        }
    }

    It 'are returned while others are under way' {
        Add-EmulatorFault @{ bucket = 'fleet-000040'; action = @{ kind = 'hang' } }
        $first = $fleet | Select-Object -First 100 | Get-OssBucketRequestPayment -TimeoutSec 60 | Select-Object -First 40
        $first | Should -HaveCount 40
    }
}

Describe 'A thousand buckets and credentials that OSS refuses' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 1000; prefix = 'fleet-'; regions = @('cn-hangzhou') }
        $names = 0..999 | ForEach-Object { 'fleet-{0:d6}' -f $_ }
    }

    BeforeEach {
        Invoke-EmulatorControl /faults Delete
        Invoke-EmulatorControl /requests Delete
    }

    AfterEach {
        Use-EmulatorKey owner
    }

    It 'end <Command> once, after the requests under way: <Case>' -ForEach @(
        foreach ($command in 'Get-OssBucketRequestPayment', 'Set-OssBucketRequestPayment') {
            @{ Command = $command; Case = 'a wrong secret'; Id = 'SignatureDoesNotMatch'; Break = { $env:OSS_ACCESS_KEY_SECRET = 'wrong' } }
            @{ Command = $command; Case = 'a disabled key'; Id = 'InvalidAccessKeyId'; Break = { Use-EmulatorKey disabled } }
            @{ Command = $command; Case = 'an expired token'; Id = 'SecurityTokenExpired'; Break = { Use-EmulatorKey expired } }
        }
    ) {
        & $Break
        $more = @{ 'Get-OssBucketRequestPayment' = @{}; 'Set-OssBucketRequestPayment' = @{ Payer = 'Requester' } }[$Command]
        $caught = try { $names | & $Command @more -ThrottleLimit 8 -ErrorVariable failures -ErrorAction SilentlyContinue } catch { $_ }

        $caught.FullyQualifiedErrorId | Should -BeLike "$Id,OssPayment.Commands.*"
        $caught.CategoryInfo.Category | Should -Be AuthenticationError
        $caught.ErrorDetails.Message | Should -BeLike '*No request succeeded with these credentials, so the remaining requests were not sent. (*'
        $failures | Should -HaveCount 1
        (Invoke-EmulatorControl '/requests/count').count | Should -BeIn (1..8)
    }

    It 'are the error of one bucket if others succeed' {
        Add-EmulatorFault @{ bucket = 'fleet-000000'; action = [ordered]@{ kind = 'ossError'; status = 403; code = 'SignatureDoesNotMatch' } }
        Add-EmulatorFault @{ bucket = 'fleet-000050'; action = [ordered]@{ kind = 'ossError'; status = 403; code = 'SignatureDoesNotMatch' } }
        $payments = $names | Select-Object -First 100 | Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue

        $payments | Should -HaveCount 98
        $failures.TargetObject.Bucket | Should -Be fleet-000000, fleet-000050
        $failures.ErrorDetails.Message | Should -Not -BeLike '*remaining requests*'
    }

    It 'end a listing' {
        Use-EmulatorKey disabled
        { Get-OssBucketRequestPayment 'fleet-*' } | Should -Throw -ErrorId 'InvalidAccessKeyId,*'
        (Invoke-EmulatorControl '/requests/count').count | Should -Be 1
    }
}

Describe 'Interrupting' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 1000; prefix = 'fleet-'; regions = @('cn-hangzhou') }
        $names = 0..999 | ForEach-Object { 'fleet-{0:d6}' -f $_ }

        function Measure-Stop {
            <# Starts a pipeline in its own runspace, stops it once requests are under way, and returns the time of the stop. #>
            param([string] $Script, [scriptblock] $When)
            $shell = New-ModuleShell $Script
            try {
                $running = $shell.BeginInvoke()
                $limit = [datetime]::UtcNow.AddSeconds(30)
                while (-not (& $When) -and [datetime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 20 }
                (& $When) | Should -BeTrue -Because 'there is something to stop'
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Stop()
                $running.IsCompleted | Should -BeTrue
                $shell.InvocationStateInfo.State | Should -Be Stopped
                $watch.Elapsed
            } finally {
                $shell.Dispose()
            }
        }
    }

    BeforeEach {
        Invoke-EmulatorControl /faults Delete
        Invoke-EmulatorControl /requests Delete
        Set-EmulatorSetting @{ delayMilliseconds = 0 }
    }

    It 'with Select-Object -First sends no more than a handful beyond the limit' {
        # The others hang, so that no slot becomes free, however late the first response is.
        Add-EmulatorFault @{ bucket = 'fleet-*'; action = @{ kind = 'hang' } }
        (@('a-bucket') + $names | Get-OssBucketRequestPayment -ThrottleLimit 16 -TimeoutSec 300 | Select-Object -First 1).Bucket | Should -Be a-bucket
        Start-Sleep -Milliseconds 300
        (Invoke-EmulatorControl '/requests/count').count | Should -BeLessOrEqual 17
    }

    It 'with Select-Object -First returns although the server hangs' {
        1..9 | ForEach-Object { Add-EmulatorFault @{ bucket = "fleet-00000$_"; action = @{ kind = 'hang' } } }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $names | Select-Object -First 10 | Get-OssBucketRequestPayment -TimeoutSec 300 | Select-Object -First 1 | Out-Null
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
    }

    It 'with a throw downstream stops the requests under way' {
        Add-EmulatorFault @{ bucket = 'fleet-*'; action = @{ kind = 'hang' } }
        { @('a-bucket') + $names | Get-OssBucketRequestPayment -TimeoutSec 300 | ForEach-Object { throw 'enough' } } | Should -Throw enough
        Start-Sleep -Milliseconds 300
        (Invoke-EmulatorControl '/requests/count').count | Should -BeLessOrEqual 17
    }

    It 'with Ctrl+C returns within a second although the server hangs, for <_>' -ForEach @(
        'Get-OssBucketRequestPayment fleet-000000', 'Get-OssBucketRequestPayment', 'Set-OssBucketRequestPayment fleet-000000 Requester'
        'Get-OssRequesterQoSInfo fleet-000000 300100'
    ) {
        Add-EmulatorFault @{ action = @{ kind = 'hang' } }
        $elapsed = Measure-Stop $_ { (Invoke-EmulatorControl '/counters').inFlight -gt 0 }
        # A second is the promise; a busy machine gets some grace, well below the 30 seconds that a request may take.
        $elapsed.TotalSeconds | Should -BeLessThan 15
    }

    It 'with Ctrl+C frees the connections' {
        Add-EmulatorFault @{ action = @{ kind = 'hang' } }
        Measure-Stop 'Get-OssBucketRequestPayment (0..99 | ForEach-Object { "fleet-{0:d6}" -f $_ })' { (Invoke-EmulatorControl '/counters').inFlight -ge 16 } | Out-Null
        $limit = [datetime]::UtcNow.AddSeconds(20)
        while ((Invoke-EmulatorControl '/counters').inFlight -gt 0 -and [datetime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 50 }
        (Invoke-EmulatorControl '/counters').inFlight | Should -Be 0
    }

    It 'with Ctrl+C cuts a back-off short' {
        Add-EmulatorFault @{ action = @{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable'; message = 'x' } }
        $elapsed = Measure-Stop 'Get-OssBucketRequestPayment fleet-000000 -RetryIntervalSec 600' { (Invoke-EmulatorControl '/requests/count').count -gt 0 }
        $elapsed.TotalSeconds | Should -BeLessThan 15
    }

    It 'with Stop-Job returns although the server hangs' {
        Skip-Unless ([bool](Get-Command Start-ThreadJob -ErrorAction Ignore)) 'there is no Start-ThreadJob'
        Add-EmulatorFault @{ action = @{ kind = 'hang' } }
        $job = Start-ThreadJob { Import-Module $args[0]; Get-OssBucketRequestPayment fleet-000000 -TimeoutSec 300 } -ArgumentList (& (Join-Path $PSScriptRoot '../TestedModule.ps1'))
        try {
            $limit = [datetime]::UtcNow.AddSeconds(30)
            while ((Invoke-EmulatorControl '/counters').inFlight -eq 0 -and [datetime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 20 }
            (Invoke-EmulatorControl '/counters').inFlight | Should -BeGreaterThan 0
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            Stop-Job $job
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
            $job.State | Should -Be Stopped
        } finally {
            Remove-Job $job -Force
        }
    }

    It 'of a change that is still being read says that nothing was sent' {
        Add-EmulatorFault @{ bucket = 'fleet-000000'; action = [ordered]@{ kind = 'ossError'; status = 403; code = 'AccessDenied' } }
        Add-EmulatorFault @{ bucket = 'fleet-000001'; method = 'GET'; action = @{ kind = 'hang' } }
        {
            'fleet-000000', 'fleet-000001' | Set-OssRequesterQoSInfo -Requester 300100 -TotalUploadBandwidth 10 -TimeoutSec 300 -ErrorAction Stop `
                -WarningVariable script:messages -WarningAction SilentlyContinue
        } | Should -Throw
        "$messages" | Should -Match 'Sent, result unknown: none\. Not sent: .*fleet-000001, requester 300100'
        (Invoke-EmulatorControl /requests | Where-Object method -EQ PUT) | Should -BeNullOrEmpty
    }
}

Describe 'A pipeline of changes that ends early' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 10; prefix = 'fleet-'; regions = @('cn-hangzhou') }
        $names = 0..9 | ForEach-Object { 'fleet-{0:d6}' -f $_ }
        $ended = 'Interrupted\. Confirmed but not reported: .*Failed: .*Sent, result unknown: .*Not sent: '

        function Get-Named {
            <# The names in one part of a report. #>
            param([string[]] $Report, [string] $Part)
            $Report | Should -HaveCount 1 -Because 'it is told once'
            $Report[0] -match "$([regex]::Escape($Part)): ([^.]*)\." | Should -BeTrue
            @($Matches[1] -split '; ' | Where-Object { $_ -ne 'none' })
        }

        function Wait-Sent {
            <# Goes on when so many changes have arrived, or never will. #>
            param([int] $Count)
            $limit = [datetime]::UtcNow.AddSeconds(60)
            while ((Invoke-EmulatorControl '/requests/count').count -lt $Count -and [datetime]::UtcNow -lt $limit) {
                Start-Sleep -Milliseconds 20
            }
        }
    }

    BeforeEach {
        Invoke-EmulatorControl /faults Delete
        Invoke-EmulatorControl /requests Delete
    }

    It 'by <Name> upstream reports every change, in the warning stream' -ForEach @(
        @{ Name = 'a throw'; End = { throw 'x' } }
        @{ Name = 'an error that stops'; End = { Write-Error 'x' -ErrorAction Stop } }
    ) {
        Add-EmulatorFault @{ bucket = 'fleet-000003'; action = @{ kind = 'hang' } }
        Add-EmulatorFault @{ bucket = 'fleet-000004'; action = [ordered]@{ kind = 'ossError'; status = 403; code = 'AccessDenied' } }
        $warnings = Join-Path $TestDrive 'warnings.txt'
        {
            & { $names; Wait-Sent 10; & $End } | Set-OssBucketRequestPayment -Payer Requester -TimeoutSec 300 3> $warnings
        } | Should -Throw x

        $report = @(Get-Content $warnings)
        $all = 'Confirmed but not reported', 'Failed', 'Sent, result unknown', 'Not sent' |
            ForEach-Object { Get-Named $report $_ }
        $all | Sort-Object | Should -Be $names
        Get-Named $report 'Not sent' | Should -BeNullOrEmpty
        Get-Named $report 'Sent, result unknown' | Should -Contain fleet-000003
        (Get-EmulatorRequest | Where-Object method -EQ PUT).bucket | Sort-Object -Unique | Should -Be $names
    }

    It 'by a terminating error of its own reports the rest, in the warning stream and variable' {
        $warnings = Join-Path $TestDrive 'own.txt'
        {
            @('fleet-000000', 'missing', 'fleet-000001') |
                Set-OssBucketRequestPayment -Payer Requester -ErrorAction Stop -WarningVariable script:messages 3> $warnings
        } | Should -Throw '*does not exist*'

        @(Get-Content $warnings) | Should -HaveCount 1
        "$messages" | Should -Match $ended
        "$messages" | Should -Match 'fleet-000000'
        "$messages" | Should -Match 'fleet-000001'
        "$messages" | Should -Not -Match 'missing' -Because 'it has an error of its own'
    }

    It 'by a terminating error with -OutBuffer, <Set>, reports the results that PowerShell holds back' -ForEach @(
        @{ Set = 'as a parameter'; More = @{ OutBuffer = 100 }; Default = @{}; Taken = @() }
        @{ Set = 'as a default value'; More = @{}; Default = @{ '*:OutBuffer' = 100 }; Taken = @() }
        @{ Set = 'of one'; More = @{ OutBuffer = 1 }; Default = @{}; Taken = @('fleet-000000', 'fleet-000001') }
    ) {
        $PSDefaultParameterValues = $Default
        $taken = [System.Collections.Generic.List[string]]::new()
        {
            'fleet-000000', 'fleet-000001', 'fleet-000002', 'missing' |
                Set-OssBucketRequestPayment -Payer Requester -PassThru -ThrottleLimit 1 @More -ErrorAction Stop -WarningVariable script:messages -WarningAction SilentlyContinue |
                ForEach-Object -Process { $taken.Add($_.Bucket) } -OutBuffer 0
        } | Should -Throw '*does not exist*'

        $taken | Should -Be $Taken
        Get-Named "$messages" 'Confirmed but not reported' |
            Should -Be @('fleet-000000', 'fleet-000001', 'fleet-000002' | Where-Object { $_ -notin $Taken })
    }

    It 'by a terminating error reports every name of an argument' {
        {
            Set-OssBucketRequestPayment (@('missing') + $names) Requester -ThrottleLimit 2 -ErrorAction Stop -WarningVariable script:messages -WarningAction SilentlyContinue
        } | Should -Throw '*does not exist*'

        $reported = 'Confirmed but not reported', 'Failed', 'Sent, result unknown', 'Not sent' | ForEach-Object { Get-Named "$messages" $_ }
        $reported | Sort-Object | Should -Be $names
        Get-Named "$messages" 'Not sent' | Should -Contain fleet-000009
        "$messages" | Should -Not -Match 'had not arrived'
    }

    It 'by a terminating error says that further input of a pipeline is not known' {
        {
            @('missing') + $names | Set-OssBucketRequestPayment -Payer Requester -ThrottleLimit 2 -ErrorAction Stop -WarningVariable script:messages -WarningAction SilentlyContinue
        } | Should -Throw '*does not exist*'

        "$messages" | Should -Match 'Input that had not arrived is not listed\.'
    }

    It 'with -WhatIf reports nothing' {
        {
            $names | Set-OssBucketRequestPayment -Payer Requester -WhatIf -WarningVariable script:messages -WarningAction SilentlyContinue
            throw 'x'
        } | Should -Throw x
        $messages | Should -BeNullOrEmpty
    }

    It 'by a terminating verbose message reports the current outcome' {
        $warnings = Join-Path $TestDrive 'verbose.txt'
        {
            $VerbosePreference = 'Stop'
            Set-OssBucketRequestPayment fleet-000000 Requester 3> $warnings 4> $null
        } | Should -Throw

        Get-Named @(Get-Content $warnings) 'Confirmed but not reported' | Should -Be fleet-000000
    }

    It 'by Select-Object reports further changes' {
        $names | Set-OssBucketRequestPayment -Payer Requester -PassThru -WarningVariable messages -WarningAction SilentlyContinue |
            Select-Object -First 1 | ForEach-Object Bucket | Should -Be fleet-000000
        "$messages" | Should -Match $ended
        "$messages" | Should -Not -Match 'fleet-000000'
    }

    It 'by Ctrl+C while a command upstream works reports every change, through the host' {
        # Only a separate host keeps its output after a stop.
        $script = {
            $shell = [powershell]::Create().AddScript("Import-Module 'MANIFEST'; " +
                "& { 'fleet-000000', 'fleet-000001'; Start-Sleep 300 } | Set-OssBucketRequestPayment -Payer Requester")
            $shell.Runspace = [runspacefactory]::CreateRunspace($Host)
            $shell.Runspace.Open()
            $null = $shell.BeginInvoke()
            for ($i = 0; $i -lt 1200 -and (Invoke-RestMethod CONTROL/requests/count -UseBasicParsing).count -lt 2; $i++) { Start-Sleep -Milliseconds 50 }
            $shell.Stop()
            'stopped'
        }
        $script = "$script".Replace('MANIFEST', (& (Join-Path $PSScriptRoot '../TestedModule.ps1'))).Replace('CONTROL', $emulator.control)
        $output = Invoke-ChildShell $script 2>&1 | Out-String
        $output | Should -Match stopped
        [regex]::Matches($output, $ended) | Should -HaveCount 1
        $output | Should -Match 'fleet-000000'
        $output | Should -Match 'fleet-000001'
    }

    It 'without an error reports nothing' {
        $names | Set-OssBucketRequestPayment -Payer Requester -WarningVariable messages
        $messages | Should -BeNullOrEmpty
        { @('fleet-000000', 'missing') | Get-OssBucketRequestPayment -ErrorAction Stop -WarningVariable script:read } | Should -Throw
        $read | Should -BeNullOrEmpty -Because 'reading leaves nothing in doubt'
    }
}

Describe 'Progress' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 200; prefix = 'fleet-'; regions = @('cn-hangzhou') }

        function Get-Progress {
            <# The progress that a script shows; with -First, the script ends as soon as it has shown some. #>
            param([string] $Script, [switch] $First)
            $shell = New-ModuleShell "`$names = 0..59 | ForEach-Object { 'fleet-{0:d6}' -f `$_ }; $Script"
            try {
                $running = $shell.BeginInvoke()
                while (-not $running.IsCompleted -and -not ($First -and $shell.Streams.Progress.Count)) {
                    Start-Sleep -Milliseconds 20
                }

                $shell.Stop()
                @($shell.Streams.Progress | Where-Object Activity -Like '*-Oss*')
            } finally {
                $shell.Dispose()
            }
        }
    }

    BeforeEach {
        Set-EmulatorSetting @{ delayMilliseconds = 50 }
    }

    It 'shows the completed and the total number, and ends' {
        $shown = Get-Progress 'Get-OssBucketRequestPayment ($names + "missing") -ThrottleLimit 2 -ErrorAction SilentlyContinue'
        $shown.Count | Should -BeGreaterThan 1
        $shown[0].Activity | Should -Be Get-OssBucketRequestPayment
        $shown[0].StatusDescription | Should -Match '^\d+ of 61 done, 0 failed$'
        $shown[-1].RecordType | Should -Be Completed
        @($shown | Where-Object RecordType -EQ Completed) | Should -HaveCount 1
    }

    It 'counts each requester of each bucket' {
        (Get-Progress -First 'Get-OssRequesterQoSInfo $names[0..1] (300100..300140) -ThrottleLimit 2 -ErrorAction SilentlyContinue')[0].StatusDescription |
            Should -Match '^\d+ of 82 done, '
        (Get-Progress -First 'Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester (300100..300180) -ThrottleLimit 2 -ErrorAction SilentlyContinue')[0].StatusDescription |
            Should -Match '^\d+ of 81 done, '
    }

    It 'counts names and patterns, as soon as the last one is listed' {
        Set-EmulatorSetting @{ delayMilliseconds = 20 }
        $shown = Get-Progress 'Get-OssBucketRequestPayment fleet-00000*, a-bucket, fleet-0001* -ThrottleLimit 1'
        $partly = @($shown | Where-Object { $_.StatusDescription -match '^(\d+) of 111 done, 0 failed$' -and [int]$Matches[1] -lt 100 })
        $partly.Count | Should -BeGreaterThan 0
        $partly[-1].PercentComplete | Should -BeIn (1..90)
    }

    It 'shows the total of the account, and of a pattern, from the beginning' {
        $shown = Get-Progress -First 'Get-OssBucketRequestPayment -ThrottleLimit 2'
        $shown[0].StatusDescription | Should -Match '^\d+ of 208 done, 0 failed$'
        $shown[0].PercentComplete | Should -BeIn (0..50)
        (Get-Progress -First 'Get-OssRequesterQoSInfo fleet-0000* 300100,300101 -ThrottleLimit 2 -ErrorAction SilentlyContinue')[0].StatusDescription |
            Should -Match '^\d+ of 200 done, '
    }

    It 'shows no total of a listing before its last page' {
        Set-EmulatorSetting @{ maxListPageSize = 190 }
        try {
            $shown = Get-Progress -First 'Get-OssBucketRequestPayment fleet-* -ThrottleLimit 2'
        } finally {
            Set-EmulatorSetting @{ maxListPageSize = 1000 }
        }

        $shown[0].StatusDescription | Should -Match '^\d+ done, 0 failed$'
        $shown[0].PercentComplete | Should -Be -1
    }

    It 'shows no total while it is not known' {
        (Get-Progress -First '$names | Get-OssBucketRequestPayment -ThrottleLimit 2')[0].StatusDescription | Should -Match '^\d+ done, 0 failed$'
    }

    It 'is silent with -ProgressAction' {
        Skip-Unless ($PSVersionTable.PSVersion -ge [version]'7.4') 'before PowerShell 7.4 there is no -ProgressAction'
        Get-Progress 'Get-OssBucketRequestPayment $names -ThrottleLimit 2 -ProgressAction SilentlyContinue' | Should -BeNullOrEmpty
    }

    It 'is silent with a $ProgressPreference of SilentlyContinue' {
        Get-Progress '$ProgressPreference = "SilentlyContinue"; Get-OssBucketRequestPayment $names -ThrottleLimit 2' | Should -BeNullOrEmpty
    }
}

Describe 'Parallel callers' {
    BeforeAll {
        Reset-Emulator
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 200; prefix = 'fleet-'; regions = @('cn-hangzhou') }
        $manifest = & (Join-Path $PSScriptRoot '../TestedModule.ps1')
    }

    It 'work inside ForEach-Object -Parallel' {
        Skip-Unless ($PSVersionTable.PSVersion.Major -ge 7) 'before PowerShell 7 there is no -Parallel'
        $payments = 0..199 | ForEach-Object { 'fleet-{0:d6}' -f $_ } | ForEach-Object -Parallel { Import-Module $using:manifest; Get-OssBucketRequestPayment $_ } -ThrottleLimit 8
        ($payments.Bucket | Sort-Object -Unique) | Should -HaveCount 200
    }

    It 'work in thread jobs at once, over shared connections' {
        Skip-Unless ([bool](Get-Command Start-ThreadJob -ErrorAction Ignore)) 'there is no Start-ThreadJob'
        Invoke-EmulatorControl /counters/reset Post
        $jobs = 1..4 | ForEach-Object {
            Start-ThreadJob { Import-Module $args[0]; 0..199 | ForEach-Object { 'fleet-{0:d6}' -f $_ } | Set-OssBucketRequestPayment -Payer Requester -PassThru -ThrottleLimit 4 } -ArgumentList $manifest
        }
        $results = $jobs | Receive-Job -Wait -AutoRemoveJob
        $results | Should -HaveCount 800
        (Invoke-EmulatorControl /counters).connections | Should -BeLessOrEqual 64
    }
}

Describe 'Memory' {
    It 'does not grow with the number of buckets' {
        Reset-Emulator
        Set-EmulatorSetting @{ recordRequests = $false }
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 100; prefix = 'fleet-'; regions = @('cn-hangzhou') }
        $measure = {
            param($count)
            [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()
            $before = [GC]::GetTotalMemory($true)
            $peak = 0L
            & { for ($i = 0; $i -lt $count; $i++) { 'fleet-{0:d6}' -f ($i % 100) } } | Get-OssBucketRequestPayment | ForEach-Object {
                if ($script:seen++ % 5000 -eq 0) { $now = [GC]::GetTotalMemory($true); if ($now -gt $peak) { $peak = $now } }
            }
            $peak - $before
        }
        $script:seen = 0
        & $measure 100 | Out-Null
        $script:seen = 0
        $few = & $measure 100
        $script:seen | Should -Be 100
        $script:seen = 0
        $count = Select-Size -Small 10000 -Full 100000
        $many = & $measure $count
        $script:seen | Should -Be $count
        ($many - $few) | Should -BeLessThan 32MB
    }
}
