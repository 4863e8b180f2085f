# Runs by itself: it counts descriptors and memory.
# Buckets by virtual-hosted names: each is a separate host, with its own connections, TLS and tunnels.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot "../TestedModule.ps1")) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator
    $manifest = & (Join-Path $PSScriptRoot "../TestedModule.ps1")
    $onLinux = $PSVersionTable.PSEdition -eq 'Core' -and $IsLinux
    $noDescriptors = 'descriptors are limited with ulimit, and counted in /proc/self/fd, on Linux alone'

    function Invoke-Counting {
        <# Runs a script in a PowerShell that trusts the emulator, may open so many files, and can count its own. #>
        param([Parameter(Mandatory)][string] $Script, [int] $MaximumDescriptors = 4096)

        $program = @((Get-Process -Id $PID).Path)
        if ([System.IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') {
            $program += Join-Path $PSHOME 'pwsh.dll'
        }
        $text = @"
            Import-Module '$manifest'
            `$ProgressPreference = 'SilentlyContinue'
            function Get-Descriptor { [System.IO.Directory]::GetFiles('/proc/self/fd').Count }
            $Script
"@
        $env:SSL_CERT_FILE = $emulator.authorityCertificate
        try {
            & sh -c 'ulimit -n "$0" && exec "$@"' $MaximumDescriptors $program -NoProfile -NonInteractive -Command $text
        } finally {
            $env:SSL_CERT_FILE = $null
        }
    }
}

AfterAll {
    Stop-Emulator
}

Describe 'Many hosts in a process that may open 256 files' {
    BeforeAll {
        Reset-Emulator
        Set-EmulatorSetting @{ recordRequests = $false }

        # PowerShell itself has some 180 files open: these are more than are left.
        $count = Select-Size -Small 150 -Full 600
        Invoke-EmulatorControl /buckets/fleet Post @{ count = $count; regions = @('cn-hangzhou') }
        Invoke-EmulatorControl /counters/reset Post
        if ($onLinux) {
            # Three cmdlets in parallel, and then one with many parallel requests.
            $connection = "@{ Endpoint = 'https://oss-cn-hangzhou.aliyuncs.com'; Proxy = '$($emulator.proxy)' }"
            $changed, $requests, $connects, $read, $errors = Invoke-Counting -MaximumDescriptors 256 "
                `$connection = $connection
                `$names = 0..$($count - 1) | ForEach-Object { 'fleet-{0:d6}' -f `$_ }
                `$few = @{ ThrottleLimit = 5 }
                `$names | Get-OssBucketRequestPayment @connection @few |
                    Set-OssBucketRequestPayment -Payer Requester -PassThru @connection @few |
                    Get-OssBucketRequestPayment @connection @few | Group-Object Payer | ForEach-Object { `"`$(`$_.Name) `$(`$_.Count)`" }
                `$counters = Invoke-RestMethod '$($emulator.control)/counters'
                `$counters.requests
                `$counters.connects
                @(`$names | Get-OssBucketRequestPayment @connection -ThrottleLimit 16).Count
                `"errors `$(`$Error.Count)`""
            $exitCode = $LASTEXITCODE
        }
    }

    It 'are read, changed and read again, over TLS and through a proxy' {
        Skip-Unless $onLinux $noDescriptors
        $changed | Should -Be "Requester $count"

        # A slow machine may have some sent again.
        [int] $requests | Should -BeGreaterOrEqual (3 * $count)
        [int] $requests | Should -BeLessThan (3.3 * $count)
        [int] $connects | Should -BeGreaterOrEqual $count
        [int] $connects | Should -BeLessThan (3 * $count) -Because 'some are asked again on the connection that they have'
        $exitCode, $errors | Should -Be 0, 'errors 0'
    }

    It 'are read sixteen at a time' {
        Skip-Unless $onLinux $noDescriptors
        $read | Should -Be $count
        $exitCode, $errors | Should -Be 0, 'errors 0'
    }

    It 'are requested again on an existing connection within a short time' {
        Skip-Unless $onLinux $noDescriptors
        Invoke-EmulatorControl /counters/reset Post
        $some = Select-Size -Small 30 -Full 100
        Invoke-Counting "
            `$connection = @{ Endpoint = 'https://oss-cn-hangzhou.aliyuncs.com'; Proxy = '$($emulator.proxy)'; ThrottleLimit = 1 }
            (0..$($some - 1) | ForEach-Object { 'fleet-{0:d6}' -f `$_ } | Get-OssBucketRequestPayment @connection |
                Set-OssBucketRequestPayment -Payer BucketOwner -PassThru @connection).Count" | Should -Be $some
        $counters = Invoke-EmulatorControl /counters
        $counters.requests | Should -Be (2 * $some)
        $counters.connects | Should -Be $some
    }
}

