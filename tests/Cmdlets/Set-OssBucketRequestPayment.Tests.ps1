BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'Set-OssBucketRequestPayment' {
    BeforeEach {
        Reset-Emulator
    }

    It 'makes the requester pay, and emits nothing' {
        Set-OssBucketRequestPayment examplebucket Requester | Should -BeNullOrEmpty
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be Requester
        (Invoke-EmulatorControl /buckets/examplebucket).payer | Should -Be Requester
    }

    It 'makes the owner pay again' {
        Set-OssBucketRequestPayment examplebucket Requester
        Set-OssBucketRequestPayment -Bucket examplebucket -Payer BucketOwner
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be BucketOwner
    }

    It 'emits the new payer with -PassThru' {
        $payment = Set-OssBucketRequestPayment examplebucket Requester -PassThru
        $payment | Should -BeOfType ([OssPayment.BucketRequestPayment])
        $payment.Payer | Should -Be Requester
        $payment.StatusCode | Should -Be 200
    }

    It 'sends the body with its length, type and MD5' {
        Set-OssBucketRequestPayment examplebucket Requester
        $request = Get-EmulatorRequest

        $request.method | Should -Be PUT
        $request.body | Should -Be '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>'
        $headers = @{}
        $request.headers | ForEach-Object { $headers[$_.name] = $_.value }
        $md5 = [System.Security.Cryptography.MD5]::Create().ComputeHash([System.Text.Encoding]::UTF8.GetBytes($request.body))
        $headers['Content-MD5'] | Should -Be ([Convert]::ToBase64String($md5))
        $headers['Content-Type'] | Should -Be application/xml
        $headers.Keys | Should -Not -Contain Expect
    }

    It 'sends nothing with -WhatIf' {
        Set-OssBucketRequestPayment examplebucket Requester -WhatIf
        'a-bucket', 'b-bucket' | Set-OssBucketRequestPayment -Payer Requester -WhatIf
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'shows the previous payer with -WhatIf, if the piped object has it, and says if it is the same' {
        Set-OssBucketRequestPayment b-bucket Requester
        $output = Invoke-ChildShell (
            "Set-OssBucketRequestPayment c-bucket Requester -WhatIf; " +
            "Get-OssBucketRequestPayment a-bucket, b-bucket | Set-OssBucketRequestPayment -Payer Requester -WhatIf; " +
            "Get-OssBucketRequestPayment b-bucket | Set-OssBucketRequestPayment -WhatIf; " +
            "'a-bucket' | Set-OssBucketRequestPayment -Payer BucketOwner -WhatIf")
        $output | Should -Be @(
            'What if: Performing the operation "set the payer to Requester" on target "bucket c-bucket (cn-hangzhou)".'
            'What if: Performing the operation "set the payer from BucketOwner to Requester" on target "bucket a-bucket (cn-hangzhou)".'
            'What if: Performing the operation "set the payer to Requester (no change: it was Requester before)" on target "bucket b-bucket (cn-hangzhou)".'
            'What if: Performing the operation "set the payer to Requester (no change: it was Requester before)" on target "bucket b-bucket (cn-hangzhou)".'
            'What if: Performing the operation "set the payer to BucketOwner" on target "bucket a-bucket (cn-hangzhou)".'
        )
    }

    It 'accepts rows with a bucket, a region and a payer' {
        'Bucket,Region,Payer', 'a-bucket,cn-hangzhou,Requester', 'beijing-bucket,cn-beijing,requester' |
            ConvertFrom-Csv | Set-OssBucketRequestPayment

        (Invoke-EmulatorControl /buckets/a-bucket).payer | Should -Be Requester
        (Invoke-EmulatorControl /buckets/beijing-bucket).payer | Should -Be Requester
    }

    It 'accepts the output of Get-OssBucketRequestPayment, with another payer' {
        Get-OssBucketRequestPayment a-bucket, b-bucket | Select-Object Bucket, Region, Endpoint | Set-OssBucketRequestPayment -Payer Requester
        (Get-OssBucketRequestPayment a-bucket, b-bucket).Payer | Should -Be Requester, Requester
    }

    It 'gives -Payer precedence over the payer of a piped object' {
        Get-OssBucketRequestPayment a-bucket | Set-OssBucketRequestPayment -Payer Requester
        (Get-OssBucketRequestPayment a-bucket).Payer | Should -Be Requester
    }

    It 'refuses several payers: <_>' -ForEach @('Requester', 'BucketOwner'), @('Requester') {
        { Set-OssBucketRequestPayment examplebucket -Payer $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'sets one bucket several times in input order, even if the first is retried' {
        Add-EmulatorFault @{ bucket = 'a-bucket'; times = 1; action = @{ kind = 'ossError'; status = 503; code = 'ServiceUnavailable' } }
        $set = @(
            [pscustomobject]@{ Bucket = 'a-bucket'; Payer = 'Requester' }
            [pscustomobject]@{ Bucket = 'a-bucket'; Payer = 'BucketOwner' }
        ) | Set-OssBucketRequestPayment -RetryIntervalSec 1 -PassThru
        $set.Payer | Should -Be Requester, BucketOwner
        (Get-OssBucketRequestPayment a-bucket).Payer | Should -Be BucketOwner
    }

    It 'refuses an unknown payer before anything is sent' {
        { Set-OssBucketRequestPayment examplebucket Nobody } | Should -Throw -ErrorId 'InvalidPayer,*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'refuses the payer <Payer>, which is a number' -ForEach @{ Payer = 7 }, @{ Payer = '7' } {
        { Set-OssBucketRequestPayment examplebucket $Payer -ErrorAction Stop } | Should -Throw
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'has a target that can be piped back for a failed set' {
        Set-OssBucketRequestPayment missing Requester -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'NoSuchBucket,*'

        Invoke-EmulatorControl /buckets/missing Put @{ region = 'cn-hangzhou' }
        $failures[0].TargetObject | Set-OssBucketRequestPayment
        (Invoke-EmulatorControl /buckets/missing).payer | Should -Be Requester
    }

    It 'reports missing permission to a RAM user who may only read' {
        Use-EmulatorKey reader
        { Set-OssBucketRequestPayment examplebucket Requester -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied,*'
        $Error[0].CategoryInfo.Category | Should -Be PermissionDenied
        (Invoke-EmulatorControl /buckets/examplebucket).payer | Should -Be BucketOwner
    }

    It 'supports -Confirm, and is of medium impact' {
        $command = Get-Command Set-OssBucketRequestPayment
        $command.Parameters.Keys | Should -Contain Confirm
        $attribute = $command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        $attribute.ConfirmImpact | Should -Be Medium
    }
}
