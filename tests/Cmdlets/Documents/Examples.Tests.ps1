# Runs in full: its jobs are processes.
# The examples of the desired state, in another shell, in which the module is installed. The process and the exit code that
# a job needs are tested once for each script. ExampleJobs.Tests.ps1 tests the jobs that run them.

BeforeDiscovery {
    $suite = Split-Path $PSScriptRoot
    $scripts = @(Get-ChildItem (Join-Path $suite '../../docs/examples') -Filter *.ps1 | ForEach-Object {
            @{ Name = $_.Name; Path = $_.FullName; Text = Get-Content -LiteralPath $_.FullName -Raw }
        })

    $files = @(Get-ChildItem (Join-Path $suite '../../docs/examples') -Exclude *.md | ForEach-Object {
            @{ Name = $_.Name; Path = $_.FullName; Text = Get-Content -LiteralPath $_.FullName -Raw }
        })

    # Files that are not a valid desired state, each with its error.
    $unclear = @(
        @{ What = 'no row'; Lines = 'Bucket,Payer'; Says = 'has no rows below the header' }
        @{ What = 'nothing'; Lines = ''; Says = 'needs the columns Bucket and Payer' }
        @{ What = 'no column Payer'; Lines = 'Bucket,Owner', 'a-bucket,me'; Says = 'needs the columns Bucket and Payer' }
        @{ What = 'a name that no bucket has'; Lines = 'Bucket,Payer', "$([char]27)[31mX,Requester"; Says = 'row 2: Bucket is not' }
        @{ What = 'a payer that does not exist'; Lines = 'Bucket,Payer', 'a-bucket,=HYPERLINK()'; Says = 'row 2: Payer is not BucketOwner or Requester' }
        @{
            What = 'a bucket twice'
            Lines = 'Bucket,Payer', 'a-bucket,Requester', ',', '', 'a-bucket,BucketOwner'
            Says = 'row 5: the same is in row 2'
        }
        @{ What = 'a row without a name'; Lines = 'sep=;', 'Bucket;Payer', ';Requester'; Says = 'row 3: there is no name' }
        @{ What = 'a UID as Excel shortens it'; Lines = 'Bucket,Requester,TotalQps', 'a-bucket,1.2E+17,5'; Says = 'row 2: Requester is not an account ID' }
        @{ What = 'a limit that is not a number'; Lines = 'Bucket,Requester,TotalQps', 'a-bucket,300100,some'; Says = 'row 2: TotalQps is not a number' }
        @{ What = 'a row without limits'; Lines = 'Bucket,Requester,TotalQps', 'a-bucket,300100,'; Says = 'row 2: no limit is specified' }
        @{ What = 'a bucket and a pool in a row'; Lines = 'Bucket,ResourcePool,Requester,TotalQps', 'a-bucket,p,1,5'; Says = 'row 2: Bucket and ResourcePool' }
    )
}

BeforeAll {
    $suite = Split-Path $PSScriptRoot
    foreach ($name in 'Shell', 'SharedShell', 'Emulator', 'Readme', 'Example') {
        Import-Module (Join-Path $suite "$name.psm1") -Force
    }

    Start-Emulator | Out-Null
    $null = Install-TestedModule "$TestDrive/modules"
    $limitsPath = Join-Path $examples 'limits.csv'

    function Invoke-Audit([string[]] $Argument = @(), [switch] $AsJob, [string] $Before) {
        Invoke-Example Invoke-OssAudit.ps1 (@('-OutputPath', "$TestDrive/report") + $Argument) -AsJob:$AsJob -Before $Before
    }

    function Get-AuditRow([string] $Bucket, [string] $Kind = 'Payer') {
        $rows = @(Import-Csv "$TestDrive/report/oss-audit.csv" | Where-Object Kind -EQ $Kind)
        if ($Bucket) { $rows | Where-Object Bucket -EQ $Bucket } else { $rows }
    }

    function Get-AuditReport {
        # Text that is not well-formed XML throws.
        [xml](Get-Content "$TestDrive/report/oss-audit.html" -Raw)
    }

    function Invoke-Set([string[]] $Argument = @(), [switch] $AsJob) {
        Invoke-Example Set-DesiredState.ps1 (@('-OutputPath', "$TestDrive/changes", '-PauseSec', 0) + $Argument) -AsJob:$AsJob
    }

    function Get-Change {
        Import-Csv (Get-ChildItem "$TestDrive/changes/changes-*.csv").FullName
    }

    function Get-Put([string] $Bucket) {
        @(Get-EmulatorRequest ('?method=PUT' + $(if ($Bucket) { "&bucket=$Bucket" })))
    }

    function Get-Payer([string] $Bucket) {
        (Invoke-EmulatorControl "/buckets/$Bucket").payer
    }

    function Get-State {
        # All limits and payers of the account, as text.
        Get-OssBucketRequestPayment | ForEach-Object { "$_" }
        Get-OssRequesterQoSInfo | ForEach-Object { "$_, $($_.ExtranetUploadBandwidth), $($_.TotalQps)" }
        Get-OssRequesterQoSInfo -ResourcePool example-pool, other-pool | ForEach-Object { "$_, $($_.TotalQps)" }
    }

    function Write-Desired([string[]] $Lines) {
        $Lines | Set-Content "$TestDrive/desired.csv" -Encoding UTF8
        "$TestDrive/desired.csv"
    }
}

