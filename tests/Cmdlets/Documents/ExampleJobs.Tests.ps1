# Runs in full: its jobs are processes.
# The jobs of the examples: a workflow, a CronJob, cron, a function, Azure Automation, a scheduled task, and a vault. Their
# commands run here against the emulator; what is not here (a token of GitHub, Get-Secret, and so on) has a stand-in.

BeforeAll {
    $suite = Split-Path $PSScriptRoot
    foreach ($name in 'Shell', 'SharedShell', 'Emulator', 'Yaml', 'Example') {
        Import-Module (Join-Path $suite "$name.psm1") -Force
    }

    $emulator = Start-Emulator
    $installed = Install-TestedModule "$TestDrive/modules"
    $onWindows = $PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows
    $onLinux = $PSVersionTable.PSEdition -eq 'Core' -and $IsLinux

    function Copy-Example([string] $Folder) {
        # What the comments of the jobs say to copy.
        $null = New-Item $Folder -ItemType Directory -Force
        foreach ($name in 'Invoke-OssAudit.ps1', 'Compare-DesiredState.ps1', 'Read-DesiredState.ps1', 'payers.csv', 'limits.csv') {
            Copy-Item -LiteralPath (Join-Path $examples $name) -Destination $Folder
        }
    }

    function Invoke-WithTokenService([hashtable] $Variable, [scriptblock] $Script) {
        # The emulator is STS, and nothing else has credentials.
        Clear-Credential
        $all = $Variable + @{ https_proxy = $emulator.proxy; SSL_CERT_FILE = $emulator.authorityCertificate }
        foreach ($name in $all.Keys) {
            [Environment]::SetEnvironmentVariable($name, $all[$name])
        }
        try {
            & $Script
        } finally {
            foreach ($name in $all.Keys) {
                [Environment]::SetEnvironmentVariable($name, $null)
            }
        }
    }

    function Get-UsedKey {
        @(Get-EmulatorRequest | Where-Object bucket).headers | Where-Object name -EQ Authorization |
            ForEach-Object { [regex]::Match($_.value, 'Credential=([^/]+)').Groups[1].Value } | Sort-Object -Unique
    }
}

AfterAll {
    Uninstall-TestedModule
    Stop-Emulator
}

