<#
.SYNOPSIS
    Emits the public contract of the module that is built, one line a promise.

.DESCRIPTION
    What scripts rely on: the cmdlets with their parameters, the public types with their members, and the errors, each of
    which is provoked here. Every line says on its own what it is about, so that a difference can be read without the
    lines around it. Contract.Tests.ps1 compares it with Contract.txt.

    Run it in a PowerShell of its own: it starts the emulator and points the environment at it.

.PARAMETER Update
    Writes Contract.txt. What is different there is what users will notice; CHANGELOG.md should say it, too.
#>
param([switch] $Update)

$ErrorActionPreference = 'Stop'

Import-Module (& (Join-Path $PSScriptRoot 'TestedModule.ps1')) -Force
Import-Module (Join-Path $PSScriptRoot 'Emulator.psm1') -Force

$module = Get-Module OssPayment

function Get-Ordinal([string[]] $Text) {
    <# The texts in one order everywhere; Sort-Object's depends on the culture. #>
    $sorted = [string[]]@($Text | Where-Object { $_ })
    [Array]::Sort($sorted, [StringComparer]::Ordinal)
    $sorted
}

$cmdlets = Get-Ordinal @($module.ExportedCmdlets.Keys) | ForEach-Object { Get-Command "OssPayment\$_" }
$assembly = $cmdlets[0].ImplementingType.Assembly

# PowerShell's own parameters, which are not the same in all its versions.
$common = @([System.Management.Automation.Cmdlet]::CommonParameters) + @([System.Management.Automation.Cmdlet]::OptionalCommonParameters)

function Get-TypeText([type] $Type) {
    $underlying = [Nullable]::GetUnderlyingType($Type)
    if ($underlying) {
        "$(Get-TypeText $underlying)?"
    } elseif ($Type.IsArray) {
        "$(Get-TypeText $Type.GetElementType())[]"
    } elseif ($Type.IsGenericType) {
        # The full name would name the assemblies of the arguments.
        $arguments = $Type.GetGenericArguments() | ForEach-Object { Get-TypeText $_ }
        "$($Type.Namespace).$($Type.Name -replace '`.*')[$($arguments -join ', ')]"
    } else {
        $Type.FullName
    }
}

function Get-SetText([string] $Name) {
    if ($Name -eq '__AllParameterSets') { 'every set' } else { "set $Name" }
}

function Get-ExportLine {
    Get-Ordinal @($module.ExportedCmdlets.Keys) | ForEach-Object { "module: cmdlet $_" }
    Get-Ordinal @($module.ExportedFunctions.Keys) | ForEach-Object { "module: function $_" }
    Get-Ordinal @($module.ExportedAliases.Keys) | ForEach-Object { "module: alias $_" }
    Get-Ordinal @($module.ExportedVariables.Keys) | ForEach-Object { "module: variable $_" }
}

function Get-ParameterLine($Parameter) {
    "type $(Get-TypeText $Parameter.ParameterType)"
    Get-Ordinal $Parameter.Aliases | ForEach-Object { "alias $_" }
    Get-Ordinal @(foreach ($attribute in $Parameter.Attributes) {
            $type = $attribute.GetType()
            if ($attribute -is [System.Management.Automation.ValidateRangeAttribute]) {
                "validated: $($attribute.MinRange) to $($attribute.MaxRange)"
            } elseif ($type.Assembly -ne $assembly -and $type.Name -cmatch '^((Allow|Validate).*)Attribute$') {
                "validated: $($Matches[1])"
            } elseif ($attribute -is [System.Management.Automation.SupportsWildcardsAttribute]) {
                'takes wildcards'
            } elseif ($attribute -is [System.Management.Automation.ArgumentCompleterAttribute]) {
                'has a completer'
            }
        })
    foreach ($name in Get-Ordinal @($Parameter.ParameterSets.Keys)) {
        $set = $Parameter.ParameterSets[$name]
        $traits = @(
            if ($set.IsMandatory) { 'mandatory' } else { 'optional' }
            if ($set.Position -ge 0) { "position $($set.Position)" } else { 'by its name' }
            if ($set.ValueFromPipeline) { 'from the pipeline' }
            if ($set.ValueFromPipelineByPropertyName) { 'from a property' }
            if ($set.ValueFromRemainingArguments) { 'from what remains' }
        )
        "in $(Get-SetText $name): $($traits -join ', ')"
    }
}

