# Runs in full: its jobs are processes.
# The examples in docs/examples run in another shell, in which the module is installed. The process and exit code that a
# job needs are tested once for each example, and by the workflow and the scheduled task.

BeforeDiscovery {
    $suite = Split-Path $PSScriptRoot
    $scripts = @(Get-ChildItem (Join-Path $suite '../../docs/examples') -Filter *.ps1 | ForEach-Object {
            @{ Name = $_.Name; Path = $_.FullName }
        })

    # Files that are not a valid desired state, each with its error.
    $unclear = @(
        @{ What = 'no row'; Lines = 'Bucket,Payer'; Says = 'contains no bucket' }
        @{ What = 'no column Payer'; Lines = 'Bucket,Owner', 'a-bucket,me'; Says = 'does not have the column Bucket or Payer' }
        @{ What = 'a name that no bucket has'; Lines = 'Bucket,Payer', "$([char]27)[31mX,Requester"; Says = 'row 1: Bucket is not' }
        @{ What = 'a payer that does not exist'; Lines = 'Bucket,Payer', 'a-bucket,=HYPERLINK()'; Says = 'row 1: Payer is not BucketOwner or Requester' }
        @{
            What = 'a bucket twice'
            Lines = 'Bucket,Payer', 'a-bucket,Requester', 'a-bucket,BucketOwner'
            Says = 'row 2: a-bucket is also in row 1'
        }
    )
}

