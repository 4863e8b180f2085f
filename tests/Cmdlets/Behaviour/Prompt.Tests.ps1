# Interaction at the prompt: confirmations and how to skip them, a proxy's credentials, completion.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot "../TestedModule.ps1")) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    Import-Module (Join-Path $PSScriptRoot "../SharedShell.psm1") -Force
    Import-Module (Join-Path $PSScriptRoot "../Shell.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'The confirmation' {
    BeforeEach {
        Reset-Emulator
    }

    It 'has an error with the alternative in a session that cannot prompt: <_>' -ForEach @(
        'Remove-OssRequesterQoSInfo examplebucket 300100'
        'Remove-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100'
        'Remove-OssRequesterQoSInfo examplebucket 300100 -Force -Confirm'
        'Set-OssBucketRequestPayment examplebucket Requester -Confirm'
        'Set-OssRequesterQoSInfo examplebucket 300100 -TotalUploadBandwidth 5 -Confirm'
    ) {
        $output = (Invoke-SharedShell "try { $_ } catch { `$_.FullyQualifiedErrorId; `"`$_`" }") -join "`n"
        $output | Should -Match '(?m)^InvalidOperation,'
        $output | Should -Match 'This session cannot ask for confirmation'
        $output | Should -Match '-Confirm:\$false'
        $output -match '-Force' | Should -Be ($_ -like 'Remove-*')
        Get-EmulatorRequest | Where-Object method -NE GET | Should -BeNullOrEmpty
    }

    It 'has the same error in a host without a prompt' {
        $shell = New-ModuleShell 'Remove-OssRequesterQoSInfo examplebucket 300100'
        try {
            $shell.Invoke()
            "$($shell.Streams.Error)" | Should -BeLike '*-Confirm:$false or -Force*'
        } finally {
            $shell.Dispose()
        }

        Get-EmulatorRequest '?method=DELETE' | Should -BeNullOrEmpty
    }

    It 'has the same error in a background job' {
        $module = & (Join-Path $PSScriptRoot '../TestedModule.ps1')
        $output = Invoke-SharedShell "
            `$job = Start-Job { Import-Module '$module'; Remove-OssRequesterQoSInfo examplebucket 300100 }
            try { Receive-Job `$job -Wait } catch { `$_ } finally { Remove-Job `$job -Force }" | Out-String
        $output | Should -Match 'This session cannot ask for confirmation'
        $output | Should -Match '-Confirm:\$false or -Force'
        Get-EmulatorRequest '?method=DELETE' | Should -BeNullOrEmpty
    }

    It 'is skipped with -Force, and no limits are read' {
        Invoke-SharedShell 'Remove-OssRequesterQoSInfo examplebucket 300100, 300200 -Force' | Should -BeNullOrEmpty
        (Get-EmulatorRequest).method | Should -Be DELETE, DELETE
        Get-OssRequesterQoSInfo examplebucket | Should -BeNullOrEmpty
    }

    It 'is not requested where PowerShell would not ask, and no limits are read' {
        Remove-OssRequesterQoSInfo examplebucket 300100 -Confirm:$false
        & { $ConfirmPreference = 'None'; Remove-OssRequesterQoSInfo examplebucket 300200 }
        (Get-EmulatorRequest).method | Should -Be DELETE, DELETE
    }

    It 'says which limits are removed' {
        $output = 'y', 'n' | Invoke-Shell -NoProfile -Command "
            Import-Module '$(& (Join-Path $PSScriptRoot ../TestedModule.ps1))'
            Remove-OssRequesterQoSInfo examplebucket 300100, 300999, 300200" | Out-String -Width 300
        ($output -replace '\r?\n') | Should -Match ('"remove all limits \(TotalUploadBandwidth 10, TotalDownloadBandwidth 10\)" on target "bucket ' +
            'examplebucket, requester 300100 \(cn-hangzhou\)".+"remove all limits \(TotalUploadBandwidth 20, IntranetUploadBandwidth 10, ' +
            'ExtranetUploadBandwidth forbidden, .+requester 300200')
        $output | Should -Not -Match 300999
        (Get-OssRequesterQoSInfo examplebucket).Requester | Should -Be 300200
    }

    It 'says what is known if the limits may not be read' {
        Add-EmulatorFault @{ operation = 'GetBucketRequesterQoSInfo'; action = @{ kind = 'ossError'; status = 403; code = 'AccessDenied' } }
        Invoke-SharedShell 'Remove-OssRequesterQoSInfo examplebucket 300100 -WhatIf' |
            Should -Be 'What if: Performing the operation "remove all limits" on target "bucket examplebucket, requester 300100 (cn-hangzhou)".'
        'y' | Invoke-Shell -NoProfile -Command "
            Import-Module '$(& (Join-Path $PSScriptRoot ../TestedModule.ps1))'
            Remove-OssRequesterQoSInfo examplebucket 300100" | Out-Null
        (Get-OssRequesterQoSInfo examplebucket).Requester | Should -Be 300200
    }

    It 'is not requested with -WhatIf, with or without -Force' {
        Remove-OssRequesterQoSInfo examplebucket 300100 -Force -WhatIf
        & { $WhatIfPreference = $true; Remove-OssRequesterQoSInfo examplebucket 300100 -Force }
        Get-EmulatorRequest '?method=DELETE' | Should -BeNullOrEmpty
        & { $WhatIfPreference = $true; Remove-OssRequesterQoSInfo examplebucket 300100 -Force -WhatIf:$false }
        Get-EmulatorRequest '?method=DELETE' | Should -HaveCount 1
    }
}