function Get-CmdletLine($Cmdlet) {
    $metadata = [System.Management.Automation.CommandMetadata]::new($Cmdlet)
    $hasDefault = $metadata.DefaultParameterSetName -and $metadata.DefaultParameterSetName -ne '__AllParameterSets'

    # The second half of the id of every error.
    "is $($Cmdlet.ImplementingType)"
    "default set $(if ($hasDefault) { $metadata.DefaultParameterSetName } else { '(none)' })"
    "ShouldProcess $(if ($metadata.SupportsShouldProcess) { "yes, impact $($metadata.ConfirmImpact)" } else { 'no' })"
    Get-Ordinal @(foreach ($output in $Cmdlet.ImplementingType.GetCustomAttributes([System.Management.Automation.OutputTypeAttribute], $true)) {
            foreach ($set in $output.ParameterSetName) {
                $output.Type.Name | ForEach-Object { "emits in $(Get-SetText $set): $_" }
            }
        })
    foreach ($name in Get-Ordinal @($Cmdlet.Parameters.Keys | Where-Object { $_ -notin $common })) {
        Get-ParameterLine $Cmdlet.Parameters[$name] | ForEach-Object { "-${name}: $_" }
    }
}

function Get-MemberLine([type] $Type) {
    if ($Type.IsEnum) {
        $flags = if ($Type.IsDefined([FlagsAttribute], $false)) { ', flags' }
        "enum of $(Get-TypeText ([Enum]::GetUnderlyingType($Type)))$flags"
        foreach ($value in [Enum]::GetValues($Type)) {
            "value $value = $([Convert]::ChangeType($value, [Enum]::GetUnderlyingType($Type)))"
        }

        return
    }

    $kind = if ($Type.IsInterface) { 'interface' } elseif ($Type.IsValueType) { 'struct' } else { 'class' }
    $manner = if ($Type.IsAbstract -and $Type.IsSealed) { 'static ' } elseif ($Type.IsAbstract) { 'abstract ' } elseif ($Type.IsSealed) { 'sealed ' }
    if ([Exception].IsAssignableFrom($Type)) {
        # The bases between may change. The members, and that it can be caught as an exception, count.
        "$manner$kind, an exception"
    } else {
        $bases = @(for ($base = $Type.BaseType; $base; $base = $base.BaseType) { Get-TypeText $base })
        "$manner$kind$(if ($bases) { " of $($bases -join ', ')" })"
    }

    # Includes inherited members, so that a member may move to a base, but not members of .NET.
    $members = $Type.GetMembers('Public, Instance, Static, FlattenHierarchy') | Where-Object { $_.DeclaringType.Assembly -eq $assembly }
    Get-Ordinal @(foreach ($member in $members) {
            $static = if ($member -isnot [type] -and $member -isnot [System.Reflection.PropertyInfo] -and $member.IsStatic) { 'static ' }
            $parameters = if ($member -is [System.Reflection.MethodBase]) {
                ($member.GetParameters() | ForEach-Object { "$(Get-TypeText $_.ParameterType) $($_.Name)" }) -join ', '
            }

            if ($member -is [System.Reflection.PropertyInfo]) {
                $accessors = $member.GetAccessors()
                $static = if ($accessors[0].IsStatic) { 'static ' }
                $settable = if ($member.GetSetMethod()) { 'settable' } else { 'read-only' }
                "${static}property $($member.Name): $(Get-TypeText $member.PropertyType), $settable"
            } elseif ($member -is [System.Reflection.ConstructorInfo]) {
                "constructor ($parameters)"
            } elseif ($member -is [System.Reflection.MethodInfo]) {
                # The accessors of properties are there already.
                if (-not $member.IsSpecialName -or $member.Name.StartsWith('op_')) {
                    "${static}method $($member.Name)($parameters): $(Get-TypeText $member.ReturnType)"
                }
            } elseif ($member -is [System.Reflection.FieldInfo]) {
                "${static}field $($member.Name): $(Get-TypeText $member.FieldType)"
            } else {
                "$($member.MemberType.ToString().ToLowerInvariant()) $($member.Name)"
            }
        })
}