Describe 'More hosts than kept connections' {
    BeforeAll {
        Reset-Emulator
        Set-EmulatorSetting @{ recordRequests = $false }
        $count = Select-Size -Small 300 -Full 2000
        Invoke-EmulatorControl /buckets/fleet Post @{ count = $count; regions = @('cn-hangzhou') }
        if ($onLinux) {
            $printed = Invoke-Counting "
                `$names = 0..$($count - 1) | ForEach-Object { 'fleet-{0:d6}' -f `$_ }
                foreach (`$scheme in 'http', 'https') {
                    `$connection = @{ Endpoint = `"`${scheme}://oss-cn-hangzhou.aliyuncs.com`"; Proxy = '$($emulator.proxy)'; WarningAction = 'Ignore' }
                    `$null = `$names[0..99] | Get-OssBucketRequestPayment @connection
                    [GC]::Collect()
                    `$memory = [Environment]::WorkingSet
                    `$before = `$peak = Get-Descriptor
                    `$count = 0
                    `$names | Get-OssBucketRequestPayment @connection | ForEach-Object {
                        if (`$count++ % 20 -eq 0) { `$peak = [Math]::Max(`$peak, (Get-Descriptor)) }
                    }
                    [GC]::Collect()
                    `"`$scheme `$count `$(`$peak - `$before) `$([Environment]::WorkingSet - `$memory)`"
                }"
        }
    }

    It 'leave few connections and little memory behind: <Scheme> through a proxy' -ForEach @(
        @{ Scheme = 'http'; Sockets = 16 }
        @{ Scheme = 'https'; Sockets = 64 }
    ) {
        Skip-Unless $onLinux $noDescriptors
        $null, $found, $more, $memory = "$($printed -like "$Scheme *")" -split ' '
        Write-Host "$count hosts, ${Scheme} through a proxy: $more more descriptors at the most, $([long] $memory / 1MB) MiB more"
        $found | Should -Be $count
        [int] $more | Should -BeLessOrEqual $Sockets
        [long] $memory | Should -BeLessThan 64MB
    }
}

Describe 'The environment''s proxy' {
    BeforeAll {
        Reset-Emulator
    }

    It 'is read at each call: set, changed and removed after the first request' {
        Skip-Unless $onLinux 'the variables are read in PowerShell 7 alone, and the authority is trusted on Linux alone'
        $printed = Invoke-Counting "
            function Get-Outcome { try { (Get-OssBucketRequestPayment a-bucket -MaximumRetryCount 0 -ErrorAction Stop @args).Payer } catch { `"`$_`" -replace '^.*(InvalidProxy|RequestFailed).*`$', '`$1' } }
            `$tls = @{ Endpoint = 'https://oss-cn-hangzhou.aliyuncs.com' }
            Get-Outcome
            Get-Outcome @tls
            `$env:HTTPS_PROXY = '$($emulator.proxy)'
            Get-Outcome @tls
            `$env:NO_PROXY = '.aliyuncs.com'
            Get-Outcome @tls
            `$env:NO_PROXY = `$null
            `$env:HTTPS_PROXY = 'http://127.0.0.1:1'
            Get-Outcome @tls
            `$env:HTTPS_PROXY = 'http://127.0.0.1:99999'
            Get-Outcome @tls
            `$env:HTTPS_PROXY = `$null
            Get-Outcome @tls
            Get-Outcome"
        $printed | Should -Be 'BucketOwner', 'RequestFailed', 'BucketOwner', 'RequestFailed', 'RequestFailed', 'InvalidProxy', 'RequestFailed', 'BucketOwner'
    }
}