Describe '-ProxyCredential' {
    BeforeAll {
        $at = @{ Endpoint = 'http://oss-cn-hangzhou.aliyuncs.com'; RetryIntervalSec = 0; WarningAction = 'SilentlyContinue' }
        $login = [pscredential]::new('proxy user', [System.Net.NetworkCredential]::new('', 'p@ss:w0rd/').SecurePassword)
    }

    BeforeEach {
        Reset-Emulator
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'proxy user'; password = 'p@ss:w0rd/' } }
    }

    It 'is sent to the proxy' {
        { Get-OssBucketRequestPayment a-bucket @at -Proxy $emulator.proxy -ErrorAction Stop } | Should -Throw -ExpectedMessage '*-ProxyCredential*'
        (Get-OssBucketRequestPayment a-bucket @at -Proxy $emulator.proxy -ProxyCredential $login).Payer | Should -Be BucketOwner
    }

    It 'takes precedence over the user info of the URL' {
        $proxy = "http://proxyuser:wrong@127.0.0.1:$(([uri]$emulator.proxy).Port)"
        (Get-OssBucketRequestPayment a-bucket @at -Proxy $proxy -ProxyCredential $login).Payer | Should -Be BucketOwner
    }

    It 'is not kept for a later command with another or no credential' {
        Get-OssBucketRequestPayment a-bucket @at -Proxy $emulator.proxy -ProxyCredential $login | Out-Null
        $other = [pscredential]::new('proxy user', [System.Net.NetworkCredential]::new('', 'another').SecurePassword)
        { Get-OssBucketRequestPayment a-bucket @at -Proxy $emulator.proxy -ProxyCredential $other -ErrorAction Stop } | Should -Throw
        $Error[0].CategoryInfo.Category | Should -Be AuthenticationError
        { Get-OssBucketRequestPayment a-bucket @at -Proxy $emulator.proxy -ErrorAction Stop } | Should -Throw
    }

    It 'is refused without a proxy' {
        foreach ($credential in $login, [pscredential]::Empty) {
            { Get-OssBucketRequestPayment a-bucket -ProxyCredential $credential } | Should -Throw -ErrorId 'InvalidProxy,*' -ExpectedMessage '*-Proxy.*'
        }

        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'is not needed if the URL has a password with # / ? @ or a backslash: <_>' -ForEach '2024#Spring', 'a/b?c', 'p@ss', 'back\slash' {
        Set-EmulatorSetting @{ proxyCredential = @{ user = 'alice'; password = $_ } }
        $proxy = "http://alice:$_@127.0.0.1:$(([uri]$emulator.proxy).Port)"
        (Get-OssBucketRequestPayment a-bucket @at -Proxy $proxy).Payer | Should -Be BucketOwner
        $env:http_proxy = $proxy
        try {
            (Get-OssBucketRequestPayment a-bucket @at).Payer | Should -Be BucketOwner
        } finally {
            $env:http_proxy = $null
        }
    }
}

Describe 'The first completion' {
    BeforeDiscovery {
        $completions = @(
            @{ Typed = 'Set-OssBucketRequestPayment x -Payer '; Expected = 'BucketOwner,Requester' }
            @{ Typed = 'Set-OssBucketRequestPayment x '; Expected = 'BucketOwner,Requester' }
            @{ Typed = 'Get-OssBucketRequestPayment x -EndpointType I'; Expected = 'Internal' }
            @{ Typed = 'Get-OssRequesterQoSInfo x -AddressingStyle '; Expected = 'CName,Path,Virtual' }
            @{ Typed = 'Get-OssBucketRequestPayment x -Region cn-hang'; Expected = 'cn-hangzhou,cn-hangzhou-finance' }
            @{ Typed = 'Remove-OssRequesterQoSInfo -ResourcePool x -Fo'; Expected = '-Force' }
        )
    }

    It 'returns <Expected> after "<Typed>", and writes nothing' -ForEach $completions {
        # The first of a session. All streams are on, so that any output appears among the completions.
        $shell = New-ModuleShell ("`$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'; `$Error.Clear(); " +
            "& { (TabExpansion2 '$Typed' $($Typed.Length)).CompletionMatches.CompletionText -join ',' } *>&1; `$Error.Count")
        try {
            $shell.Invoke() | Should -Be $Expected, '0'
        } finally {
            $shell.Dispose()
        }
    }

    It 'of a process is the same' {
        $output = Invoke-ChildShell ("`$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'; `$Error.Clear(); " +
            "& { (TabExpansion2 'Set-OssBucketRequestPayment x ').CompletionMatches.CompletionText -join ',' } *>&1; `$Error.Count")
        $output | Should -Be 'BucketOwner,Requester', '0'
    }
}
