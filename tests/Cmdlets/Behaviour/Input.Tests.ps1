# Input from the command line, the pipeline and files has one meaning, or is refused with advice.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot "../TestedModule.ps1")) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator

    $quiet = @{ ErrorVariable = '+failures'; ErrorAction = 'SilentlyContinue' }
}

AfterAll {
    Stop-Emulator
}

Describe 'Positions: a bucket, then a requester' {
    BeforeEach {
        Reset-Emulator
    }

    It 'refuses a bucket and a resource pool at once: <_>' -ForEach @(
        { Get-OssRequesterQoSInfo a-bucket -ResourcePool example-pool }
        { Get-OssRequesterQoSInfo a-bucket 300100 -ResourcePool example-pool }
        { Set-OssRequesterQoSInfo -Bucket a-bucket -ResourcePool example-pool -Requester 300100 -TotalUploadBandwidth 5 }
        { Remove-OssRequesterQoSInfo a-bucket 300100 -ResourcePool example-pool -Confirm:$false }
        { Remove-OssRequesterQoSInfo a-bucket -ResourcePool example-pool -Requester 300100 -Confirm:$false }
    ) {
        $_ | Should -Throw -ErrorId 'AmbiguousParameterSet,*' -ExpectedMessage '-Bucket and -ResourcePool cannot be combined. *'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'never uses a bucket as a requester' {
        $output = Invoke-ChildShell 'try { Remove-OssRequesterQoSInfo a-bucket -ResourcePool example-pool -Confirm:$false } catch { "$_" }' | Out-String
        $output | Should -Match 'Requester'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'sets a request rate at a bucket: <_>' -ForEach @(
        { Set-OssRequesterQoSInfo a-bucket 300100 -TotalQps 10 -ErrorAction Stop }
        { Set-OssRequesterQoSInfo -Bucket a-bucket -Requester 300100 -TotalUploadBandwidth 5 -TotalQps 10 -ErrorAction Stop }
        { 'a-bucket' | Set-OssRequesterQoSInfo -Requester 300100 -TotalQps 10 -ErrorAction Stop }
        { [pscustomobject]@{ Bucket = 'a-bucket'; Requester = '300100'; TotalQps = 10 } | Set-OssRequesterQoSInfo -ErrorAction Stop }
    ) {
        & $_
        (Get-OssRequesterQoSInfo a-bucket 300100).TotalQps | Should -Be 10
    }

    It 'accepts rows of both kinds, each with one of the two columns empty' {
        'Bucket,ResourcePool,Requester,TotalUploadBandwidth,TotalQps', 'a-bucket,,300100,7,', ',example-pool,300100,8,9' |
            ConvertFrom-Csv | Set-OssRequesterQoSInfo
        (Get-OssRequesterQoSInfo a-bucket 300100).TotalUploadBandwidth | Should -Be 7
        $pool = Get-OssRequesterQoSInfo -ResourcePool example-pool -Requester 300100
        $pool.TotalUploadBandwidth, $pool.TotalQps | Should -Be 8, 9
    }

    It 'refuses a row that has both, and continues: <Command>' -ForEach @(
        @{ Command = 'Get-OssRequesterQoSInfo'; More = @{} }
        @{ Command = 'Set-OssRequesterQoSInfo'; More = @{ TotalUploadBandwidth = 5; PassThru = $true } }
        @{ Command = 'Remove-OssRequesterQoSInfo'; More = @{ Confirm = $false } }
    ) {
        $failures = @()
        [pscustomobject]@{ Bucket = 'examplebucket'; ResourcePool = 'example-pool'; Requester = '300100' },
        [pscustomobject]@{ Bucket = 'examplebucket'; Requester = '300100' } | & $Command @More @quiet | Out-Null
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        $failures[0].ErrorDetails.Message | Should -BeLike '*a bucket (examplebucket) and a resource pool (example-pool). Specify only one.*'
        (Get-EmulatorRequest).rawTarget | Should -Not -Match resourcePool
        Get-EmulatorRequest | Should -Not -BeNullOrEmpty
    }

    It 'gives the command line precedence: limits of a pool for a bucket, and of a bucket for a pool' {
        Get-OssRequesterQoSInfo -ResourcePool example-pool | Set-OssRequesterQoSInfo -Bucket a-bucket
        (Get-OssRequesterQoSInfo a-bucket 300100).TotalUploadBandwidth | Should -Be 10
        Get-OssRequesterQoSInfo examplebucket 300200 | Set-OssRequesterQoSInfo -ResourcePool other-pool
        (Get-OssRequesterQoSInfo -ResourcePool other-pool -Requester 300200).TotalUploadBandwidth | Should -Be 20
        Get-OssRequesterQoSInfo -ResourcePool other-pool | Remove-OssRequesterQoSInfo a-bucket -WhatIf
        Get-OssRequesterQoSInfo -ResourcePool example-pool | Remove-OssRequesterQoSInfo a-bucket -Confirm:$false
        Get-OssRequesterQoSInfo a-bucket | Should -BeNullOrEmpty
        (Get-OssRequesterQoSInfo -ResourcePool example-pool).Requester | Should -Be 300100
    }

    It 'refuses the requester <_>, which is not a number' -ForEach 'alice', 'a-bucket', 'uid_1', '1.2E+15', '-1' {
        { Get-OssRequesterQoSInfo examplebucket $_ -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequester,*' -ExpectedMessage '*numeric UID*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }
}

Describe 'Advice that is pasted' {
    BeforeEach {
        Reset-Emulator
    }

    It 'repeats the pattern that was typed: <Pattern>' -ForEach @(
        @{ Pattern = '*-bucket'; Literal = "'*-bucket'" }
        @{ Pattern = "b'*"; Literal = "'b''*'" }
        @{ Pattern = "b'; Remove-Item *"; Literal = "'b''; Remove-Item *'" }
        @{ Pattern = "b$([char]0x2019); Remove-Item *"; Literal = "'b$([char]0x2019)$([char]0x2019); Remove-Item *'" }
        @{ Pattern = 'b*$(Remove-Item x)'; Literal = '''b*$(Remove-Item x)''' }
    ) {
        $failures = @()
        Set-OssBucketRequestPayment $Pattern Requester @quiet
        Set-OssRequesterQoSInfo $Pattern 300100 -TotalUploadBandwidth 5 -ExtranetDownloadBandwidth -1 @quiet
        Remove-OssRequesterQoSInfo $Pattern 300100 -Confirm:$false @quiet
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*'
        $advised = $failures.ErrorDetails.Message -replace '^.*does not accept\. Use: ' -replace ' \(InvalidBucketName\)$'
        $advised[0] | Should -BeExactly "Get-OssBucketRequestPayment $Literal | Set-OssBucketRequestPayment -Payer Requester"
        $advised[1] | Should -BeExactly "Get-OssBucketRequestPayment $Literal | Set-OssRequesterQoSInfo -Requester 300100 -TotalUploadBandwidth 5 -ExtranetDownloadBandwidth -1"
        $advised[2] | Should -BeExactly "Get-OssRequesterQoSInfo $Literal 300100 | Remove-OssRequesterQoSInfo"

        # The pasted text contains the pattern as one string, and only the two commands.
        foreach ($command in $advised) {
            $problems = $null
            $code = [System.Management.Automation.Language.Parser]::ParseInput($command, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
            $code.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | Should -HaveCount 2
            $text = $code.Find({ $args[0] -is [System.Management.Automation.Language.StringConstantExpressionAst] -and $args[0].StringConstantType -eq 'SingleQuoted' }, $true)
            $text.Value | Should -BeExactly $Pattern
        }

        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'works when pasted' {
        Set-OssBucketRequestPayment '?-bucket' Requester -ErrorVariable failures -ErrorAction SilentlyContinue
        & ([scriptblock]::Create($failures[0].ErrorDetails.Message -replace '^.*does not accept\. Use: ' -replace ' \(InvalidBucketName\)$'))
        Set-OssRequesterQoSInfo '?-bucket' 300100 -TotalUploadBandwidth 5 -ErrorVariable failures -ErrorAction SilentlyContinue
        & ([scriptblock]::Create($failures[0].ErrorDetails.Message -replace '^.*does not accept\. Use: ' -replace ' \(InvalidBucketName\)$'))
        (Get-OssBucketRequestPayment '?-bucket').Payer | Should -Be Requester, Requester, Requester
        (Get-OssRequesterQoSInfo '?-bucket' 300100).TotalUploadBandwidth | Should -Be 5, 5, 5
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be BucketOwner
    }

    It 'contains no command if the pattern cannot be shown unchanged: <Name>' -ForEach @(
        @{ Name = 'a line break'; Pattern = "*`nRemove-Item x" }
        @{ Name = 'a direction mark'; Pattern = "*$([char]0x202E)x" }
        @{ Name = 'no end'; Pattern = '*' + 'a' * 100 }
    ) {
        Set-OssBucketRequestPayment $Pattern Requester -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*'
        $failures[0].ErrorDetails.Message | Should -Not -Match 'Get-Oss'
        $failures[0].ErrorDetails.Message | Should -Not -Match "[`n$([char]0x202E)]"
    }

    It 'does not repeat a requester that is not valid' {
        { Remove-OssRequesterQoSInfo 'a*' '1; Remove-Item x' -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequester,*'
    }
}

Describe 'A payer' {
    BeforeEach {
        Reset-Emulator
    }

    It 'is one of two words, and any other value ends the command' {
        foreach ($payer in 0, 1, '0', '1', 'Bucket', 'B', 'Requestor', 'Requester,BucketOwner', '', ' ', $null) {
            { 'a-bucket', 'b-bucket' | Set-OssBucketRequestPayment -Payer $payer } |
                Should -Throw -ErrorId 'InvalidPayer,*' -ExpectedMessage '*Use BucketOwner or Requester.*' -Because "'$payer'"
            $Error[0].CategoryInfo.Category | Should -Be InvalidArgument -Because "'$payer'"
        }

        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'may have spaces around it, and any case: "<_>"' -ForEach 'requester', ' Requester ', "REQUESTER`t" {
        (Set-OssBucketRequestPayment a-bucket $_ -PassThru).Payer | Should -Be Requester
        ([pscustomobject]@{ Bucket = 'a-bucket'; Payer = $_ } | Set-OssBucketRequestPayment -PassThru).Payer | Should -Be Requester
    }

    It 'that is misspelled in a file is an error with its bucket, in order, and the others are set' {
        $set = 'Bucket,Payer', 'a-bucket,Requester', 'b-bucket,Requestor', 'c-bucket,', 'd-bucket,1', 'examplebucket,requester', 'e-bucket' |
            ConvertFrom-Csv | Set-OssBucketRequestPayment -PassThru -ErrorVariable failures -ErrorAction Continue 2>&1
        $set | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { "$_" } else { $_.Bucket } } | Should -Be @(
            'a-bucket'
            "b-bucket: 'Requestor' is not a valid payer. Use BucketOwner or Requester. (InvalidPayer)"
            'c-bucket: No payer was specified. Use BucketOwner or Requester. (InvalidPayer)'
            "d-bucket: '1' is not a valid payer. Use BucketOwner or Requester. (InvalidPayer)"
            'examplebucket'
            'e-bucket: No payer was specified. Use BucketOwner or Requester. (InvalidPayer)'
        )
        $failures.TargetObject.Payer | Should -Be 'Requestor', '', '1', ''
        (Get-EmulatorRequest).path | Should -Not -Match '[bcde]-bucket'

        # Piped back, the same again; with a payer, they are set.
        $failures.TargetObject | Set-OssBucketRequestPayment -ErrorVariable again -ErrorAction SilentlyContinue
        "$again" | Should -Be "$failures"
        $failures[0, 1].TargetObject | Set-OssBucketRequestPayment -Payer Requester
        (Get-OssBucketRequestPayment b-bucket, c-bucket).Payer | Should -Be Requester, Requester
    }

    It 'that ConvertTo-Json wrote as a number is read from JSON, and from no other text' {
        Set-OssBucketRequestPayment a-bucket Requester
        $json = Get-OssBucketRequestPayment a-bucket, b-bucket | ConvertTo-Json
        $json | Should -Match '"Payer":\s+1,'
        Set-OssBucketRequestPayment a-bucket BucketOwner
        Set-OssBucketRequestPayment b-bucket Requester
        $json | ConvertFrom-Json | ForEach-Object { $_ } | Set-OssBucketRequestPayment
        (Get-OssBucketRequestPayment a-bucket, b-bucket).Payer | Should -Be Requester, BucketOwner

        foreach ($payer in 2, -1, '0', '1', $true, 1.0) {
            [pscustomobject]@{ Bucket = 'a-bucket'; Payer = $payer } | Set-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue
            $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidPayer,*' -Because "'$payer'"
        }
    }

    It 'is read from the output of another session' {
        $path = Join-Path $TestDrive payments.xml
        Set-OssBucketRequestPayment a-bucket Requester
        Get-OssBucketRequestPayment a-bucket | Export-Clixml $path
        Set-OssBucketRequestPayment a-bucket BucketOwner
        Import-Clixml $path | Set-OssBucketRequestPayment
        (Get-OssBucketRequestPayment a-bucket).Payer | Should -Be Requester
    }
}

Describe 'Names' {
    BeforeEach {
        Reset-Emulator
    }

    It 'are trimmed: <Name>' -ForEach @(
        @{ Name = 'spaces'; Before = '  '; After = ' ' }
        @{ Name = 'a tab'; Before = "`t"; After = "`t" }
        @{ Name = 'the rest of a CRLF'; Before = ''; After = "`r" }
        @{ Name = 'a no-break space'; Before = [string][char]0xA0; After = [string][char]0xA0 }
    ) {
        $bucket, $uid, $pool = 'examplebucket', '300100', 'example-pool' | ForEach-Object { "$Before$_$After" }
        (Get-OssBucketRequestPayment $bucket).Bucket | Should -Be examplebucket
        (Get-OssBucketRequestPayment a-bucket, $bucket).Bucket | Should -Be a-bucket, examplebucket
        ($bucket | Get-OssBucketRequestPayment).Bucket | Should -Be examplebucket
        ([pscustomobject]@{ Bucket = $bucket; Requester = $uid } | Get-OssRequesterQoSInfo).Requester | Should -Be 300100
        ([pscustomobject]@{ ResourcePool = $pool; Requester = $uid } | Get-OssRequesterQoSInfo).ResourcePool | Should -Be example-pool
        Set-OssBucketRequestPayment $bucket Requester
        (Invoke-EmulatorControl /buckets/examplebucket).payer | Should -Be Requester
    }

    It 'are an error on an empty line, and the others are processed' {
        'a-bucket', '', '   ', 'b-bucket' | Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue |
            ForEach-Object Bucket | Should -Be a-bucket, b-bucket
        $failures | Should -HaveCount 2
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*'
        $failures[0].ErrorDetails.Message | Should -BeLike 'The bucket name is empty. *empty lines*'

        'a-bucket', '', 'b-bucket' | Set-OssBucketRequestPayment -Payer Requester -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        (Get-OssBucketRequestPayment a-bucket, b-bucket).Payer | Should -Be Requester, Requester
        $failures[0].TargetObject | Set-OssBucketRequestPayment -Payer Requester -ErrorVariable again -ErrorAction SilentlyContinue
        "$again" | Should -Be "$failures"
    }

    It 'that are empty on the command line end the command: <_>' -ForEach @(
        { Get-OssBucketRequestPayment '' }
        { Get-OssBucketRequestPayment $null }
        { Get-OssBucketRequestPayment a-bucket, ' ' }
        { Set-OssBucketRequestPayment '' Requester }
        { Get-OssRequesterQoSInfo -ResourcePool ' ' }
        { Get-OssRequesterQoSInfo a-bucket '' }
        { Remove-OssRequesterQoSInfo $null 300100 -Confirm:$false }
    ) {
        $_ | Should -Throw -ErrorId 'Invalid*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'that are addresses result in an error with the name to use: <_>' -ForEach @(
        'oss://a-bucket/', 'a-bucket.oss-cn-hangzhou.aliyuncs.com', 'https://a-bucket.oss-cn-hangzhou.aliyuncs.com/', 'acs:oss:*:*:a-bucket'
    ) {
        $failures = @()
        Get-OssBucketRequestPayment $_ @quiet
        Set-OssBucketRequestPayment $_ Requester @quiet
        Get-OssRequesterQoSInfo $_ @quiet
        Set-OssRequesterQoSInfo $_ 300100 -TotalUploadBandwidth 5 @quiet
        Remove-OssRequesterQoSInfo $_ 300100 -Confirm:$false @quiet
        $failures | Should -HaveCount 5
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*'
        $failures.ErrorDetails.Message | Should -BeLike '*Use only the name: a-bucket. (InvalidBucketName)'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'that an object lacks: <Command> lists the actual and the expected properties, and continues' -ForEach @(
        @{ Command = 'Get-OssBucketRequestPayment'; More = @{}; Looked = 'Bucket, BucketName, Name' }
        @{ Command = 'Set-OssBucketRequestPayment'; More = @{ Payer = 'Requester'; PassThru = $true }; Looked = 'Bucket, BucketName, Name' }
        @{ Command = 'Get-OssRequesterQoSInfo'; More = @{ Requester = '300100' }; Looked = 'Bucket, BucketName, Name, ResourcePool' }
        @{ Command = 'Set-OssRequesterQoSInfo'; More = @{ Requester = '300100'; TotalUploadBandwidth = 5; PassThru = $true }; Looked = 'Bucket, BucketName, Name, ResourcePool' }
        @{ Command = 'Remove-OssRequesterQoSInfo'; More = @{ Requester = '300100'; Confirm = $false }; Looked = 'Bucket, BucketName, Name, ResourcePool' }
    ) {
        $failures = @()
        [pscustomobject]@{ BucketID = 'a-bucket'; Region = 'cn-hangzhou' }, [pscustomobject]@{ Bucket = 'examplebucket' } |
            & $Command @More @quiet | Out-Null
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidBucketName,*'
        $failures[0].ErrorDetails.Message | Should -BeLike "*It has the properties BucketID, Region; expected one of $Looked.*"
        (Get-EmulatorRequest).path | Should -Not -Match a-bucket
        Get-EmulatorRequest | Should -Not -BeNullOrEmpty
    }

    It 'of properties are shown on one line of limited length' {
        $hostile = [pscustomobject]@{ "x`n$([char]0x1B)[31m" = 1; ('y' * 1000) = 2 }
        1..30 | ForEach-Object { $hostile | Add-Member "p$_" $_ }
        $hostile | Get-OssBucketRequestPayment -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].ErrorDetails.Message | Should -Not -Match "[`n$([char]0x1B)]"
        $failures[0].ErrorDetails.Message | Should -Match 'p8 and more;'
        $failures[0].ErrorDetails.Message.Length | Should -BeLessThan 500
    }
}
