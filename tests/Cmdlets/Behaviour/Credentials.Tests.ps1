# Temporary credentials without a long-lived key. The emulator plays STS and the URI. The metadata service has a fixed
# address, which no test may use: RenewedCredentialsTests.cs tests it, and the renewal of credentials.

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot "../Emulator.psm1") -Force
    $emulator = Start-Emulator

    function New-TokenFile {
        <# A token file that no test has used, so that nothing is known of it. #>
        $file = Join-Path (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory) another-token
        Set-Content $file $emulator.oidcToken
        $file
    }

    function Get-Fetch {
        <# The requests for credentials that arrived, by their operations. #>
        @(Get-EmulatorRequest | Where-Object operation -In AssumeRoleWithOIDC, GetRoleCredentials, GetUriCredentials).operation
    }

    function Get-KeyId {
        <# The access keys that OSS got requests from, in order. #>
        @(Get-EmulatorRequest | Where-Object bucket).headers | Where-Object name -EQ Authorization |
            ForEach-Object { [regex]::Match($_.value, 'Credential=([^/]+)').Groups[1].Value }
    }

    function Invoke-WithTokenService {
        <#
        Runs a script in a PowerShell for which the emulator is STS: it is the proxy, and its authority is trusted. All
        scripts share it, and what it fetched: a test that expects a fetch has a token file of its own.
        #>
        param([Parameter(Mandatory)][string] $Script)

        # This endpoint uses http, for which this proxy is not used.
        $env:https_proxy = $emulator.proxy
        try {
            Invoke-TrustingShell -Shared $Script
        } finally {
            $env:https_proxy = $null
        }
    }
}

AfterAll {
    Clear-Credential
    Stop-Emulator
}

Describe 'A source of temporary credentials' {
    BeforeEach {
        Reset-Emulator
        Clear-Credential
    }

    It 'serves each of the cmdlets: Uri' {
        Use-CredentialSource Uri
        Set-OssBucketRequestPayment examplebucket Requester
        (Get-OssBucketRequestPayment examplebucket).Payer | Should -Be Requester
        (Get-OssRequesterQoSInfo examplebucket 300100).TotalUploadBandwidth | Should -Be 10
        Get-KeyId | Select-Object -Unique | Should -BeLike 'STS.EmulatorIssued*'
        (Get-Fetch).Count | Should -Be 1 -Because 'all commands of a process share what was fetched'
    }

    It 'serves each of the cmdlets: Oidc' {
        Skip-WithoutTrust
        Use-CredentialSource Oidc -TokenFile (New-TokenFile)
        Invoke-WithTokenService '
            Set-OssBucketRequestPayment examplebucket Requester
            (Get-OssBucketRequestPayment examplebucket).Payer
            (Get-OssRequesterQoSInfo examplebucket 300100).TotalUploadBandwidth' | Should -Be Requester, 10
        Get-KeyId | Select-Object -Unique | Should -BeLike 'STS.EmulatorIssued*'
        Get-Fetch | Should -Be AssumeRoleWithOIDC
        (Get-EmulatorRequest '?operation=AssumeRoleWithOIDC').host | Should -Be sts.aliyuncs.com
    }

    It 'is STS of the specified region, within the VPC if requested' {
        Skip-WithoutTrust
        Use-CredentialSource Oidc -TokenFile (New-TokenFile)
        $env:ALIBABA_CLOUD_STS_REGION = 'cn-beijing'
        $env:ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED = 'true'
        $env:ALIBABA_CLOUD_ROLE_SESSION_NAME = 'a-runbook'
        Invoke-WithTokenService '(Get-OssBucketRequestPayment examplebucket).Payer' | Should -Be BucketOwner
        $request = Get-EmulatorRequest '?operation=AssumeRoleWithOIDC'
        $request.host | Should -Be sts-vpc.cn-beijing.aliyuncs.com
        $request.body | Should -Match 'RoleSessionName=a-runbook'
    }

    It 'is shown with its expiry by -Verbose, once' {
        Use-CredentialSource Uri
        $messages = @(Get-OssBucketRequestPayment a-bucket, b-bucket, c-bucket -Verbose 4>&1 | ForEach-Object { "$_" })
        $messages -match 'The credentials come from' | Should -HaveCount 1
        $messages -match 'The credentials come from' |
            Should -Match 'come from http://127\.0\.0\.1:\d+ \(ALIBABA_CLOUD_CREDENTIALS_URI\) and expire at \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\.$'
    }

    It 'is queried again when the variables change' {
        Use-CredentialSource Uri
        Get-OssBucketRequestPayment examplebucket | Out-Null
        Use-CredentialSource Uri
        Get-OssBucketRequestPayment examplebucket | Out-Null
        Get-Fetch | Should -Be GetUriCredentials, GetUriCredentials
    }
}

