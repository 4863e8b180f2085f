# What an answer teaches is a hint, not a fact: where it is wrong, it costs a request and nothing more.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../OssPayment.psd1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Emulator.psm1') -Force
    $emulator = Start-Emulator

    function Get-AskedHost {
        (Get-EmulatorRequest).host
    }
}

AfterAll {
    Stop-Emulator
}

Describe 'The region that an answer names' {
    BeforeEach {
        Reset-Emulator
        $env:OSS_ENDPOINT = 'http://oss-cn-hangzhou.aliyuncs.com'
        $quiet = @{ Proxy = $emulator.proxy; WarningAction = 'SilentlyContinue'; ErrorAction = 'SilentlyContinue' }
        $forged = @{
            times  = 1
            action = @{
                kind = 'replace'; status = 403; headers = @{ 'x-oss-request-id' = 'A1'; 'Content-Type' = 'application/xml' }
                text = '<Error><Code>AccessDenied</Code><Message>x</Message><Endpoint>oss-us-west-1.aliyuncs.com</Endpoint></Error>'
            }
        }
    }

    It 'is forgotten where the bucket is not there' {
        Add-EmulatorFault $forged
        Add-EmulatorFault @{ times = 1; action = [ordered]@{ kind = 'ossError'; status = 404; code = 'NoSuchBucket' } }
        Get-OssBucketRequestPayment a-bucket @quiet | Should -BeNullOrEmpty
        (Get-OssBucketRequestPayment a-bucket @quiet).Region | Should -Be cn-hangzhou
        Get-AskedHost | Should -Be a-bucket.oss-cn-hangzhou.aliyuncs.com, a-bucket.oss-us-west-1.aliyuncs.com, a-bucket.oss-cn-hangzhou.aliyuncs.com
    }

    It 'is asked after <Name>' -ForEach @(
        @{ Name = '-Region'; Given = @{ Region = 'cn-hangzhou' } }
        @{ Name = '-Endpoint'; Given = @{ Endpoint = 'http://oss-cn-hangzhou.aliyuncs.com' } }
    ) {
        (Get-OssBucketRequestPayment beijing-bucket @quiet).Region | Should -Be cn-beijing
        Invoke-EmulatorControl /buckets/beijing-bucket Put @{ region = 'cn-hangzhou' } | Out-Null
        Invoke-EmulatorControl /requests Delete | Out-Null
        (Get-OssBucketRequestPayment beijing-bucket @Given @quiet).Region | Should -Be cn-hangzhou
        Get-AskedHost | Should -Be beijing-bucket.oss-cn-hangzhou.aliyuncs.com
    }

    It 'is asked after the region that <Name> brings' -ForEach @(
        @{ Name = 'an object'; Get = { [pscustomobject]@{ Bucket = 'shanghai-bucket'; Region = 'cn-hangzhou' } | Get-OssBucketRequestPayment @quiet } }
        @{ Name = 'a listing'; Get = { Get-OssBucketRequestPayment 'shanghai-*' @quiet } }
    ) {
        (Get-OssBucketRequestPayment shanghai-bucket @quiet).Region | Should -Be cn-shanghai
        Invoke-EmulatorControl /buckets/shanghai-bucket Put @{ region = 'cn-hangzhou' } | Out-Null
        Invoke-EmulatorControl /requests Delete | Out-Null
        (& $Get).Region | Should -Be cn-hangzhou
        Get-AskedHost | Select-Object -Last 1 | Should -Be shanghai-bucket.oss-cn-hangzhou.aliyuncs.com
        Get-AskedHost | Should -Not -Contain shanghai-bucket.oss-cn-shanghai.aliyuncs.com
    }

    It 'is learned for one access key' {
        (Get-OssBucketRequestPayment singapore-bucket @quiet).Region | Should -Be ap-southeast-1
        Use-EmulatorKey temporary
        (Get-OssBucketRequestPayment singapore-bucket @quiet).Region | Should -Be ap-southeast-1
        Get-AskedHost | Should -HaveCount 4
    }
}