Describe 'oss-audit.yml' {
    BeforeAll {
        $workflow = Read-Yaml (Join-Path $examples 'oss-audit.yml')
        $job = if ($workflow) { $workflow['jobs']['audit'] }

        function Get-Step([string] $Name) {
            @($job['steps'] | Where-Object { $_['name'] -eq $Name })[0]
        }

        function Invoke-Step([string] $Name, [string] $Before) {
            # As a runner does it: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
            $path = "$TestDrive/step.ps1"
            @(
                '$ErrorActionPreference = ''stop'''
                $Before
                (Get-Step $Name)['run']
                'if ((Test-Path -LiteralPath variable:\LASTEXITCODE)) { exit $LASTEXITCODE }'
            ) | Set-Content $path
            Push-Location -LiteralPath "$TestDrive/checkout/$($job['defaults']['run']['working-directory'])"
            try {
                $output = Invoke-Shell -NoProfile -NonInteractive -Command ". '$path'" 2>&1 | Out-String -Width 300
                @{ ExitCode = $LASTEXITCODE; Output = $output }
            } finally {
                Pop-Location
            }
        }

        # The folder is the one in the comment of the file.
        Copy-Example "$TestDrive/checkout/oss-audit"

        # GitHub's stand-in hands out the token for the audience only.
        $github = "function Invoke-RestMethod([string] `$Uri, [hashtable] `$Headers) {
            if (`$Uri -ne 'https://token.example/?api-version=2&audience=sts.aliyuncs.com') { throw 'another address' }
            if (`$Headers.Authorization -ne 'Bearer of-the-job') { throw 'another token' }
            @{ value = '$($emulator.oidcToken)' }
        }"

        function Invoke-AuditStep {
            Invoke-WithTokenService -Variable @{
                ALIBABA_CLOUD_ROLE_ARN = $emulator.roleArn
                ALIBABA_CLOUD_OIDC_PROVIDER_ARN = $emulator.oidcProviderArn
                ALIBABA_CLOUD_OIDC_TOKEN_FILE = "$TestDrive/oidc-token"
                ACTIONS_ID_TOKEN_REQUEST_URL = 'https://token.example/?api-version=2'
                ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'of-the-job'
            } -Script { Invoke-Step Audit $github }
        }
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'is a job whose steps run PowerShell or use an action, and have a timeout' {
        Skip-WithoutYaml
        $job['runs-on'] | Should -Be 'ubuntu-latest'
        $job['defaults']['run']['shell'] | Should -Be 'pwsh'
        [int]$job['timeout-minutes'] | Should -BeGreaterThan 0
        foreach ($step in $job['steps']) {
            @($step.Keys | Where-Object { $_ -in 'run', 'uses' }).Count | Should -Be 1
        }
    }

    It 'has no key, passes nothing to a script as text, and lets only this job request a token' {
        Skip-WithoutYaml
        Get-Content (Join-Path $examples 'oss-audit.yml') -Raw | Should -Not -Match 'secrets\.|ACCESS_KEY'
        foreach ($step in $job['steps']) {
            "$($step['run'])" | Should -Not -Match '\$\{\{'
        }

        $workflow['permissions'].Keys | Should -Be contents
        $job['permissions']['id-token'] | Should -Be write
        $job['permissions']['contents'] | Should -Be read
        (Get-Step Audit)['env'].Keys | Sort-Object |
            Should -Be 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE', 'ALIBABA_CLOUD_ROLE_ARN', 'OSS_REGION'
    }

    It 'exchanges the token of the job, fails on drift, and passes without drift' {
        Skip-WithoutYaml
        Skip-WithoutTrust
        $run = Invoke-AuditStep
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'Drift +beijing-bucket'
        Get-UsedKey | Should -BeLike 'STS.EmulatorIssued*'

        Reset-Emulator
        Set-AsDesired
        $run = Invoke-AuditStep
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Not -Match ([regex]::Escape($emulator.oidcToken))
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket' }
        $run = Invoke-AuditStep
        # PowerShell makes 1 of every other code here.
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match '[1-9] could not be read'
    }

    It 'keeps the report, also of a run that fails' {
        Skip-WithoutYaml
        Skip-WithoutTrust
        $null = Invoke-AuditStep
        $step = Get-Step 'Keep the report'
        $step['if'] | Should -Be '${{ !cancelled() }}'
        (Get-ChildItem "$TestDrive/checkout/$($step['with']['path'])").Name |
            Should -Be 'oss-audit.csv', 'oss-audit.html'
    }

    It 'installs the module from a registered repository' {
        Skip-WithoutYaml
        Skip-Unless (-not $onWindows) 'the job runs on Linux, and here it would install the module for this user'
        Skip-Unless ([bool](Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable | Where-Object Version -GE 1.1.0)) (
            'Microsoft.PowerShell.PSResourceGet 1.1.0 or later is not installed')
        $names = 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME'
        $saved = @{}
        foreach ($name in $names) {
            $saved[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $null)
        }

        $null = New-Item "$TestDrive/home", "$TestDrive/repository" -ItemType Directory
        $env:HOME = "$TestDrive/home"
        try {
            # A folder instead of the gallery.
            $run = Invoke-Step 'Install OssPayment' @"
Register-PSResourceRepository -Name Local -Uri '$TestDrive/repository'
Unregister-PSResourceRepository -Name PSGallery
Publish-PSResource -Path '$installed' -Repository Local
"@
            $run.ExitCode | Should -Be 0 -Because $run.Output
            @(Get-ChildItem "$TestDrive/home" -Recurse -Force -Filter OssPayment.psd1).Count | Should -Be 1
        } finally {
            foreach ($name in $names) {
                [Environment]::SetEnvironmentVariable($name, $saved[$name])
            }
        }
    }
}