AfterAll {
    Uninstall-TestedModule
    Stop-Emulator
}

Describe 'Read-DesiredState.ps1' {
    BeforeAll {
        function Read-Desired([string[]] $Lines) {
            @(& (Join-Path $examples 'Read-DesiredState.ps1') (Write-Desired $Lines))
        }
    }

    It 'reads what Excel writes: <What>' -ForEach @(
        @{ What = 'a byte order mark, quotation marks and rows of separators'; Lines = '"Bucket","Region","Payer",', 'a-bucket,,Requester,', ',,,', ' , , , ', ',,,' }
        @{ What = 'a first line that names the separator'; Lines = 'sep=;', 'Bucket;Region;Payer', 'a-bucket;;Requester', ';;' }
        @{ What = 'this line in quotation marks'; Lines = '"sep=,"', 'Bucket,Region,Payer', 'a-bucket,,Requester' }
        @{ What = 'semicolons'; Lines = 'Bucket;Region;Payer', '"a-bucket";;Requester' }
        @{ What = 'tabs'; Lines = "Payer`tBucket", "Requester`ta-bucket" }
        @{ What = 'columns without a name, and others'; Lines = 'Bucket,,,Payer,Note', 'a-bucket,x,y,Requester,"a, ""b"""' }
    ) {
        $rows = Read-Desired $Lines
        $rows.Count | Should -Be 1
        "$($rows[0].Bucket)|$($rows[0].Region)|$($rows[0].Payer)" | Should -Be 'a-bucket||Requester'
    }

    It 'reads limits as numbers, and an empty cell as nothing' {
        $rows = Read-Desired 'Bucket,Requester,TotalQps,IntranetQps,ExtranetQps,TotalUploadBandwidth', 'a-bucket,00300100,1000,unlimited,Forbidden,'
        $rows[0].Requester | Should -BeExactly '00300100'
        $rows[0].TotalQps, $rows[0].IntranetQps, $rows[0].ExtranetQps | Should -Be 1000, -1, 0
        $rows[0].TotalUploadBandwidth | Should -BeNullOrEmpty
    }
}