function Get-TypeLine {
    # An abstract exception is a base, which may change. The types of the cmdlets are listed with the cmdlets.
    $types = $assembly.GetExportedTypes() | Where-Object {
        $_.Namespace -eq 'OssPayment' -and -not ($_.IsAbstract -and [Exception].IsAssignableFrom($_))
    }
    foreach ($name in Get-Ordinal @($types.FullName)) {
        Get-MemberLine $assembly.GetType($name) | ForEach-Object { "type ${name}: $_" }
    }
}

function Invoke-Failing([string] $Cmdlet, $Piped, [hashtable] $Parameters) {
    <# The first error of a call, and whether it ended the pipeline. #>
    try {
        # An empty pipeline differs from no pipeline.
        if ($null -ne $Piped) {
            $Piped | & $Cmdlet @Parameters -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        } else {
            & $Cmdlet @Parameters -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        }

        @{ Error = $failures | Select-Object -First 1; Ends = $false }
    } catch {
        @{ Error = $_; Ends = $true }
    }
}

function Get-ErrorText($Failure) {
    if (-not $Failure.Error) {
        return 'there is no error'
    }

    $record = $Failure.Error
    "id $($record.FullyQualifiedErrorId)"
    "category $($record.CategoryInfo.Category)"
    "exception $($record.Exception.GetType())"
    if ($Failure.Ends) { 'ends the pipeline' } else { 'the pipeline goes on' }
    if ($null -eq $record.TargetObject) {
        return 'target (none)'
    }

    "target $($record.TargetObject.GetType())"
    foreach ($name in Get-Ordinal @($record.TargetObject.psobject.Properties.Name)) {
        # Null properties are listed with the type. The port of the emulator differs in each run.
        $value = $record.TargetObject.$name
        if ($null -ne $value) {
            "target has $name = $("$value" -replace '(?<=^https?://[^/]*:)\d+$', '(port)')"
        }
    }
}

function Get-CaseLine {
    <#
    Provokes an error and describes it, then pipes back only its target. The target contains the whole request, so it
    results in the same error.
    #>
    param([string] $Cmdlet, [string] $When, [hashtable] $Parameters, [hashtable] $Settings = @{}, $Piped)

    $rest = $Settings + $always[$Cmdlet]
    $failure = Invoke-Failing $Cmdlet $Piped ($Parameters + $rest)
    $text = @(Get-ErrorText $failure)
    if ($failure.Error -and $null -ne $failure.Error.TargetObject) {
        $again = @(Get-ErrorText (Invoke-Failing $Cmdlet $failure.Error.TargetObject $rest))
        $text += "piped back: $(if ("$again" -ceq "$text") { 'the same again' } else { $again -join '; ' })"
    }

    $text | ForEach-Object { "error of $Cmdlet, ${When}: $_" }
}