Describe 'The order of the sources' {
    BeforeEach {
        Reset-Emulator
        Clear-Credential
        Use-CredentialSource Uri
    }

    It 'has the OSS family first' {
        $env:ALIBABA_CLOUD_ECS_METADATA = $emulator.ecsRole
        Use-CredentialSource Oidc -TokenFile (New-TokenFile)
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'not-used'
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'not-used'
        $owner = $emulator.keys | Where-Object name -EQ owner
        $env:OSS_ACCESS_KEY_ID = $owner.id
        $env:OSS_ACCESS_KEY_SECRET = $owner.secret
        Get-OssBucketRequestPayment examplebucket | Out-Null
        Get-KeyId | Should -Be $owner.id
        (Get-EmulatorRequest).operation | Should -Be GetBucketRequestPayment
    }

    It 'has the ALIBABA_CLOUD family second' {
        $env:ALIBABA_CLOUD_ECS_METADATA = $emulator.ecsRole
        Use-CredentialSource Oidc -TokenFile (New-TokenFile)
        $owner = $emulator.keys | Where-Object name -EQ owner
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = $owner.id
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $owner.secret
        Get-OssBucketRequestPayment examplebucket | Out-Null
        Get-KeyId | Should -Be $owner.id
        (Get-EmulatorRequest).operation | Should -Be GetBucketRequestPayment
    }

    It 'has OIDC third' {
        Skip-WithoutTrust
        $env:ALIBABA_CLOUD_ECS_METADATA = $emulator.ecsRole
        Use-CredentialSource Oidc -TokenFile (New-TokenFile)
        Invoke-WithTokenService '(Get-OssBucketRequestPayment examplebucket).Payer' | Should -Be BucketOwner
        Get-Fetch | Should -Be AssumeRoleWithOIDC
    }

    It 'has the URI last' {
        $env:ALIBABA_CLOUD_ROLE_ARN = $emulator.roleArn
        $env:ALIBABA_CLOUD_ECS_METADATA = $emulator.ecsRole
        $env:ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true'
        Get-OssBucketRequestPayment examplebucket | Out-Null
        Get-Fetch | Should -Be GetUriCredentials
    }

    It 'queries only one source, even if it fails' {
        $env:ALIBABA_CLOUD_ECS_METADATA = $emulator.ecsRole
        Use-CredentialSource Oidc -TokenFile (Join-Path $TestDrive missing)
        { Get-OssBucketRequestPayment examplebucket } | Should -Throw -ErrorId 'CredentialSourceFailed,*' -ExpectedMessage '*ALIBABA_CLOUD_OIDC_TOKEN_FILE*'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'contacts no source if no variable selects one' {
        Clear-Credential
        $env:ALIBABA_CLOUD_STS_REGION = 'cn-hangzhou'
        $env:ALIBABA_CLOUD_IMDSV1_DISABLED = 'true'
        Invoke-EmulatorControl /counters/reset Post
        { 'a-bucket', 'b-bucket' | Get-OssBucketRequestPayment -Proxy $emulator.proxy } | Should -Throw -ErrorId 'CredentialsNotFound,*'
        { Set-OssBucketRequestPayment a-bucket Requester } | Should -Throw -ErrorId 'CredentialsNotFound,*'
        { Get-OssRequesterQoSInfo a-bucket } | Should -Throw -ErrorId 'CredentialsNotFound,*'
        $counters = Invoke-EmulatorControl /counters
        $counters.connections | Should -Be 0
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }
}

Describe 'A pipeline of 500 buckets' {
    BeforeEach {
        Reset-Emulator
        Clear-Credential
        Invoke-EmulatorControl /buckets/fleet Post @{ count = 500; regions = @('cn-hangzhou') }
        $names = 0..499 | ForEach-Object { 'fleet-{0:d6}' -f $_ }
    }

    It 'continues after a rotation, with one fetch for all waiting requests' {
        Use-CredentialSource Uri
        $count = 0
        $changed = @($names | Set-OssBucketRequestPayment -Payer Requester -PassThru -ErrorVariable failures | ForEach-Object {
                if (++$count -eq 100) { Invoke-EmulatorControl /credentials/rotate Post | Out-Null }
                $_
            })
        $failures | Should -BeNullOrEmpty
        $changed.Bucket | Should -Be $names
        $changed.Payer | Select-Object -Unique | Should -Be Requester
        (Get-Fetch).Count | Should -Be 2
        @(Get-EmulatorRequest | Where-Object status -EQ 403).Count | Should -BeGreaterOrEqual 1
    }

    It 'ends with one error if the credentials cannot be renewed, and reports the changes' {
        Use-CredentialSource Uri
        $count = 0
        $changed = [System.Collections.Generic.List[object]]::new()
        {
            $names | Set-OssBucketRequestPayment -Payer Requester -PassThru -WarningVariable warnings -WarningAction SilentlyContinue |
                ForEach-Object {
                    $changed.Add($_)
                    if (++$count -eq 100) {
                        Add-EmulatorFault @{ operation = 'GetUriCredentials'; action = @{ kind = 'replace'; status = 403; text = 'No.' } }
                        Invoke-EmulatorControl /credentials/rotate Post | Out-Null
                    }
                }
        } | Should -Throw -ErrorId 'CredentialSourceFailed,*' -ExpectedMessage '*HTTP 403, but no credentials*'
        $changed.Count | Should -BeGreaterOrEqual 100
        $changed.Count | Should -BeLessThan 500
        (Get-Fetch).Count | Should -BeLessThan 18 -Because 'a source that fails is not asked for each bucket'
    }
}

Describe 'A source that fails' {
    BeforeEach {
        Reset-Emulator
        Clear-Credential
    }

    It 'is one clear error: it <Fault>' -ForEach @(
        @{ Fault = 'hangs'; Action = @{ kind = 'hang'; where = 'BeforeHeaders' }; Says = '127.0.0.1:* did not return credentials within 1 seconds. Check the network. -TimeoutSec limits the wait.' }
        @{ Fault = 'refuses'; Action = @{ kind = 'replace'; status = 403; text = '{"Code":"Forbidden","Message":"Not you."}' }; Says = 'HTTP 403, with Forbidden: Not you.' }
    ) {
        Use-CredentialSource Uri
        Add-EmulatorFault @{ operation = 'GetUriCredentials'; action = $Action }
        $Error.Clear()
        try {
            'a-bucket', 'b-bucket', 'c-bucket' | Get-OssBucketRequestPayment -TimeoutSec 1 -MaximumRetryCount 0
            'It did not fail.' | Should -BeNullOrEmpty
        } catch [OssPayment.OssRequestException] {
            $record = $_
        }

        $Error | Should -HaveCount 1
        $record.FullyQualifiedErrorId | Should -BeLike 'CredentialSourceFailed,*'
        $record.CategoryInfo.Category | Should -Be AuthenticationError
        $record.ErrorDetails.Message | Should -BeLike "*Could not get credentials from *(ALIBABA_CLOUD_CREDENTIALS_URI)*$Says*"
        @(Get-EmulatorRequest | Where-Object bucket) | Should -BeNullOrEmpty -Because 'nothing is sent to OSS'
    }

    It 'is one clear error if the credentials have already expired' {
        Set-EmulatorSetting @{ credentialLifetimeSeconds = -60 }
        Use-CredentialSource Uri
        { Get-OssBucketRequestPayment a-bucket } | Should -Throw -ErrorId 'CredentialSourceFailed,*' -ExpectedMessage '*the credentials expired at *this machine''s clock is at*'
        (Get-Fetch).Count | Should -Be 1
    }

    It 'is one clear error of STS: <Why>' -ForEach @(
        @{ Why = 'the token is wrong'; Token = 'wrong.token'; Says = '*STS, for an OIDC token (ALIBABA_CLOUD_OIDC_TOKEN_FILE)*HTTP 400, with AuthenticationFail.OIDCToken.Invalid: This JWT token is invalid. Check the token in the file */another-token (ALIBABA_CLOUD_OIDC_TOKEN_FILE)*' }
        @{ Why = 'the role is wrong'; Role = 'acs:ram::1:role/other'; Says = '*with InvalidParameter.RoleArn*' }
        @{ Why = 'the file is not there'; NoFile = $true; Says = '*The file */another-token that ALIBABA_CLOUD_OIDC_TOKEN_FILE names cannot be read*' }
        @{ Why = 'it answers with HTML'; Action = @{ kind = 'replace'; text = '<html>Sign in</html>' }; Says = '*sts.aliyuncs.com (through the proxy http://127.0.0.1:*) returned HTTP 200, but the response is not a JSON object*' }
        @{ Why = 'it hangs'; Action = @{ kind = 'hang'; where = 'BeforeHeaders' }; More = '-TimeoutSec 2'; Says = '*sts.aliyuncs.com (through the proxy http://127.0.0.1:*) did not return credentials within 2 seconds. Check the network and the file */another-token. -TimeoutSec limits the wait.*' }
    ) {
        Skip-WithoutTrust
        $file = New-TokenFile
        if ($Token) { Set-Content $file $Token }
        if ($NoFile) { Remove-Item $file }
        Use-CredentialSource Oidc -TokenFile $file
        if ($Role) { $env:ALIBABA_CLOUD_ROLE_ARN = $Role }
        if ($Action) { Add-EmulatorFault @{ operation = 'AssumeRoleWithOIDC'; action = $Action } }
        $printed = @(Invoke-WithTokenService "try { 'a-bucket', 'b-bucket' | Get-OssBucketRequestPayment $More -MaximumRetryCount 0 } catch { `$_.FullyQualifiedErrorId; `$_.ErrorDetails.Message }")
        $printed | Should -HaveCount 2
        $printed[0] | Should -BeLike 'CredentialSourceFailed,*'
        $printed[1] | Should -BeLike $Says
        @(Get-EmulatorRequest | Where-Object bucket) | Should -BeNullOrEmpty
    }

    It 'is one clear error that names the token file as <Why>' -ForEach @(
        @{ Why = 'relative to $PWD'; Path = 'no-token'; Tried = { Join-Path $TestDrive no-token } }
        @{ Why = 'relative to $PWD of the file system, from another drive'; Path = 'no-token'; Tried = { Join-Path $TestDrive no-token }; From = 'Env:' }
        @{ Why = 'relative to the parent'; Path = '../no-token'; Tried = { Join-Path $TestDrive ../no-token } }
        @{ Why = 'in the home folder'; Path = '~/no-token'; Tried = { Join-Path $HOME no-token } }
        @{ Why = 'on a drive of PowerShell'; Path = 'Tokens:/no-token'; Tried = { Join-Path $TestDrive no-token } }
        @{ Why = 'absolute'; Path = $null; Tried = { Join-Path $TestDrive 'no: token' } }
    ) {
        Use-CredentialSource Oidc -TokenFile $(if ($Path) { $Path } else { & $Tried })
        New-PSDrive -Name Tokens -PSProvider FileSystem -Root $TestDrive -Scope Global | Out-Null
        Push-Location $TestDrive
        try {
            if ($From) { Push-Location $From }
            { Get-OssBucketRequestPayment a-bucket } | Should -Throw -ErrorId 'CredentialSourceFailed,*'
        } finally {
            if ($From) { Pop-Location }
            Pop-Location
            Remove-PSDrive Tokens
        }

        $Error[0].ErrorDetails.Message | Should -Match "The file $([regex]::Escape((& $Tried))) that ALIBABA_CLOUD_OIDC_TOKEN_FILE names cannot be read"
    }

    It 'refuses a token file that is not in the file system: <_>' -ForEach 'Env:/PATH', 'NoSuchDrive:/token' {
        Use-CredentialSource Oidc -TokenFile $_
        { Get-OssBucketRequestPayment a-bucket } | Should -Throw -ErrorId 'CredentialSourceFailed,*' -ExpectedMessage "*ALIBABA_CLOUD_OIDC_TOKEN_FILE is '$_', which is not a path in the file system*"
    }

    It 'is queried again after a transient failure' {
        Use-CredentialSource Uri
        Add-EmulatorFault @{ operation = 'GetUriCredentials'; times = 2; action = @{ kind = 'replace'; status = 503 } }
        (Get-OssBucketRequestPayment a-bucket -RetryIntervalSec 0).Payer | Should -Be BucketOwner
        (Get-Fetch).Count | Should -Be 3
    }

    It 'is refused before any request: <Variable>=<Value>' -ForEach @(
        @{ Variable = 'ALIBABA_CLOUD_CREDENTIALS_URI'; Value = 'http://credentials.example.com/' }
        @{ Variable = 'ALIBABA_CLOUD_CREDENTIALS_URI'; Value = 'not a uri' }
        @{ Variable = 'ALIBABA_CLOUD_ECS_METADATA'; Value = '../../user-data' }
        @{ Variable = 'ALIBABA_CLOUD_ECS_METADATA'; Value = '"a-role"' }
    ) {
        [Environment]::SetEnvironmentVariable($Variable, $Value)
        { Get-OssBucketRequestPayment a-bucket -Proxy $emulator.proxy } | Should -Throw -ErrorId 'CredentialSourceFailed,*' -ExpectedMessage "*$Variable*"
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'is not queried through a proxy' {
        Use-CredentialSource Uri
        (Get-OssBucketRequestPayment examplebucket -Endpoint http://oss-cn-hangzhou.aliyuncs.com -Proxy $emulator.proxy -WarningAction SilentlyContinue).Payer |
            Should -Be BucketOwner
        Get-EmulatorRequest | Where-Object operation -Match 'Credentials|Token' | ForEach-Object via | Select-Object -Unique | Should -Be Direct
        (Get-EmulatorRequest '?operation=GetBucketRequestPayment').via | Should -Be AbsoluteForm
    }

    It 'is named in the advice if OSS rejects its credentials' {
        Use-CredentialSource Uri
        Add-EmulatorFault @{ bucket = 'a-bucket'; action = @{ kind = 'ossError'; status = 403; code = 'SecurityTokenExpired' } }
        { Get-OssBucketRequestPayment a-bucket } | Should -Throw -ErrorId 'SecurityTokenExpired,*'
        $Error[0].ErrorDetails.Message | Should -BeLike '*The credentials came from http://127.0.0.1*(ALIBABA_CLOUD_CREDENTIALS_URI). Check that source.*'
        (Get-Fetch).Count | Should -Be 2
    }
}