Describe 'oss-audit-cronjob.yaml' {
    BeforeAll {
        # Three documents in one file.
        $number = 0
        $parts = foreach ($text in (Get-Content (Join-Path $examples 'oss-audit-cronjob.yaml') -Raw) -split '(?m)^---\r?\n') {
            $number++
            Set-Content "$TestDrive/part$number.yaml" $text
            Read-Yaml "$TestDrive/part$number.yaml"
        }
        $cronJob = $parts | Where-Object { $_['kind'] -eq 'CronJob' }
        $pod = if ($cronJob) { $cronJob['spec']['jobTemplate']['spec']['template']['spec'] }
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'runs as the service account that has the RAM role, in a namespace with RRSA' {
        Skip-WithoutYaml
        $parts | ForEach-Object { $_['kind'] } | Should -Be Namespace, ServiceAccount, CronJob
        $parts[0]['metadata']['labels']['pod-identity.alibabacloud.com/injection'] | Should -Be 'on'
        $parts[1]['metadata']['annotations']['pod-identity.alibabacloud.com/role-name'] | Should -Be oss-audit
        $parts[1..2] | ForEach-Object { $_['metadata']['namespace'] } | Should -Be $parts[0]['metadata']['name'], $parts[0]['metadata']['name']
        $pod['serviceAccountName'] | Should -Be $parts[1]['metadata']['name']
        $cronJob['spec']['schedule'] | Should -Match '\A(\S+ ){4}\S+\z'
        Get-Content (Join-Path $examples 'oss-audit-cronjob.yaml') -Raw | Should -Not -Match 'ACCESS_KEY|kind: Secret'
    }

    It 'mounts the scripts, and its command audits with the token of the pod' {
        Skip-WithoutYaml
        Skip-WithoutTrust
        $container = $pod['containers'][0]
        $mount = $container['volumeMounts'][0]
        $pod['volumes'][0]['name'] | Should -Be $mount['name']
        $pod['volumes'][0]['configMap']['name'] | Should -Be oss-audit
        $container['command'] -join ' ' | Should -Be 'pwsh -NoProfile -NonInteractive -Command'
        $container['args'].Count | Should -Be 1
        $container['args'][0] | Should -Match 'Install-PSResource OssPayment -TrustRepository'

        Copy-Example "$TestDrive/mount"
        Set-Content "$TestDrive/pod-token" $emulator.oidcToken
        $command = "function Install-PSResource { }`n" + $container['args'][0].Replace(
            "$($mount['mountPath'])/", "$TestDrive/mount/").Replace('$HOME/report', "$TestDrive/pod-report")
        $output = Invoke-WithTokenService -Variable @{
            ALIBABA_CLOUD_ROLE_ARN = $emulator.roleArn
            ALIBABA_CLOUD_OIDC_PROVIDER_ARN = $emulator.oidcProviderArn
            ALIBABA_CLOUD_OIDC_TOKEN_FILE = "$TestDrive/pod-token"
        } -Script { Invoke-Shell -NoProfile -NonInteractive -Command $command 2>&1 | Out-String -Width 300 }
        $LASTEXITCODE | Should -Be 1 -Because $output
        $output | Should -Match 'Of 8 buckets and 3 requesters with limits, 3 are not as desired'
        Get-UsedKey | Should -BeLike 'STS.EmulatorIssued*'
    }
}

Describe 'oss-audit.cron' {
    BeforeAll {
        $lines = @(Get-Content (Join-Path $examples 'oss-audit.cron') | Where-Object { $_ -and $_ -notlike '#*' })
        $variables = @($lines | Where-Object { $_ -match '\A[A-Z_0-9]+=' })
        $jobs = @($lines | Where-Object { $_ -notmatch '\A[A-Z_0-9]+=' })
    }

    It 'is one job with a schedule and a user, and takes the role of the instance' {
        $jobs.Count | Should -Be 1
        $jobs[0] | Should -Match '\A[\d*]+ [\d*]+ [\d*]+ [\d*]+ [\d*-]+ oss-audit pwsh '
        $jobs[0] | Should -Not -Match '(?<!\\)%' -Because 'cron ends the command at a % without a backslash'
        $variables | Should -Contain 'ALIBABA_CLOUD_ECS_METADATA=oss-audit'
        $variables | Should -Contain 'ALIBABA_CLOUD_IMDSV1_DISABLED=true'
        $lines | Should -Not -Match 'ACCESS_KEY'
    }

    It 'runs the audit, logs its output, and reports a failure' {
        Skip-Unless $onLinux 'cron runs on Linux'
        Reset-Emulator
        Copy-Example "$TestDrive/home/audit"
        $null = New-Item "$TestDrive/var", "$TestDrive/bin" -ItemType Directory -Force

        # Programs that an instance has: PowerShell, and a logger. The metadata service is not here, so there is a key.
        $program = (Get-Process -Id $PID).Path
        if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
            $program = "'$program' '$(Join-Path $PSHOME 'pwsh.dll')'"
        }
        "#!/bin/sh`nexec $program `"`$@`"" | Set-Content "$TestDrive/bin/pwsh"
        "#!/bin/sh`necho `"`$@`" >> '$TestDrive/var/logged'" | Set-Content "$TestDrive/bin/logger"
        chmod +x "$TestDrive/bin/pwsh" "$TestDrive/bin/logger"
        $command = ($jobs[0] -replace '\A(\S+ ){6}').Replace('\%', '%')
        $path = $env:PATH
        $env:PATH = "$TestDrive/bin:$path"
        Push-Location "$TestDrive/home"
        try {
            sh -c $command
        } finally {
            Pop-Location
            $env:PATH = $path
        }

        Get-Content "$TestDrive/home/audit.log" -Raw | Should -Match 'Of 8 buckets and 3 requesters with limits, 3 are not as desired'
        Get-Content "$TestDrive/var/logged" | Should -Match '\A-t oss-audit -p user\.err exit code 1, see '
        (Get-ChildItem "$TestDrive/home/reports" -Recurse -Filter oss-audit.html).Directory.Name | Should -Match '\A\d{4}-\d\d-\d\d\z'
    }
}