# The parameters of each cmdlet in addition to the bucket, and those that skip the confirmation.
$more = @{
    'Get-OssBucketRequestPayment' = @{}
    'Set-OssBucketRequestPayment' = @{ Payer = 'Requester' }
    'Get-OssRequesterQoSInfo'     = @{ Requester = '300100' }
    'Set-OssRequesterQoSInfo'     = @{ Requester = '300100'; TotalUploadBandwidth = 10; ExtranetDownloadBandwidth = 0 }
    'Remove-OssRequesterQoSInfo'  = @{ Requester = '300100' }
    'Get-OssResourcePool'         = @{}
    'Get-OssResourcePoolBucket'   = @{}
    'Get-OssBucketQoSInfo'        = @{}
    'Set-OssBucketQoSInfo'        = @{ TotalUploadBandwidth = 10; ExtranetDownloadBandwidth = 0 }
    'Remove-OssBucketQoSInfo'     = @{}
}
$always = @{
    'Get-OssBucketRequestPayment' = @{}
    'Set-OssBucketRequestPayment' = @{}
    'Get-OssRequesterQoSInfo'     = @{}
    'Set-OssRequesterQoSInfo'     = @{}
    'Remove-OssRequesterQoSInfo'  = @{ Confirm = $false }
    'Get-OssResourcePool'         = @{}
    'Get-OssResourcePoolBucket'   = @{}
    'Get-OssBucketQoSInfo'        = @{}
    'Set-OssBucketQoSInfo'        = @{}
    'Remove-OssBucketQoSInfo'     = @{ Confirm = $false }
}

