# Searches everything that a user can see or keep for secrets in every encoding. A test file runs it in its BeforeAll,
# after Start-Emulator.

$tally = @{ Texts = 0; Searches = 0; Secrets = @{}; Kinds = @{} }
$proxyPassword = 'Pr0xy#Pass+/w0rd?@='
$signatures = [System.Collections.Generic.HashSet[string]]::new()
$written = [System.Collections.Generic.Dictionary[string, object]]::new()

# Other encodings in which servers and gateways echo a request.
$forms = @{
    percent   = '[regex]::Replace([uri]::EscapeDataString($args[0]), "%..", { $args[0].Value.ToLowerInvariant() })'
    twice     = '[uri]::EscapeDataString([uri]::EscapeDataString($args[0]))'
    named     = '$args[0].Replace("+", "&plus;").Replace("/", "&sol;").Replace("=", "&equals;")'
    decimal   = '-join ($args[0].ToCharArray() | ForEach-Object { "&#{0};" -f [int]$_ })'
    reference = '-join ($args[0].ToCharArray() | ForEach-Object { "&#x{0:x};" -f [int]$_ })'
    json      = '$args[0].Replace("/", "\/")'
    unicode   = '-join ($args[0].ToCharArray() | ForEach-Object { "\u{0:x4}" -f [int]$_ })'
    hex       = '[BitConverter]::ToString([System.Text.Encoding]::ASCII.GetBytes($args[0])).Replace("-", "").ToLowerInvariant()'
    dashes    = '[BitConverter]::ToString([System.Text.Encoding]::ASCII.GetBytes($args[0]))'
    upper     = '$args[0].ToUpperInvariant()'
    lower     = '$args[0].ToLowerInvariant()'
    base64    = '[Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes($args[0]))'
    base64url = '[Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes($args[0])).Replace("+", "-").Replace("/", "_").TrimEnd("=")'
    part      = '($args[0] -split " " | ForEach-Object { $_.Substring(0, $_.Length - 1) }) -join " "'
}

function Get-SigningKey([string] $Secret, [string] $Region = 'cn-hangzhou') {
    $key = [System.Text.Encoding]::UTF8.GetBytes("aliyun_v4$Secret")
    foreach ($part in [DateTime]::UtcNow.ToString('yyyyMMdd'), $Region, 'oss', 'aliyun_v4_request') {
        $key = [System.Security.Cryptography.HMACSHA256]::new($key).ComputeHash([System.Text.Encoding]::UTF8.GetBytes($part))
    }

    , $key
}

function Get-Form([byte[]] $Bytes, [string] $Text) {
    <# Every way in which a secret could be written. #>
    if ($Text) {
        $Text
        $encoded = [uri]::EscapeDataString($Text)
        $encoded
        [regex]::Replace($encoded, '%..', { $args[0].Value.ToLowerInvariant() })
        [System.Security.SecurityElement]::Escape($Text)
        $Text.ToUpperInvariant(), $Text.ToLowerInvariant()
        $Text.Substring(0, $Text.Length - 1)
        foreach ($name in 'named', 'decimal', 'reference', 'json', 'unicode') {
            & ([scriptblock]::Create($forms[$name])) $Text
        }
    }

    $hex = [BitConverter]::ToString($Bytes)
    $hex, $hex.Replace('-', ''), $hex.Replace('-', ' '), $hex.Replace('-', '').ToLowerInvariant()

    # In base64 it looks different at each of three places, but for its ends.
    foreach ($shift in 0, 1, 2) {
        $base64 = [Convert]::ToBase64String((@([byte]0) * $shift) + $Bytes).TrimEnd('=')
        $middle = $base64.Substring(4 * [Math]::Min($shift, 1), $base64.Length - 4 * [Math]::Min($shift, 1) - 2)
        $middle
        [uri]::EscapeDataString($middle)
        $middle.Replace('+', '-').Replace('/', '_')
    }
}

function Get-Secret {
    <# The secrets to search for: names and forms. #>
    $texts = [ordered]@{ secret = $env:OSS_ACCESS_KEY_SECRET; token = $env:OSS_SESSION_TOKEN; 'proxy password' = $proxyPassword }
    Get-EmulatorRequest | ForEach-Object headers | Where-Object name -EQ Authorization | ForEach-Object { $null = $signatures.Add(($_.value -replace '.*Signature=')) }
    Invoke-EmulatorControl /keys | Where-Object name -Like 'issued-*' | ForEach-Object {
        $texts["secret of $($_.name)"] = $_.secret
        $texts["token of $($_.name)"] = $_.token
    }
    Get-EmulatorRequest | ForEach-Object headers | Where-Object name -EQ X-aliyun-ecs-metadata-token | ForEach-Object { $texts["metadata $($_.value)"] = $_.value }
    if ($env:ALIBABA_CLOUD_OIDC_TOKEN_FILE) { $texts['OIDC token'] = (Get-Content $env:ALIBABA_CLOUD_OIDC_TOKEN_FILE -Raw).Trim() }
    if ($env:ALIBABA_CLOUD_CREDENTIALS_URI) { $texts['query of the URI'] = ([uri]$env:ALIBABA_CLOUD_CREDENTIALS_URI).Query.TrimStart('?') }
    $i = 0
    foreach ($signature in @($signatures)) {
        $texts["signature $((++$i))"] = $signature
    }

    foreach ($name in $texts.Keys) {
        if ($texts[$name]) {
            if (-not $written.ContainsKey($texts[$name])) {
                $written[$texts[$name]] = @(Get-Form ([System.Text.Encoding]::UTF8.GetBytes($texts[$name])) $texts[$name] | Select-Object -Unique)
            }

            @{ Name = $name; Forms = $written[$texts[$name]] }
        }
    }

    $key = Get-SigningKey $env:OSS_ACCESS_KEY_SECRET
    if (-not $written.ContainsKey("$key")) {
        $written["$key"] = @(Get-Form $key)
    }

    @{ Name = 'signing key'; Forms = $written["$key"] }
}

