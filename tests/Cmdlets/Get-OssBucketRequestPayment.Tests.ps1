BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "Emulator.psm1") -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator
}

Describe 'Get-OssBucketRequestPayment' {
    BeforeEach {
        Reset-Emulator
    }

    It 'returns the owner as payer of a bucket that was never configured' {
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be BucketOwner
    }

    It 'emits a flat, typed object' {
        $payment = Get-OssBucketRequestPayment examplebucket

        $payment | Should -BeOfType ([OssPayment.BucketRequestPayment])
        $payment.Bucket | Should -Be examplebucket
        $payment.Region | Should -Be cn-hangzhou
        $payment.Payer | Should -BeOfType ([OssPayment.Payer])
        $payment.Endpoint | Should -Be $emulator.httpEndpoint
        $payment.RequestId | Should -Match '^[0-9A-F]{24}$'
        $payment.StatusCode | Should -Be 200
        $payment.psobject.Properties.Name | Should -Be Bucket, Region, Payer, Endpoint, RequestId, StatusCode
    }

    It 'shows the bucket, the region and the payer, and no request ids' {
        $shown = Get-OssBucketRequestPayment examplebucket | Out-String -Width 120

        $shown | Should -Match '(?m)^Payer +Region +Bucket *$'
        $shown | Should -Match '(?m)^BucketOwner +cn-hangzhou +examplebucket *$'
    }

    It 'accepts names from the pipeline, in order' {
        $names = 'c-bucket', 'a-bucket', 'b-bucket'
        ($names | Get-OssBucketRequestPayment).Bucket | Should -Be $names
    }

    It 'accepts <Property> of objects' -ForEach @{ Property = 'Bucket' }, @{ Property = 'BucketName' }, @{ Property = 'Name' } {
        $payment = [pscustomobject]@{ $Property = 'beijing-bucket'; Region = 'cn-beijing' } | Get-OssBucketRequestPayment
        $payment.Bucket | Should -Be beijing-bucket
        $payment.Region | Should -Be cn-beijing
    }

    It 'accepts each row of a CSV file with its own region, or the default if it is empty' {
        $csv = Join-Path $TestDrive buckets.csv
        Set-Content $csv 'Bucket,Region', 'a-bucket,', 'beijing-bucket,oss-cn-beijing', 'uswest-bucket,us-west-1'

        (Import-Csv $csv | Get-OssBucketRequestPayment).Region | Should -Be cn-hangzhou, cn-beijing, us-west-1
    }

    It 'accepts <Name>' -ForEach @(
        @{ Name = 'an ArrayList'; Value = [System.Collections.ArrayList]@('b-bucket', 'a-bucket') }
        @{ Name = 'a StringCollection'; Value = & { $all = [System.Collections.Specialized.StringCollection]::new(); $all.AddRange(@('b-bucket', 'a-bucket')); , $all } }
        @{ Name = 'the keys of a table'; Value = ([ordered]@{ 'b-bucket' = 1; 'a-bucket' = 2 }).Keys }
        @{ Name = 'a list of strings'; Value = [System.Collections.Generic.List[string]]@('b-bucket', 'a-bucket') }
        @{ Name = 'what a script emits'; Value = & { 'b-bucket'; Write-Output a-bucket } }
    ) {
        (Get-OssBucketRequestPayment -Bucket $Value).Bucket | Should -Be b-bucket, a-bucket
    }

    It 'accepts its own output' {
        (Get-OssBucketRequestPayment a-bucket, b-bucket | Get-OssBucketRequestPayment).Bucket | Should -Be a-bucket, b-bucket
    }

    It 'reports a bucket that fails, continues with the others, and has a target to retry' {
        $payments = Get-OssBucketRequestPayment a-bucket, b-bucket, missing, c-bucket -ErrorVariable failures -ErrorAction SilentlyContinue

        $payments.Bucket | Should -Be a-bucket, b-bucket, c-bucket
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'NoSuchBucket,*'
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound

        Invoke-EmulatorControl /buckets/missing Put @{ region = 'cn-hangzhou' }
        ($failures[0].TargetObject | Get-OssBucketRequestPayment).Bucket | Should -Be missing
    }

    It 'does nothing for an empty pipeline' {
        @() | Get-OssBucketRequestPayment | Should -BeNullOrEmpty
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'reads as English in a check' {
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be BucketOwner
    }

    It 'exports flat to CSV and JSON' {
        $payment = Get-OssBucketRequestPayment examplebucket
        ($payment | ConvertTo-Csv | ConvertFrom-Csv).Payer | Should -Be BucketOwner
        ($payment | ConvertTo-Json | ConvertFrom-Json).Bucket | Should -Be examplebucket
    }
}