function Get-ErrorLine([string] $Cmdlet) {
    $subject = if ($Cmdlet -like '*ResourcePool*') { 'ResourcePool' } else { 'Bucket' }
    $kind = if ($subject -eq 'Bucket') { 'bucket' } else { 'pool' }
    $name = if ($subject -eq 'Bucket') { 'a-bucket' } else { 'example-pool' }
    $bucket = $more[$Cmdlet] + @{ $subject = $name }
    $once = @{ MaximumRetryCount = 0 }

    # Those that end the pipeline.
    Reset-Emulator
    Clear-Credential
    Get-CaseLine $Cmdlet 'no credentials' $bucket
    Use-CredentialSource Uri
    Add-EmulatorFault @{ operation = 'GetUriCredentials'; action = @{ kind = 'replace'; status = 403 } }
    Get-CaseLine $Cmdlet 'a source of credentials that gives none' $bucket
    Reset-Emulator
    $env:OSS_REGION = $null
    Get-CaseLine $Cmdlet 'no region' $bucket
    Reset-Emulator
    Get-CaseLine $Cmdlet 'a bad region' $bucket @{ Region = 'no region' }
    Get-CaseLine $Cmdlet 'a bad endpoint' $bucket @{ Endpoint = 'a host' }
    Get-CaseLine $Cmdlet 'a bad proxy' $bucket @{ Proxy = 'ftp://127.0.0.1' }

    # Those of one record.
    Get-CaseLine $Cmdlet 'a bad region in a record' $more[$Cmdlet] -Piped ([pscustomobject]@{ $subject = $name; Region = 'no region' })
    Get-CaseLine $Cmdlet 'a bad endpoint in a record' $more[$Cmdlet] -Piped ([pscustomobject]@{ $subject = $name; Endpoint = 'a host' })
    Get-CaseLine $Cmdlet "a blank for a $kind in a record" $more[$Cmdlet] -Piped ([pscustomobject]@{ $subject = '' })
    if ($Cmdlet -eq 'Set-OssBucketRequestPayment') {
        Get-CaseLine $Cmdlet 'a bad payer' @{ Bucket = 'a-bucket'; Payer = 'Nobody' }
        Get-CaseLine $Cmdlet 'a bad payer in a record' @{} -Piped ([pscustomobject]@{ Bucket = 'a-bucket'; Payer = 'Nobody' })
    }

    Get-CaseLine $Cmdlet "a bad $kind name" ($more[$Cmdlet] + @{ $subject = if ($kind -eq 'bucket') { 'UPPER' } else { 'NO POOL' } })
    Get-CaseLine $Cmdlet "no such $kind" ($more[$Cmdlet] + @{ $subject = if ($kind -eq 'bucket') { 'missing' } else { 'missing-pool' } })
    if ($Cmdlet -eq 'Get-OssBucketQoSInfo') {
        Get-CaseLine $Cmdlet 'a bucket without limits' @{ Bucket = 'b-bucket' }
    } elseif ($Cmdlet -eq 'Set-OssBucketQoSInfo') {
        Get-CaseLine $Cmdlet 'no limit' @{ Bucket = 'a-bucket' }
        Get-CaseLine $Cmdlet 'a limit above that of the pool' @{ Bucket = 'a-bucket'; TotalUploadBandwidth = 301 }
        Get-CaseLine $Cmdlet 'a bucket in no pool' ($more[$Cmdlet] + @{ Bucket = 'b-bucket' })
    }

    if ($Cmdlet -like '*RequesterQoSInfo') {
        Get-CaseLine $Cmdlet 'a bucket and a pool' ($bucket + @{ ResourcePool = 'example-pool' })
        $pool = @{ ResourcePool = 'missing-pool' }
        if ($Cmdlet -like 'Set-*') {
            $pool.TotalQps = 100
            Get-CaseLine $Cmdlet 'no limit' @{ Bucket = 'a-bucket'; Requester = '300100' }
            Get-CaseLine $Cmdlet 'no limit of a pool' @{ ResourcePool = 'example-pool'; Requester = '300100' }
        }

        Get-CaseLine $Cmdlet 'no such pool' ($more[$Cmdlet] + $pool)
        $pool.ResourcePool = 'NO POOL'
        Get-CaseLine $Cmdlet 'a bad pool name' ($more[$Cmdlet] + $pool)
        $bucket.Requester = 'no uid'
        Get-CaseLine $Cmdlet 'a bad requester' $bucket
        $bucket.Requester = '300100'
        if ($Cmdlet -like 'Get-*') {
            Get-CaseLine $Cmdlet 'no such bucket for all requesters' @{ Bucket = 'missing' }
            Get-CaseLine $Cmdlet 'no such pool for all requesters' @{ ResourcePool = 'missing-pool' }
        }
    }

    # Those of the way there and back.
    Get-CaseLine $Cmdlet 'a closed port' ($bucket + @{ Endpoint = 'http://127.0.0.1:1' }) $once
    if ($Cmdlet -match 'Payment|Requester') {
        # It takes two seconds, so not for every cmdlet.
        Add-EmulatorFault @{ action = @{ kind = 'hang'; where = 'BeforeHeaders' } }
        Get-CaseLine $Cmdlet 'no answer' $bucket ($once + @{ TimeoutSec = 1 })
        Reset-Emulator
    }

    Add-EmulatorFault @{ action = @{ kind = 'replace'; status = 403; text = 'This is not OSS.' } }
    Get-CaseLine $Cmdlet 'an answer that is not OSS''s' $bucket $once
    Reset-Emulator
    Add-EmulatorFault @{ action = @{ kind = 'raw'; text = "HTTP/1.1 200 OK`r`nContent-Length: 1048577`r`n`r`n"; then = 'StayOpen' } }
    Get-CaseLine $Cmdlet 'too large an answer' $bucket $once
}

$null = Start-Emulator
try {
    $lines = @(
        Get-ExportLine
        foreach ($cmdlet in $cmdlets) {
            Get-CmdletLine $cmdlet | ForEach-Object { "cmdlet $($cmdlet.Name): $_" }
        }
        Get-TypeLine
        foreach ($cmdlet in $cmdlets) {
            Get-ErrorLine $cmdlet.Name
        }
    )
} finally {
    Stop-Emulator
}

if (-not $Update) {
    return $lines
}

$header = @(
    '# The public contract, one line a promise. Contract.Tests.ps1 compares it with what is built.'
    '# To change it on purpose: pwsh -NoProfile -File tests/Cmdlets/Contract.ps1 -Update'
)
$topic = $null
$text = foreach ($line in $lines) {
    # An empty line before each cmdlet, type and error.
    if ($topic -cne ($line -replace ':.*')) {
        $topic = $line -replace ':.*'
        ''
    }

    $line
}
# The same bytes everywhere.
[System.IO.File]::WriteAllText((Join-Path $PSScriptRoot 'Contract.txt'), ((@($header) + $text) -join "`n") + "`n")