function Assert-NoSecret {
    <# Looks for every form of every secret in every text. #>
    param([System.Collections.IDictionary] $Seen, $Secret = @(Get-Secret))

    $found = foreach ($kind in $Seen.Keys) {
        $text = "$($Seen[$kind])"
        $tally.Texts++
        $tally.Kinds[$kind] = $true
        # Without line breaks, because a window may wrap a secret.
        foreach ($version in $text, ($text -replace '\s')) {
            foreach ($one in $Secret) {
                $tally.Searches += $one.Forms.Count
                foreach ($form in $one.Forms) {
                    if ($version.Contains($form)) { "$($one.Name) in $kind" }
                }
            }
        }
    }

    foreach ($one in $Secret) {
        $tally.Secrets[$one.Name -replace ' \d+| of issued-\d+|(?<=metadata) .*'] = $true
    }

    $found | Select-Object -Unique | Should -BeNullOrEmpty
}

function Get-Kept($Record) {
    <# All text in an error record. #>
    $seen = [ordered]@{
        'error message' = "$Record"
        'error view' = $Record | Out-String -Width 4096
        'Format-List' = $Record | Format-List * -Force | Out-String -Width 4096
        'exception' = $Record.Exception | Format-List * -Force | Out-String -Width 4096
        'ToString()' = "$($Record.Exception)"
        'CategoryInfo' = "$($Record.CategoryInfo) $($Record.FullyQualifiedErrorId)"
        'TargetObject' = $Record.TargetObject | ConvertTo-Json -Depth 5
        # Without the members that describe PowerShell itself, which are gigabytes at that depth.
        'depth 10' = @(
            $Record.psobject.Properties | Where-Object Name -NotIn 'Exception', 'InvocationInfo' | ForEach-Object { $_.Value }
            $Record.InvocationInfo.psobject.Properties | Where-Object Name -NE 'MyCommand' | ForEach-Object { $_.Value }
            for ($e = $Record.Exception; $e; $e = $e.InnerException) {
                $e.psobject.Properties | Where-Object Name -NotIn 'TargetSite', 'InnerException' | ForEach-Object { $_.Value }
            }
        ) | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 10) } | Out-String -Width 100000
        'depth 4' = [System.Management.Automation.PSSerializer]::Serialize($Record, 4)
    }
    if (Get-Command Get-Error -ErrorAction Ignore) {
        $seen['Get-Error'] = Get-Error -InputObject $Record | Out-String -Width 4096
    }

    $seen
}

function Watch-Script([scriptblock] $Script) {
    <# Runs a script with all streams on, and searches them, $Error and their records. #>
    $Error.Clear()
    $ErrorActionPreference = 'Continue'
    $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
    $all = @(& $Script *>&1)
    $VerbosePreference = $DebugPreference = 'SilentlyContinue'
    $types = [ordered]@{ Error = 'ErrorRecord'; Warning = 'WarningRecord'; Verbose = 'VerboseRecord'; Debug = 'DebugRecord'; Information = 'InformationRecord' }
    $seen = [ordered]@{}
    foreach ($stream in $types.Keys) {
        $seen["the stream $stream"] = $all | Where-Object { $_.GetType().Name -eq $types[$stream] } | Out-String -Width 100000
    }

    $output = @($all | Where-Object { $_.GetType().Name -notin $types.Values })
    $seen['the stream Output'] = $output | Format-List * -Force | Out-String -Width 100000
    $seen['Export-Csv'] = $output | ConvertTo-Csv | Out-String -Width 100000
    $seen['ConvertTo-Json'] = $output | ConvertTo-Json -Depth 10
    $file = Join-Path $TestDrive kept.xml
    $output | Export-Clixml $file -Depth 10
    $seen['Export-Clixml of the output'] = Get-Content $file -Raw
    @($Error) | Export-Clixml $file -Depth 3
    $seen['Export-Clixml of $Error'] = Get-Content $file -Raw
    $secrets = @(Get-Secret)
    Assert-NoSecret $seen $secrets
    foreach ($record in @($Error | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })) {
        Assert-NoSecret (Get-Kept $record) $secrets
    }
}

function Get-SweepSummary {
    'Secrets: {0} texts of {1} kinds swept for {2} secrets ({3} signatures), {4} searches' -f
        $tally.Texts, $tally.Kinds.Count, $tally.Secrets.Count, $signatures.Count, $tally.Searches
}