Describe 'Start-AuditFunction.ps1' {
    BeforeAll {
        # A port that is free now.
        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()

        function Invoke-Function([string] $Method = 'POST', [string] $Path = '/invoke', [string] $KeyName = 'temporary') {
            $key = $emulator.keys | Where-Object name -EQ $KeyName
            $request = [System.Net.WebRequest]::Create("http://localhost:$port$Path")
            $request.Proxy = $null
            $request.Method = $Method
            $request.ContentLength = 0
            foreach ($header in @{ id = 'x-fc-access-key-id'; secret = 'x-fc-access-key-secret'; token = 'x-fc-security-token' }.GetEnumerator()) {
                $request.Headers[$header.Value] = "$($key.($header.Key))"
            }
            $request.Headers['x-fc-region'] = 'cn-hangzhou'
            $response = try { $request.GetResponse() } catch { $_.Exception.GetBaseException().Response }
            $text = [System.IO.StreamReader]::new($response.GetResponseStream()).ReadToEnd()
            @{ Status = [int]$response.StatusCode; FcStatus = $response.Headers['x-fc-status']; Text = $text }
        }
    }

    It 'audits with the credentials in the headers of the request, which it does not keep' {
        Skip-Unless (-not $onWindows) 'the function runs on Linux'
        Reset-Emulator
        Clear-Credential
        $env:OSS_REGION = $null
        $program = (Get-Process -Id $PID).Path
        $arguments = "-NoProfile -NonInteractive -File `"$(Join-Path $examples 'Start-AuditFunction.ps1')`" -Port $port"
        if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
            $arguments = "`"$(Join-Path $PSHOME 'pwsh.dll')`" $arguments"
        }
        $start = [System.Diagnostics.ProcessStartInfo]::new($program, $arguments)
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        $server = [System.Diagnostics.Process]::Start($start)
        $null = $server.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)
        try {
            $deadline = [DateTime]::UtcNow.AddSeconds(60)
            while ($true) {
                try {
                    $probe = [System.Net.Sockets.TcpClient]::new('localhost', $port)
                    $probe.Dispose()
                    break
                } catch {
                    if ([DateTime]::UtcNow -gt $deadline) {
                        throw
                    }
                    Start-Sleep -Milliseconds 100
                }
            }

            $response = Invoke-Function
            "$($response.Status) $($response.FcStatus)" | Should -Be '404 404' -Because $response.Text
            $response.Text | Should -Match 'Of 8 buckets and 3 requesters with limits, 3 are not as desired'
            Get-UsedKey | Should -Be 'STS.EmulatorTemporaryId'

            $response = Invoke-Function -KeyName none
            $response.FcStatus | Should -Be 404
            $response.Text | Should -Match 'OSS_ACCESS_KEY_ID' -Because 'nothing is left of the earlier credentials'
            (Invoke-Function GET).Text | Should -Be 'Use POST /invoke.'

            $env:OSS_REGION = 'cn-hangzhou'
            Use-EmulatorKey owner
            Set-AsDesired
            $response = Invoke-Function
            "$($response.Status) $($response.FcStatus)" | Should -Be '200 200' -Because $response.Text
        } finally {
            $server.Kill()
            $null = $server.WaitForExit(10000)
        }
    }
}