Describe 'Invoke-OssAudit.ps1' {
    BeforeEach {
        Reset-Emulator
        if (Test-Path "$TestDrive/report") {
            Remove-Item "$TestDrive/report" -Recurse
        }
    }

    It 'ends with 0 if everything is as desired' {
        Set-AsDesired
        $run = Invoke-Audit -AsJob
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Of 8 buckets and 3 requesters with limits, 0 are not as desired, and 0 could not be read\.'
        @(Get-AuditRow).Status + @(Get-AuditRow -Kind Limits).Status | Should -Be (@('AsDesired') * 11)
        (Get-AuditReport).SelectNodes("//table[contains(@class, 'deviations')]").Count | Should -Be 0
        Get-Put | Should -BeNullOrEmpty
    }

    It 'ends with 1 on drift, and names only what drifted' {
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 1 -Because $run.Output
        [regex]::Matches($run.Output, '(?m)^(Drift|Unlisted|Missing|Failed)\b.*$').Value.Trim() -replace ' +', ' ' | Should -Be @(
            'Drift beijing-bucket is BucketOwner, not Requester'
            'Drift examplebucket is BucketOwner, not Requester'
            'Drift examplebucket, requester 300100 TotalDownloadBandwidth is 10, not 20'
        )
        $row = Get-AuditRow beijing-bucket
        $row.Status, $row.Region, $row.Now, $row.Desired | Should -Be 'Drift', 'cn-beijing', 'BucketOwner', 'Requester'
    }

    It 'queries each bucket once for the payer and once for the limits, and each pool once' {
        $null = Invoke-Audit
        $requests = @(Get-EmulatorRequest | Where-Object operation -NE ListBuckets)
        $requests.Count | Should -Be 17
        @($requests | Group-Object operation, bucket).Count | Should -Be 17
    }

    It 'ends with 1 on what is missing in the desired state or in the account' {
        Set-AsDesired
        Set-Bucket new-bucket Requester
        $null = Invoke-EmulatorControl /buckets/uswest-bucket Delete
        Set-OssRequesterQoSInfo a-bucket 300300 -TotalQps 5
        Remove-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 -Force
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'Unlisted +new-bucket +not in the desired state: Requester'
        $run.Output | Should -Match 'Missing +uswest-bucket +not in the account'
        $run.Output | Should -Match 'Unlisted +a-bucket, requester 300300 +not in the desired state: TotalQps 5'
        $run.Output | Should -Match 'Missing +example-pool, requester 300100 +has no limits, not TotalUploadBandwidth 10'
        @(Get-AuditRow | Where-Object Status -NE AsDesired).Bucket | Should -Be 'new-bucket', 'uswest-bucket'
    }

    It 'audits only payers if there is no file of limits' {
        Add-Refusal 403 AccessDenied @{ operation = 'ListBucketRequesterQoSInfos' }
        $run = Invoke-Audit '-LimitsPath', ''
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'Of 8 buckets, 2 are not as desired'
        (Get-AuditReport).SelectNodes('//h2').InnerText | Should -Be 'Who pays, by region', 'Not as desired'
    }

    It 'ends with 2 if something cannot be read, and reports the rest' {
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket'; operation = 'GetBucketRequestPayment' }
        Add-Refusal 403 AccessDenied @{ bucket = 'examplebucket'; operation = 'ListBucketRequesterQoSInfos' }
        $run = Invoke-Audit
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'oss:GetBucketRequestPayment'
        $run.Output | Should -Match 'oss:ListBucketRequesterQoSInfos'
        $row = Get-AuditRow a-bucket
        $row.Status, $row.Now, $row.Desired | Should -Be 'Failed', '', 'BucketOwner'
        $row.Detail | Should -Match 'AccessDenied, HTTP 403'
        (Get-AuditRow beijing-bucket).Status | Should -Be 'Drift'
        @(Get-AuditRow examplebucket Limits).Status | Should -Be 'Failed', 'Failed'
        @(Get-AuditRow '' Limits | Where-Object ResourcePool).Status | Should -Be 'AsDesired'
        $cells = (Get-AuditReport).SelectSingleNode("//table[contains(@class, 'deviations')]//tr[th='a-bucket']")
        $cells.SelectNodes('td')[1].InnerText | Should -Be 'Failed'
        $cells.SelectNodes('td')[3].InnerText | Should -BeLike 'a-bucket: Not <now>.*'
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
        $before = $env:PSModulePath
        Uninstall-TestedModule
        try {
            Skip-Unless (-not (Get-Module OssPayment -ListAvailable)) 'this user has the module installed'
            $run = Invoke-Audit -AsJob
        } finally {
            $env:PSModulePath = $before
        }

        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'Get-OssBucketRequestPayment'
    }

    It 'ends with 2 if the desired state is missing: <_>' -ForEach '-PayersPath', '-LimitsPath' {
        (Invoke-Audit $_, "$TestDrive/none.csv").ExitCode | Should -Be 2
    }

    It 'ends with 2 if the desired state has <What>, reports it, and repeats no unsafe text' -ForEach $unclear {
        $run = Invoke-Audit '-PayersPath', (Write-Desired $Lines)
        $run.ExitCode | Should -Be 2 -Because $run.Output
        ($run.Output -replace '\s*\r?\n\s*\|?\s*', ' ') | Should -Match $Says
        $run.Output | Should -Not -Match '\x1B\[31mX|HYPERLINK'
        @(Get-EmulatorRequest).Count | Should -Be 0
    }

    It 'reports buckets correctly whose names are those of members' {
        $members = 'keys', 'values', 'count', 'item', 'length', 'syncroot', 'psobject', 'psbase', 'gethashcode', 'name', 'group'
        foreach ($name in $members) {
            Set-Bucket $name Requester
        }
        $lines = @('Bucket,Payer') + @(Import-Csv (Join-Path $examples 'payers.csv') | ForEach-Object { "$($_.Bucket),$($_.Payer)" }) +
            @($members | ForEach-Object { "$_,Requester" })
        Set-AsDesired
        $limits = @('Bucket,Requester,TotalQps') + @($members | ForEach-Object { "$_,300100,7" })
        $members | ForEach-Object { Set-OssRequesterQoSInfo $_ 300100 -TotalQps 7 }
        Remove-OssRequesterQoSInfo examplebucket 300100, 300200 -Force
        $limits | Set-Content "$TestDrive/member-limits.csv"
        $run = Invoke-Audit '-PayersPath', (Write-Desired $lines), '-LimitsPath', "$TestDrive/member-limits.csv"
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match "Of $(8 + $members.Count) buckets and $($members.Count) requesters with limits, 0 are not"

        # And those that are not in the desired state.
        $run = Invoke-Audit '-LimitsPath', ''
        [regex]::Matches($run.Output, '(?m)^Unlisted +(\S+)').ForEach{ $_.Groups[1].Value } | Should -Be ($members | Sort-Object)
    }

    It 'writes the report whatever the preferences of the caller are' {
        $run = Invoke-Audit -Before '$WhatIfPreference = $true; $ConfirmPreference = ''Low'''
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Not -Match 'What if'
        @(Get-AuditRow).Count | Should -Be 8
        (Get-AuditReport).html.lang | Should -Be 'en'
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
        $shown = @($report.SelectNodes("//table[contains(@class, 'deviations')]/tbody/tr/th") | ForEach-Object InnerText)
        foreach ($name in $names -replace '\p{C}', [char]0xFFFD) {
            $shown | Should -Contain $name
        }

        foreach ($row in Import-Csv "$TestDrive/report/oss-audit.csv") {
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
        Set-Bucket shanghai-bucket Requester cn-shanghai
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

    It 'shows who may use how much, at which bucket or resource pool' {
        $null = Invoke-Audit
        $rows = foreach ($row in (Get-AuditReport).SelectNodes("//table[contains(@class, 'limits')]/tbody/tr")) {
            @($row.SelectNodes('th | td') | ForEach-Object InnerText) -join ' | '
        }
        $rows | Should -Be @(
            'example-pool resource pool | 300100 | 10 Gbit/s | 10 Gbit/s | 1000 extranet forbidden | AsDesired'
            'examplebucket | 300100 | 10 Gbit/s | 10 Gbit/s | unlimited | Drift'
            'examplebucket | 300200 | 20 Gbit/s intranet 10, extranet forbidden | 100 Gbit/s intranet 50, extranet 5 | unlimited | AsDesired'
        )
    }

    It 'reports an account without buckets' {
        Use-EmulatorKey stranger
        $run = Invoke-Audit '-LimitsPath', ''
        $run.ExitCode | Should -Be 1 -Because $run.Output
        Get-AuditRow | ForEach-Object Status | Should -Be (@('Missing') * 8)
    }
}

Describe 'Set-DesiredState.ps1' {
    BeforeEach {
        Reset-Emulator
        if (Test-Path "$TestDrive/changes") {
            Remove-Item "$TestDrive/changes" -Recurse
        }
    }

    It 'shows with -WhatIf what has to be changed, changes and writes nothing, and ends with 1' {
        Set-OssRequesterQoSInfo examplebucket 300900 -TotalQps 5
        $null = Invoke-EmulatorControl /requests Delete
        $run = Invoke-Set '-WhatIf' -AsJob
        $run.ExitCode | Should -Be 1 -Because $run.Output
        $run.Output | Should -Match 'Set-OssBucketRequestPayment beijing-bucket +is BucketOwner, not Requester'
        $run.Output | Should -Match 'Set-OssBucketRequestPayment examplebucket +is BucketOwner, not Requester'
        $run.Output | Should -Match 'Set-OssRequesterQoSInfo +examplebucket, requester 300100 TotalDownloadBandwidth is 10, not 20'
        $run.Output | Should -Match 'removed only with -RemoveUnlisted:\s[^:]*examplebucket, requester 300900 +TotalQps 5'
        $run.Output | Should -Match 'on target "3 payers or limits"'
        Get-EmulatorRequest | Where-Object method -NE GET | Should -BeNullOrEmpty
        "$TestDrive/changes" | Should -Not -Exist
    }

    It 'shows with -WhatIf and -RemoveUnlisted what would be removed' {
        Set-OssRequesterQoSInfo examplebucket 300900 -TotalQps 5
        Set-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300901 -TotalQps 6
        Set-OssRequesterQoSInfo a-bucket 300902 -TotalQps 7
        $run = Invoke-Set '-WhatIf', '-RemoveUnlisted'
        $run.Output | Should -Match 'Remove-OssRequesterQoSInfo +examplebucket, requester 300900 +not in the desired state: TotalQps 5'
        $run.Output | Should -Match 'Remove-OssRequesterQoSInfo +example-pool, requester 300901 +not in the desired state: TotalQps 6'
        $run.Output | Should -Not -Match 'a-bucket' -Because 'the bucket is not in the file of limits'
        Get-EmulatorRequest '?method=DELETE' | Should -BeNullOrEmpty
    }

    It 'changes only what is not as desired, and nothing the second time' {
        Set-Bucket a-bucket Requester
        Set-Bucket new-bucket Requester
        Remove-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 -Force
        $null = Invoke-EmulatorControl /requests Delete
        $run = Invoke-Set -AsJob
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Changed: 5\. Failed: 0\. Not in the file and kept: 0\.'
        (Get-Put | Where-Object operation -EQ PutBucketRequestPayment).bucket | Sort-Object | Should -Be 'a-bucket', 'beijing-bucket', 'examplebucket'
        Get-Payer a-bucket | Should -Be BucketOwner
        Get-Payer examplebucket | Should -Be Requester
        Get-Payer new-bucket | Should -Be Requester
        $limits = Get-OssRequesterQoSInfo examplebucket 300100
        $limits.TotalUploadBandwidth, $limits.TotalDownloadBandwidth | Should -Be 10, 20
        $limits = Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100
        $limits.TotalDownloadBandwidth, $limits.TotalQps, $limits.ExtranetQps | Should -Be 10, 1000, -1

        $null = Invoke-EmulatorControl /requests Delete
        $run = Invoke-Set
        $run.ExitCode | Should -Be 0 -Because $run.Output
        Get-Put | Should -BeNullOrEmpty
        (Invoke-Set '-WhatIf').ExitCode | Should -Be 0
        @(Get-ChildItem "$TestDrive/changes").Count | Should -Be 2 -Because 'a run without changes writes nothing'
    }

    It 'reports each change, and keeps unlisted limits without -RemoveUnlisted' {
        Set-OssRequesterQoSInfo examplebucket 300900 -TotalQps 5
        Add-Refusal 403 AccessDenied @{ bucket = 'beijing-bucket'; method = 'PUT' }
        $run = Invoke-Set
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'Changed: 2\. Failed: 1\. Not in the file and kept: 1\.'
        Get-Change | ForEach-Object { "$($_.Result) $($_.Action) $($_.Bucket) $($_.Requester)".Trim() } | Should -Be @(
            'Failed Set-OssBucketRequestPayment beijing-bucket'
            'Done Set-OssBucketRequestPayment examplebucket'
            'Done Set-OssRequesterQoSInfo examplebucket 300100'
        )
        (Get-Change)[0].Detail | Should -Match 'oss:PutBucketRequestPayment'
        (Get-OssRequesterQoSInfo examplebucket 300900).TotalQps | Should -Be 5

        # Without the failure, what is kept is the only difference.
        Reset-Emulator
        Set-AsDesired
        Set-OssRequesterQoSInfo examplebucket 300900 -TotalQps 5
        (Invoke-Set).ExitCode | Should -Be 1
        (Invoke-Set '-RemoveUnlisted').ExitCode | Should -Be 0
        (Get-OssRequesterQoSInfo examplebucket).Requester | Should -Be 300100, 300200
    }

    It 'brings back with -UndoPath what a run changed, added and removed' {
        Set-OssRequesterQoSInfo examplebucket 300900 -TotalQps 5 -ExtranetUploadBandwidth forbidden
        Remove-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100 -Force
        $before = Get-State
        $run = Invoke-Set '-RemoveUnlisted'
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $after = Get-State
        $after | Should -Not -Be $before
        $run.Output -match "To undo: Set-DesiredState\.ps1 -UndoPath '(?<path>[^']+)'" | Should -BeTrue
        $undo = $Matches['path']

        $run = Invoke-Set '-UndoPath', $undo, '-WhatIf'
        $run.ExitCode | Should -Be 1 -Because $run.Output
        Get-State | Should -Be $after

        $run = Invoke-Set '-UndoPath', $undo
        $run.ExitCode | Should -Be 0 -Because $run.Output
        Get-State | Should -Be $before

        # The undo can be undone, too.
        $run.Output -match "To undo: Set-DesiredState\.ps1 -UndoPath '(?<path>[^']+)'" | Should -BeTrue
        (Invoke-Set '-UndoPath', $Matches['path']).ExitCode | Should -Be 0
        Get-State | Should -Be $after
    }

    It 'has saved the earlier values when the first change is sent' {
        Add-Refusal 403 InvalidAccessKeyId @{ method = 'PUT' }
        $run = Invoke-Set
        $run.ExitCode | Should -Be 2 -Because $run.Output
        @(Import-Clixml (Get-ChildItem "$TestDrive/changes/undo-*.xml").FullName).Count | Should -Be 3
    }

    It 'retries only transient failures' {
        # The cmdlet itself sends a request three times.
        Add-Refusal 503 ServiceUnavailable @{ bucket = 'beijing-bucket'; method = 'PUT'; times = 3 }
        $run = Invoke-Set
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Failed temporarily\. Retrying in 0 seconds: beijing-bucket\r?\n'
        @(Get-Put beijing-bucket).Count | Should -Be 4
        @(Get-Put examplebucket | Where-Object operation -EQ PutBucketRequestPayment).Count | Should -Be 1
        Get-Payer beijing-bucket | Should -Be Requester
    }

    It 'retries queries and removals' {
        Set-OssRequesterQoSInfo examplebucket 300900 -TotalQps 5
        Add-Refusal 503 ServiceUnavailable @{ bucket = 'beijing-bucket'; method = 'GET'; times = 3 }
        Add-Refusal 503 ServiceUnavailable @{ bucket = 'examplebucket'; method = 'DELETE'; times = 3 }
        $run = Invoke-Set '-RemoveUnlisted'
        $run.ExitCode | Should -Be 0 -Because $run.Output
        Get-Payer beijing-bucket | Should -Be Requester
        (Get-OssRequesterQoSInfo examplebucket).Requester | Should -Be 300100, 300200
    }

    It 'ends with 2 if a bucket keeps failing, and changes the others' {
        Add-Refusal 503 ServiceUnavailable @{ bucket = 'beijing-bucket'; method = 'PUT' }
        $run = Invoke-Set '-Attempts', 2
        $run.ExitCode | Should -Be 2 -Because $run.Output
        $run.Output | Should -Match 'beijing-bucket: Not <now>\.'
        [regex]::Matches($run.Output, 'Retrying').Count | Should -Be 1
        Get-Payer examplebucket | Should -Be Requester
    }

    It 'changes nothing if the desired state is not valid' {
        $run = Invoke-Set '-PayersPath', (Write-Desired 'Bucket,Payer', 'a-bucket,Requester', 'X,Y')
        $run.ExitCode | Should -Be 2 -Because $run.Output
        @(Get-EmulatorRequest).Count | Should -Be 0
    }
}

Describe 'DesiredState.Tests.ps1' {
    BeforeAll {
        $pester = (Get-Module Pester).Path

        function Invoke-Check([string] $PayersPath = (Join-Path $examples 'payers.csv'), [string] $LimitsPath = $limitsPath) {
            $path = Join-Path $examples 'DesiredState.Tests.ps1'
            $text = "Import-Module '$pester'; " +
                "`$container = New-PesterContainer -Path '$path' -Data @{ PayersPath = '$PayersPath'; LimitsPath = '$LimitsPath' }; " +
                '$run = Invoke-Pester -Container $container -PassThru -Output None; ' +
                '"$($run.Result)"; $run.Tests | ForEach-Object { "$($_.ExpandedPath): $($_.Result)" }'
            @(Invoke-SharedShell -WithoutModule $text)
        }
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'has a result for each row, and fails only those that drifted or cannot be read' {
        Add-Refusal 403 AccessDenied @{ bucket = 'a-bucket' }
        $null = Invoke-EmulatorControl /buckets/uswest-bucket Delete
        Invoke-Check | Should -Be @(
            'Failed'
            'The payer.of a-bucket is BucketOwner: Failed'
            'The payer.of b-bucket is BucketOwner: Passed'
            'The payer.of beijing-bucket is Requester: Failed'
            'The payer.of c-bucket is BucketOwner: Passed'
            'The payer.of examplebucket is Requester: Failed'
            'The payer.of shanghai-bucket is BucketOwner: Passed'
            'The payer.of singapore-bucket is BucketOwner: Passed'
            'The payer.of uswest-bucket is BucketOwner: Failed'
            'The limits.of requester 300100 at examplebucket are as desired: Failed'
            'The limits.of requester 300200 at examplebucket are as desired: Passed'
            'The limits.of requester 300100 at example-pool are as desired: Passed'
            'The limits.of other requesters do not exist: Passed'
        )
    }

    It 'passes if everything is as desired, and queries each bucket once for the payer and once for the limits' {
        Set-AsDesired
        $results = Invoke-Check
        $results[0] | Should -Be 'Passed' -Because ($results -join "`n")
        $requests = @(Get-EmulatorRequest)
        $requests.Count | Should -Be 10
        @($requests | Group-Object operation, bucket).Count | Should -Be 10
    }

    It 'fails on limits that are not in the file' {
        Set-AsDesired
        Set-OssRequesterQoSInfo examplebucket 300900 -TotalQps 5
        (Invoke-Check) -like '*: Failed' | Should -Be 'The limits.of other requesters do not exist: Failed'
    }

    It 'fails if the desired state has no rows' {
        Invoke-Check (Write-Desired 'Bucket,Payer') | Should -Be 'Failed'
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

    It 'parses in Windows PowerShell 5.1, and PSScriptAnalyzer reports nothing, also with its default settings' {
        Skip-Unless ([bool](Get-Module PSScriptAnalyzer -ListAvailable)) 'the module PSScriptAnalyzer is not installed'
        $rules = @{ Rules = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1') } } }
        $found = @(Invoke-ScriptAnalyzer -Path $Path) + @(Invoke-ScriptAnalyzer -Path $Path -Settings $rules)
        $found | ForEach-Object { "$($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}

Describe 'The file <Name>' -ForEach $files {
    It 'says which permissions it needs, if it is a script or a job' {
        if ($Name -notlike '*.csv') {
            $Text | Should -Match 'oss:\w+|the permissions of \w+-\w+|needs no permissions'
        }
    }

    It 'is listed in the README, in both languages' {
        foreach ($readme in 'README.md', 'README.zh-CN.md') {
            Get-Content (Join-Path $examples $readme) -Raw -Encoding UTF8 | Should -Match ([regex]::Escape("[$Name]($Name)"))
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
        $output = @(Invoke-ReadmeSession $run).Replace("$TestDrive", '/home/me/OssPayment/artifacts').Replace('\', '/') `
            -replace '(?<=undo-)\d{4}-\d\d-\d\d_\d{6}_\d{3}', '2026-01-31_120000_000'
        $output | Should -Be @($shown -split '\n' | ForEach-Object TrimEnd | Where-Object { $_ })
    }
}