BeforeAll {
    $suite = Split-Path $PSScriptRoot
    Import-Module (Join-Path $suite 'Shell.psm1') -Force
    Import-Module (Join-Path $suite 'SharedShell.psm1') -Force
    Import-Module (Join-Path $suite 'Emulator.psm1') -Force
    Import-Module (Join-Path $suite 'Readme.psm1') -Force
    Import-Module (Join-Path $suite 'Yaml.psm1') -Force
    Start-Emulator | Out-Null

    $examples = (Resolve-Path (Join-Path $suite '../../docs/examples')).Path
    $desiredState = Join-Path $examples 'desired.csv'
    $onWindows = $PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows

    # The module, in a folder of PSModulePath.
    $built = Split-Path (& (Join-Path $suite 'TestedModule.ps1'))
    $installed = "$TestDrive/modules/OssPayment"
    $null = New-Item $installed -ItemType Directory
    foreach ($name in 'OssPayment.psd1', 'OssPayment.Format.ps1xml', 'bin') {
        Copy-Item -LiteralPath (Join-Path $built $name) -Destination $installed -Recurse
    }

    $modulePath = $env:PSModulePath
    $env:PSModulePath = "$TestDrive/modules" + [System.IO.Path]::PathSeparator + $modulePath

    function Invoke-Example([string] $Name, [string[]] $Argument, [switch] $AsJob) {
        $path = Join-Path $examples $Name
        if ($AsJob) {
            $output = Invoke-Shell -NoProfile -NonInteractive -File $path @Argument 2>&1 | Out-String -Width 300
            return @{ ExitCode = $LASTEXITCODE; Output = $output }
        }

        # A script that throws ends a job with 1.
        $typed = @("'$path'") + @($Argument | Where-Object { $null -ne $_ } | ForEach-Object {
                if ($_ -match '^-\w+$') { $_ } else { "'$($_.Replace("'", "''"))'" }
            })
        $output = Invoke-SharedShell -WithoutModule "
            `$global:LASTEXITCODE = 0
            try { & $typed } catch { `$_ | Out-String; `$global:LASTEXITCODE = 1 }
            Remove-Module OssPayment -ErrorAction Ignore
            `"exit code `$LASTEXITCODE`"" | Out-String -Width 300
        @{ ExitCode = [int][regex]::Match($output, '(?m)^exit code (\d+)').Groups[1].Value; Output = $output }
    }

    function Invoke-Audit([string[]] $Argument = @(), [switch] $AsJob) {
        Invoke-Example Invoke-PaymentAudit.ps1 (@('-OutputPath', "$TestDrive/report") + $Argument) -AsJob:$AsJob
    }

    function Get-AuditRow([string] $Bucket) {
        $rows = @(Import-Csv "$TestDrive/report/payment-audit.csv")
        if ($Bucket) { $rows | Where-Object Bucket -EQ $Bucket } else { $rows }
    }

    function Get-AuditReport {
        # Text that is not well-formed XML throws.
        [xml](Get-Content "$TestDrive/report/payment-audit.html" -Raw)
    }

    function Get-Put([string] $Bucket) {
        @(Get-EmulatorRequest ('?method=PUT' + $(if ($Bucket) { "&bucket=$Bucket" })))
    }

    function Get-Payer([string] $Bucket) {
        (Invoke-EmulatorControl "/buckets/$Bucket").payer
    }

    function Set-Bucket([string] $Bucket, [string] $Payer) {
        $path = "/buckets/$([uri]::EscapeDataString($Bucket))"
        Invoke-EmulatorControl $path Put @{ region = 'cn-hangzhou'; payer = $Payer } | Out-Null
    }

    function Set-AsDesired {
        foreach ($row in Import-Csv $desiredState) {
            Invoke-EmulatorControl "/buckets/$($row.Bucket)" Put @{ region = $row.Region; payer = $row.Payer } | Out-Null
        }
    }

    function Add-Refusal([int] $Status, [string] $Code, [hashtable] $Where) {
        Add-EmulatorFault ($Where + @{ action = @{ kind = 'ossError'; status = $Status; code = $Code; message = 'Not <now>.' } })
    }

    function Write-Desired([string[]] $Lines) {
        $Lines | Set-Content "$TestDrive/desired.csv" -Encoding UTF8
        "$TestDrive/desired.csv"
    }
}

AfterAll {
    $env:PSModulePath = $modulePath
    Stop-Emulator
}

Describe 'Invoke-PaymentAudit.ps1' {
    BeforeEach {
        Reset-Emulator
        if (Test-Path "$TestDrive/report") {
            Remove-Item "$TestDrive/report" -Recurse
        }
    }

    It 'ends with 0 if every bucket is as desired' {
        Set-AsDesired
        $run = Invoke-Audit -AsJob
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Of 8 buckets, 0 are not as desired, and 0 could not be read\.'
        @(Get-AuditRow).Count | Should -Be 8
        Get-AuditRow | ForEach-Object Status | Should -Be (@('AsDesired') * 8)
        (Get-AuditReport).SelectNodes("//table[@class='deviations']").Count | Should -Be 0
        Get-Put | Should -BeNullOrEmpty
    }

    It 'ends with 1 on drift, and names only the buckets that drifted' {
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 1 -Because $run.Output
        [regex]::Matches($run.Output, '(?m)^(Drift|Unlisted|Missing|Failed)\b.*$').Value.Trim() -replace ' +', ' ' |
            Should -Be 'Drift beijing-bucket BucketOwner Requester', 'Drift examplebucket BucketOwner Requester'
        $row = Get-AuditRow beijing-bucket
        $row.Status, $row.Region, $row.Payer, $row.Desired | Should -Be 'Drift', 'cn-beijing', 'BucketOwner', 'Requester'
    }

    It 'ends with 1 on a bucket that is missing in the desired state or in the account' {
        Set-AsDesired
        Set-Bucket new-bucket Requester
        Invoke-EmulatorControl /buckets/uswest-bucket Delete | Out-Null
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'Unlisted +new-bucket +Requester'
        $run.Output | Should -Match 'Missing +uswest-bucket +BucketOwner'
        @(Get-AuditRow | Where-Object Status -NE AsDesired).Bucket | Should -Be 'new-bucket', 'uswest-bucket'
    }

    It 'ends with 2 if a bucket cannot be read, and reports the others' {
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket' }
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'oss:GetBucketRequestPayment'
        $row = Get-AuditRow a-bucket
        $row.Status, $row.Payer, $row.Desired | Should -Be 'Failed', '', 'BucketOwner'
        $row.Detail | Should -Match 'AccessDenied, HTTP 403'
        (Get-AuditRow beijing-bucket).Status | Should -Be 'Drift'
        $cells = (Get-AuditReport).SelectSingleNode("//table[@class='deviations']//tr[th='a-bucket']")
        $cells.td[0] | Should -Be 'Failed'
        $cells.td[-1] | Should -BeLike 'a-bucket: Not <now>.*'
    }

    It 'ends with 2 and without a report if the buckets cannot be listed' {
        Add-Refusal 403 AccessDenied @{ operation = 'ListBuckets' }
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'oss:ListBuckets'
        "$TestDrive/report" | Should -Not -Exist
    }

    It 'ends with 2 if there are no credentials' {
        Clear-Credential
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'OSS_ACCESS_KEY_ID'
    }

    It 'ends with 2 if the module is not installed' {
        $env:PSModulePath, $before = $modulePath, $env:PSModulePath
        try {
            Skip-Unless (-not (Get-Module OssPayment -ListAvailable)) 'this user has the module installed'
            $run = Invoke-Audit -AsJob
        } finally {
            $env:PSModulePath = $before
        }

        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'Get-OssBucketRequestPayment'
    }

    It 'ends with 2 if the desired state is missing' {
        (Invoke-Audit '-DesiredStatePath', "$TestDrive/none.csv").ExitCode | Should -Be 2
    }

    It 'ends with 2 if the desired state has <What>, reports it, and repeats no unsafe text' -ForEach $unclear {
        $run = Invoke-Audit '-DesiredStatePath', (Write-Desired $Lines)
        $run.ExitCode | Should -Be 2 -Because $run.Output
        ($run.Output -replace '\s*\r?\n\s*\|?\s*', ' ') | Should -Match $Says
        $run.Output | Should -Not -Match '\x1B\[31mX|HYPERLINK'
        @(Get-EmulatorRequest).Count | Should -Be 0
    }

    It 'shows every name of a listing as text in the report, and in no cell as a formula' {
        $names = '<script>alert(1)', '"><img src=x onerror=y>', '=HYPERLINK(1)', '+1+1', '@SUM(1)', "b$([char]0x202E)ad"
        foreach ($name in $names) {
            Set-Bucket $name Requester
        }

        $run = Invoke-Audit
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $report = Get-AuditReport
        $report.SelectNodes('//script | //img').Count | Should -Be 0
        $report.SelectNodes('//@*[starts-with(name(), "on")]').Count | Should -Be 0
        $shown = @($report.SelectNodes("//table[@class='deviations']/tbody/tr/th") | ForEach-Object InnerText)
        foreach ($name in $names -replace '\p{C}', '?') {
            $shown | Should -Contain $name
        }

        foreach ($row in Get-AuditRow) {
            $row.PSObject.Properties.Value | Should -Not -Match '\A[=+\-@\t\r]|\p{C}'
        }
        (Get-AuditRow "'=HYPERLINK(1)").Status | Should -Be 'Failed'
    }

    It 'writes a self-contained report: no script, nothing loaded, a language, and a header for each row' {
        $null = Invoke-Audit
        $report = Get-AuditReport
        $report.html.lang | Should -Be 'en'
        $report.SelectNodes('//script | //link | //@src | //@href').Count | Should -Be 0
        $report.SelectSingleNode('//meta[@http-equiv]').content | Should -BeLike "default-src 'none'*"
        $report.SelectNodes('//tbody/tr').Count | Should -Be $report.SelectNodes("//tbody/tr/th[@scope='row']").Count
        $report.SelectNodes("//td[@class='bar' and @aria-hidden='true']").Count | Should -Be 5
    }

    It 'draws a bar for each region, as long as the region has buckets' {
        $null = Invoke-EmulatorControl /buckets/shanghai-bucket Put @{ region = 'cn-shanghai'; payer = 'Requester' }
        Set-Bucket examplebucket Requester
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket' }
        $null = Invoke-Audit
        $bars = foreach ($row in (Get-AuditReport).SelectNodes("//table[@class='regions']/tbody/tr")) {
            $cells = @($row.SelectNodes('td[not(@class)]') | ForEach-Object InnerText)
            $lengths = @($row.SelectNodes('.//i') | ForEach-Object { $_.style -replace 'flex-grow:' })
            "$($row.th.InnerText): $cells, $lengths"
        }
        $bars | Should -Be @(
            'ap-southeast-1: 1 0 0, 1 0 0 3'
            'cn-beijing: 1 0 0, 1 0 0 3'
            'cn-hangzhou: 2 1 1, 2 1 1 0'
            'cn-shanghai: 0 1 0, 0 1 0 3'
            'us-west-1: 1 0 0, 1 0 0 3'
        )
    }

    It 'reports an account without buckets' {
        Use-EmulatorKey stranger
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 1 -Because $run.Output
        Get-AuditRow | ForEach-Object Status | Should -Be (@('Missing') * 8)
    }
}

Describe 'Set-DesiredPayment.ps1' {
    BeforeEach {
        Reset-Emulator
    }

    It 'shows with -WhatIf the necessary changes, changes nothing, and ends with 1' {
        $run = Invoke-Example Set-DesiredPayment.ps1 '-WhatIf' -AsJob
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'from BucketOwner to Requester" on target "bucket beijing-bucket \(cn-beijing\)"'
        $run.Output | Should -Match 'from BucketOwner to Requester" on target "bucket examplebucket \(cn-hangzhou\)"'
        $run.Output | Should -Match 'on target "2 buckets"'
        $run.Output | Should -Not -Match 'bucket a-bucket'
        Get-Put | Should -BeNullOrEmpty
    }

    It 'changes only what is not as desired, and nothing the second time' {
        Set-Bucket a-bucket Requester
        Set-Bucket new-bucket Requester
        $run = Invoke-Example Set-DesiredPayment.ps1
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'What if: .*examplebucket'
        (Get-Put).bucket | Sort-Object | Should -Be 'a-bucket', 'beijing-bucket', 'examplebucket'
        Get-Payer a-bucket | Should -Be BucketOwner
        Get-Payer beijing-bucket | Should -Be Requester
        Get-Payer examplebucket | Should -Be Requester
        Get-Payer new-bucket | Should -Be Requester

        Invoke-EmulatorControl /requests Delete | Out-Null
        $run = Invoke-Example Set-DesiredPayment.ps1
        $run.ExitCode | Should -Be 0 -Because $run.Output
        Get-Put | Should -BeNullOrEmpty
        (Invoke-Example Set-DesiredPayment.ps1 '-WhatIf').ExitCode | Should -Be 0
    }

    It 'retries only transient failures' {
        # The cmdlet itself sends a request three times.
        Add-Refusal 503 ServiceUnavailable @{ bucket = 'beijing-bucket'; method = 'PUT'; times = 3 }
        $run = Invoke-Example Set-DesiredPayment.ps1 '-PauseSec', 0
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Failed temporarily\. Retrying in 0 seconds: beijing-bucket'
        @(Get-Put beijing-bucket).Count | Should -Be 4
        @(Get-Put examplebucket).Count | Should -Be 1
        Get-Payer beijing-bucket | Should -Be Requester
    }

    It 'retries queries' {
        Add-Refusal 503 ServiceUnavailable @{ bucket = 'beijing-bucket'; method = 'GET'; times = 3 }
        $run = Invoke-Example Set-DesiredPayment.ps1 '-PauseSec', 0
        $run.ExitCode | Should -Be 0 -Because $run.Output
        Get-Payer beijing-bucket | Should -Be Requester
    }

    It 'ends with 2 if a bucket keeps failing, and changes the others' {
        Add-Refusal 503 ServiceUnavailable @{ bucket = 'beijing-bucket'; method = 'PUT' }
        $run = Invoke-Example Set-DesiredPayment.ps1 '-PauseSec', 0, '-Attempts', 2
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'beijing-bucket: Not <now>\.'
        [regex]::Matches($run.Output, 'Retrying').Count | Should -Be 1
        Get-Payer examplebucket | Should -Be Requester
    }

    It 'does not retry permanent failures' {
        Add-Refusal 403 AccessDenied @{ bucket = 'beijing-bucket'; method = 'PUT' }
        $run = Invoke-Example Set-DesiredPayment.ps1
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'oss:PutBucketRequestPayment'
        @(Get-Put beijing-bucket).Count | Should -Be 1
        Get-Payer examplebucket | Should -Be Requester
    }

    It 'changes nothing if the desired state is not valid' {
        $run = Invoke-Example Set-DesiredPayment.ps1 '-DesiredStatePath', (Write-Desired 'Bucket,Payer', 'a-bucket,Requester', 'X,Y')
        $run.ExitCode | Should -Be 2 -Because $run.Output
        @(Get-EmulatorRequest).Count | Should -Be 0
    }
}

Describe 'DesiredPayment.Tests.ps1' {
    BeforeAll {
        $pester = (Get-Module Pester).Path

        function Invoke-Check([string] $DesiredStatePath) {
            $path = Join-Path $examples 'DesiredPayment.Tests.ps1'
            $text = "Import-Module '$pester'; " +
                "`$container = New-PesterContainer -Path '$path' -Data @{ DesiredStatePath = '$DesiredStatePath' }; " +
                '$run = Invoke-Pester -Container $container -PassThru -Output None; ' +
                '"$($run.Result)"; $run.Tests | ForEach-Object { "$($_.ExpandedPath): $($_.Result)" }'
            @(Invoke-SharedShell -WithoutModule $text)
        }
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'has a result for each bucket, and fails only those that drifted or cannot be read' {
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket' }
        Invoke-EmulatorControl /buckets/uswest-bucket Delete | Out-Null
        Invoke-Check $desiredState | Should -Be @(
            'Failed'
            'The payer.of a-bucket is BucketOwner: Failed'
            'The payer.of b-bucket is BucketOwner: Passed'
            'The payer.of beijing-bucket is Requester: Failed'
            'The payer.of c-bucket is BucketOwner: Passed'
            'The payer.of examplebucket is Requester: Failed'
            'The payer.of shanghai-bucket is BucketOwner: Passed'
            'The payer.of singapore-bucket is BucketOwner: Passed'
            'The payer.of uswest-bucket is BucketOwner: Failed'
        )
    }

    It 'passes if every bucket is as desired' {
        Set-AsDesired
        (Invoke-Check $desiredState)[0] | Should -Be 'Passed'
    }

    It 'fails if the desired state has no bucket' {
        Invoke-Check (Write-Desired 'Bucket,Payer') | Should -Be 'Failed'
    }
}

Describe 'payment-audit.yml' {
    BeforeAll {
        $workflow = Read-Yaml (Join-Path $examples 'payment-audit.yml')
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

        # The value from the comment in the file.
        $null = New-Item "$TestDrive/checkout/oss-payment" -ItemType Directory
        foreach ($name in 'Invoke-PaymentAudit.ps1', 'Read-DesiredState.ps1', 'desired.csv') {
            Copy-Item -LiteralPath (Join-Path $examples $name) -Destination "$TestDrive/checkout/oss-payment"
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

    It 'passes the key only to the step that needs it, and to no script as text' {
        Skip-WithoutYaml
        foreach ($step in $job['steps']) {
            "$($step['run'])" | Should -Not -Match '\$\{\{'
            $hasKey = [bool]($step['env'] -and $step['env'].ContainsKey('OSS_ACCESS_KEY_SECRET'))
            $hasKey | Should -Be ($step['name'] -eq 'Audit')
        }

        $job.ContainsKey('env') | Should -BeFalse
    }

    It 'fails on drift, and passes without drift' {
        Skip-WithoutYaml
        $run = Invoke-Step Audit
        $run.ExitCode | Should -Be 1 -Because $run.Output
        Set-AsDesired
        $run = Invoke-Step Audit
        $run.ExitCode | Should -Be 0 -Because $run.Output
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket' }
        $run = Invoke-Step Audit
        # PowerShell makes 1 of every other code here.
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match '1 could not be read'
    }

    It 'keeps the report, also of a run that fails' {
        Skip-WithoutYaml
        $null = Invoke-Step Audit
        $step = Get-Step 'Keep the report'
        $step['if'] | Should -Be '${{ !cancelled() }}'
        (Get-ChildItem "$TestDrive/checkout/$($step['with']['path'])").Name |
            Should -Be 'payment-audit.csv', 'payment-audit.html'
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

Describe 'Register-PaymentAuditTask.ps1' {
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
        $run = Invoke-Example Register-PaymentAuditTask.ps1 ($arguments + '-WhatIf')
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Register the scheduled task OssPaymentAudit, daily at 05:30'
        $run.Output -match 'on target "powershell\.exe (.*)"\.' | Should -BeTrue
        $commandLine = $Matches[1]

        $run = Invoke-Task $commandLine
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'Drift +beijing-bucket'
        (Get-ChildItem "$folder/reports" -Recurse -File).Name | Should -Be 'payment-audit.csv', 'payment-audit.html'

        Remove-Item "$folder/oss-key.xml"
        (Invoke-Task $commandLine).ExitCode | Should -Be 2
    }

    It 'registers the task' {
        Skip-Unless $onWindows 'scheduled tasks are of Windows alone'
        $name = "OssPaymentAuditTest$PID"
        $run = Invoke-Example Register-PaymentAuditTask.ps1 ($arguments + '-TaskName' + $name)
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

Describe 'The example <Name>' -ForEach $scripts {
    It 'has help with a synopsis, each parameter, and an example' {
        $help = Get-Help $Path -Full
        $help.Synopsis | Should -Not -Match ([regex]::Escape($Name))
        $help.description | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
        $common = [System.Management.Automation.Cmdlet]::CommonParameters +
            [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($parameter in (Get-Command $Path).Parameters.Keys | Where-Object { $_ -notin $common }) {
            (Get-Help $Path -Parameter $parameter).description | Should -Not -BeNullOrEmpty -Because $parameter
        }
    }

    It 'is ASCII, which Windows PowerShell reads correctly in every country' {
        [System.IO.File]::ReadAllBytes($Path) | Where-Object { $_ -gt 127 } | Should -BeNullOrEmpty
    }

    It 'parses in Windows PowerShell 5.1, and PSScriptAnalyzer reports nothing' {
        Skip-Unless ([bool](Get-Module PSScriptAnalyzer -ListAvailable)) 'the module PSScriptAnalyzer is not installed'
        $settings = Import-PowerShellDataFile (Join-Path $suite '../../PSScriptAnalyzerSettings.psd1')
        $settings.Rules = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1') } }
        Invoke-ScriptAnalyzer -Path $Path -Settings $settings | ForEach-Object { "$($_.Line): $($_.Message)" } |
            Should -BeNullOrEmpty
    }

    It 'is listed in the README, in both languages' {
        foreach ($readme in 'README.md', 'README.zh-CN.md') {
            Get-Content (Join-Path $examples $readme) -Raw | Should -Match ([regex]::Escape("[$Name]($Name)"))
        }
    }
}

Describe 'The README of the examples' {
    It 'shows the output of its first example' {
        $text = (Get-Content (Join-Path $examples 'README.md') -Raw) -replace '\r'
        $text -match '(?ms)^## A first try\n.*?^```powershell\n(?<code>.*?)^```\n\n```Output\n(?<output>.*?)^```\n' |
            Should -BeTrue
        $code, $shown = $Matches.code, $Matches.output
        $run = $code.Replace('./OssPayment.psd1', 'OssPayment').Replace('./artifacts/report', "$TestDrive/report")
        $output = @(Invoke-ReadmeSession $run).Replace("$TestDrive", '/home/me/OssPayment/artifacts').Replace('\', '/')
        $output | Should -Be @($shown -split '\n' | ForEach-Object TrimEnd | Where-Object { $_ })
    }
}