Describe 'Invoke-AzureAudit.ps1' {
    BeforeAll {
        $arguments = @('-RoleArn', $emulator.roleArn, '-OidcProviderArn', $emulator.oidcProviderArn, '-Audience', 'api://oss-audit', '-Region', 'cn-hangzhou')
        # What the sandbox has: the identity of the account, and the variables.
        $azure = "
            function Invoke-RestMethod([string] `$Uri, [hashtable] `$Headers, [switch] `$UseBasicParsing) {
                if (`$Uri -ne 'http://identity.example/msi?resource=api%3A%2F%2Foss-audit') { throw 'another address' }
                if (`$Headers['X-IDENTITY-HEADER'] -ne 'of-the-sandbox') { throw 'another identity' }
                @{ access_token = '$($emulator.oidcToken)' }
            }
            function Get-AutomationVariable([string] `$Name) {
                if (`$Name -eq 'OssPayers') { Get-Content '$(Join-Path $examples 'payers.csv')' -Raw }
            }"

        function Invoke-Sandbox {
            $env:OSS_REGION = $null
            $path = Join-Path $examples 'Invoke-AzureAudit.ps1'
            $text = "$azure; try { & '$path' $($arguments -join ' '); 'completed' } catch { `"failed: `$_`" }"
            Invoke-WithTokenService -Variable @{ IDENTITY_ENDPOINT = 'http://identity.example/msi'; IDENTITY_HEADER = 'of-the-sandbox' } -Script {
                Invoke-SharedShell -WithoutModule -Name trusting $text | Out-String -Width 300
            }
        }
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'exchanges the token of the managed identity, and throws on drift' {
        Skip-WithoutTrust
        $output = Invoke-Sandbox
        $output | Should -Match 'beijing-bucket: is BucketOwner, not Requester'
        $output | Should -Match 'failed: Of 8 buckets, 2 are not as desired, and 0 could not be read\.'
        Get-UsedKey | Should -BeLike 'STS.EmulatorIssued*'
    }

    It 'completes if every bucket is as desired, and throws if one cannot be read' {
        Skip-WithoutTrust
        Set-AsDesired
        Invoke-Sandbox | Should -Match 'Of 8 buckets, 0 are not as desired, and 0 could not be read\.\s+completed'
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket' }
        $output = Invoke-Sandbox
        $output | Should -Match 'oss:GetBucketRequestPayment'
        $output | Should -Match 'failed: Of 8 buckets, 0 are not as desired, and 1 could not be read\.'
    }
}

Describe 'Use-VaultKey.ps1' {
    BeforeAll {
        $owner = $emulator.keys | Where-Object name -EQ owner
        # The module SecretManagement has this function.
        $vault = "
            function Get-Secret([string] `$Name, [string] `$Vault) {
                if (`$Name -eq 'oss-key' -and `$Vault -in '', 'work') {
                    [pscredential]::new('$($owner.id)', [Net.NetworkCredential]::new('', '$($owner.secret)').SecurePassword)
                } elseif (`$Name -eq 'text') {
                    [Net.NetworkCredential]::new('', 'NotToBeShown').SecurePassword
                } else {
                    throw `"There is no secret `$Name in the vault `$Vault.`"
                }
            }
            Import-Module OssPayment
            `$use = '$(Join-Path $examples 'Use-VaultKey.ps1')'"

        function Invoke-Session([string] $Text) {
            Clear-Credential
            $env:OSS_SESSION_TOKEN = 'of-an-earlier-key'
            @(Invoke-SharedShell -WithoutModule "$vault; $Text; Remove-Module OssPayment")
        }
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'sets the key for this session, shows nothing, and removes it again' {
        $output = Invoke-Session '
            & $use oss-key -Vault work
            (Get-OssBucketRequestPayment examplebucket).Payer
            & $use -Remove
            try { Get-OssBucketRequestPayment examplebucket } catch { $_.FullyQualifiedErrorId -replace ",.*" }'
        $output | Should -Be BucketOwner, CredentialsNotFound
        Get-UsedKey | Should -Be $owner.id
    }

    It 'searches all vaults by default' {
        Invoke-Session '& $use oss-key; (Get-OssBucketRequestPayment examplebucket).Payer' | Should -Be BucketOwner
    }

    It 'refuses a secret that is not a credential, and does not show it' {
        $output = Invoke-Session '& $use text' | Out-String
        $output | Should -Match "The secret 'text' is not a credential"
        $output | Should -Not -Match 'NotToBeShown'
    }
}

Describe 'Register-OssAuditTask.ps1' {
    BeforeAll {
        # A folder whose name needs quotation marks, and an end that would break them.
        $folder = "$TestDrive/the task"
        $null = New-Item $folder -ItemType Directory
        $arguments = @(
            '-KeyPath', "$folder/oss-key.xml", '-Region', 'cn-hangzhou', '-OutputPath',
            ("$folder/reports" + [System.IO.Path]::DirectorySeparatorChar), '-At', '05:30'
        )

        function Invoke-Task([string] $CommandLine) {
            $parts = @([regex]::Matches($CommandLine, '"([^"]*)"|[^" ]+') | ForEach-Object { $_.Value.Trim('"') })
            $output = Invoke-Shell @parts 2>&1 | Out-String -Width 300
            @{ ExitCode = $LASTEXITCODE; Output = $output }
        }
    }

    BeforeEach {
        Reset-Emulator
        $secret = [System.Net.NetworkCredential]::new('', $env:OSS_ACCESS_KEY_SECRET).SecurePassword
        [pscredential]::new($env:OSS_ACCESS_KEY_ID, $secret) | Export-Clixml "$folder/oss-key.xml"
        # The key comes only from the file.
        Clear-Credential
        $env:OSS_REGION = $null
    }

    It 'shows with -WhatIf the task to register, which runs the audit' {
        $run = Invoke-Example Register-OssAuditTask.ps1 ($arguments + '-WhatIf')
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Register the scheduled task OssAudit, daily at 05:30'
        $run.Output -match 'on target "powershell\.exe (.*)"\.' | Should -BeTrue
        $commandLine = $Matches[1]

        $run = Invoke-Task $commandLine
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'Drift +beijing-bucket'
        (Get-ChildItem "$folder/reports" -Recurse -File).Name | Should -Be 'oss-audit.csv', 'oss-audit.html'

        Remove-Item "$folder/oss-key.xml"
        (Invoke-Task $commandLine).ExitCode | Should -Be 2
    }

    It 'registers the task' {
        Skip-Unless $onWindows 'scheduled tasks exist only in Windows'
        $name = "OssAuditTest$PID"
        $run = Invoke-Example Register-OssAuditTask.ps1 ($arguments + '-TaskName' + $name)
        $run.ExitCode | Should -Be 0 -Because $run.Output
        try {
            $task = Get-ScheduledTask $name
            $task.Actions[0].Execute | Should -Be 'powershell.exe'
            ([datetime]$task.Triggers[0].StartBoundary).ToString('HH:mm') | Should -Be '05:30'
            $run = Invoke-Task $task.Actions[0].Arguments
            $run.ExitCode | Should -Be 1 -Because $run.Output
        } finally {
            Unregister-ScheduledTask $name -Confirm:$false
        }
    }
}
