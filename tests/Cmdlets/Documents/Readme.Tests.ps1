# Runs the code of the READMEs unchanged, as a newcomer would, and the demo.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Readme.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../Shell.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../Emulator.psm1') -Force
}

Describe 'The blocks of <_>' -ForEach 'README.md', 'README.zh-CN.md' {
    It 'work pasted in order into one new shell, and print the output that they show' {
        $session = Get-ReadmeSession $_
        $session.Output.Count | Should -BeGreaterThan 20
        Invoke-ReadmeSession $session.Code | Should -Be $session.Output
    }

    It 'have a check that fails for a bucket that is missing, negated or not' {
        (Get-ReadmeSession $_).Code | Should -Match '(?m)^\(Get-OssBucketRequestPayment \$bucket -ErrorAction Stop\)\.Payer \| Should '
    }
}

Describe 'The emulator of a shell' {
    It 'leaves the environment as it was' {
        $names = 'OSS_ENDPOINT', 'OSS_REGION', 'OSS_ACCESS_KEY_ID', 'OSS_SESSION_TOKEN', 'ALIBABA_CLOUD_ROLE_ARN', 'HTTPS_PROXY'
        $before = @{}
        foreach ($name in $names) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $(if ($name -ne 'OSS_REGION') { "before $name" }))
        }

        try {
            Start-Emulator | Out-Null
            $env:OSS_ENDPOINT, $env:OSS_REGION, $env:OSS_ACCESS_KEY_ID -match '^before' | Should -BeNullOrEmpty
            "$env:OSS_SESSION_TOKEN$env:HTTPS_PROXY" | Should -BeNullOrEmpty
            Stop-Emulator
            foreach ($name in $names) {
                [Environment]::GetEnvironmentVariable($name) | Should -Be $(if ($name -ne 'OSS_REGION') { "before $name" })
            }
        } finally {
            foreach ($name in $names) {
                [Environment]::SetEnvironmentVariable($name, $before[$name])
            }
        }
    }

    It 'survives Ctrl+C, which is meant for another command' {
        Skip-Unless ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) 'only there a test can send the signal of Ctrl+C'
        Start-Emulator | Out-Null
        try {
            $process = & (Get-Module Emulator) { $process }
            & kill -INT $process.Id
            $process.WaitForExit(1000) | Should -BeFalse
            Invoke-EmulatorControl /buckets/a-bucket | Should -Not -BeNullOrEmpty
        } finally {
            Stop-Emulator
        }
    }
}

Describe 'The demo' {
    BeforeAll {
        Start-Emulator | Out-Null
        $env:NO_COLOR, $noColor = '1', $env:NO_COLOR
        try {
            $output = Invoke-Shell -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot '../../Demo/Demo.ps1') 2>&1 | Out-String -Width 300
        } finally {
            $env:NO_COLOR = $noColor
            Stop-Emulator
        }
    }

    It 'says what pay-by-requester and requester QoS are' {
        $output | Should -Match 'With pay-by-requester, .+\.'
        $output | Should -Match 'Requester QoS limits .+\.'
    }

    It 'shows <What>' -ForEach @(
        @{ What = 'a whole account in one line'; Shown = 'PS> Get-OssBucketRequestPayment\r?\n(?s:.+a-bucket.+uswest-bucket)' }
        @{ What = 'a dry run'; Shown = '-WhatIf\r?\n(What if: .+from BucketOwner to Requester.+\r?\n){3}' }
        @{ What = 'a change'; Shown = 'Requester +cn-hangzhou +examplebucket' }
        @{ What = 'limits'; Shown = 'forbidden' }
        @{ What = 'the error of one bucket among others'; Shown = 'a-bucket\r?\n.*missing: .+\(NoSuchBucket(?s:.+)BucketOwner +cn-hangzhou +c-bucket' }
    ) {
        $output | Should -Match $Shown
    }
}
