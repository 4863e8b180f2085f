# Runs in full: it is about a release.

# Compares the manifest with the build, and with what PowerShell requires of a module.

BeforeDiscovery {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    $cmdlets = Get-Command -Module OssPayment | ForEach-Object { @{ Cmdlet = $_.Name } }
}

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot '../Shell.psm1') -Force

    Import-Module (Join-Path $PSScriptRoot '../Emulator.psm1') -Force

    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $path = (Resolve-Path (& (Join-Path $PSScriptRoot '../TestedModule.ps1'))).Path
    $base = Split-Path $path
    $manifest = Import-PowerShellDataFile $path
    $assembly = (Get-Command -Module OssPayment | Select-Object -First 1).ImplementingType.Assembly

    # Runs a script in a new PowerShell, and returns its output.
    function Invoke-CleanShell([string] $Script) {
        $text = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script"
        # Encoded, because Windows PowerShell does not pass quotation marks on to a program.
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
        $json = Invoke-Shell -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded
        $LASTEXITCODE | Should -Be 0
        $json | Out-String | ConvertFrom-Json
    }
}

Describe 'The manifest' {
    It 'is valid for PowerShell' {
        $module = Test-ModuleManifest $path -WarningVariable warnings
        $module.Name | Should -Be 'OssPayment'
        $warnings | Should -BeNullOrEmpty
    }

    It 'exports exactly the assembly''s cmdlets, each by its name' {
        $built = foreach ($type in $assembly.GetTypes()) {
            $attribute = [Attribute]::GetCustomAttribute($type, [System.Management.Automation.CmdletAttribute])
            if ($attribute) {
                "$($attribute.VerbName)-$($attribute.NounName)"
            }
        }
        $manifest.CmdletsToExport | Sort-Object | Should -Be ($built | Sort-Object)
        foreach ($kind in 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $manifest.ContainsKey($kind) | Should -BeTrue -Because $kind
            $manifest[$kind] | Should -BeNullOrEmpty -Because $kind
        }
    }

    It 'has the metadata for the gallery, except for the parts that only a package has' {
        foreach ($key in 'Author', 'CompanyName', 'Copyright', 'Description') {
            $manifest[$key] | Should -Not -BeNullOrEmpty -Because $key
        }

        # A tag ends at a space.
        $manifest.PrivateData.PSData.Tags | Should -Not -Match '\s'
        $manifest.PrivateData.PSData.Tags | Should -Contain 'OSS'
    }

    It 'names files that exist' {
        $manifest.FormatsToProcess | Should -Not -BeNullOrEmpty
        foreach ($file in @($manifest.RootModule) + $manifest.TypesToProcess + $manifest.FormatsToProcess) {
            Join-Path $base $file | Should -Exist
        }
    }

    It 'declares both editions, from Windows PowerShell 5.1' {
        $manifest.CompatiblePSEditions | Sort-Object | Should -Be 'Core', 'Desktop'
        $manifest.PowerShellVersion | Should -Be '5.1'
        $manifest.PrivateData.PSData.Tags | Should -Contain 'PSEdition_Desktop'
        $manifest.PrivateData.PSData.Tags | Should -Contain 'PSEdition_Core'
    }
}

Describe 'The version in the manifest' {
    BeforeAll { $version = $manifest.ModuleVersion }

    It 'is that of the assembly, whose project reads it there' {
        $assembly.GetName().Version.ToString(3) | Should -Be $version
        $file = (Get-Item -LiteralPath $assembly.Location).VersionInfo
        $file.FileVersion | Should -Be "$version.0"
        $file.ProductVersion -replace '\+.*' | Should -Be $version
        Get-Content (Join-Path $root 'src/OssPayment.csproj') -Raw | Should -Not -Match ([regex]::Escape($version))
    }

    It 'is that of the first entry with a version in CHANGELOG.md' {
        $entries = Select-String -Path (Join-Path $root 'CHANGELOG.md') -Pattern '^## \[(\d[^\]]*)\]'
        $entries | Should -Not -BeNullOrEmpty
        $entries[0].Matches[0].Groups[1].Value | Should -Be $version
    }

    It 'is that of the help, in each culture' {
        $pages = @(Get-ChildItem (Join-Path $root 'docs/*/OssPayment.md'))
        $pages | Should -Not -BeNullOrEmpty
        foreach ($page in $pages) {
            (Select-String -LiteralPath $page.FullName -Pattern '^Help Version: (.+)$').Matches.Groups[1].Value |
                Should -Be $version -Because $page.FullName
        }
    }

    It 'is that in the User-Agent of requests' {
        $null = Start-Emulator
        try {
            $null = Get-OssBucketRequestPayment examplebucket
            ((Get-EmulatorRequest).headers | Where-Object name -EQ User-Agent).value | Should -Be "OssPayment/$version"
        } finally {
            Stop-Emulator
        }
    }
}

Describe 'The cmdlet <Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Cmdlet
    }

    It 'has an approved verb' {
        (Get-Verb).Verb | Should -Contain $command.Verb
    }

    It 'has a singular noun with the module''s prefix' {
        $command.Noun | Should -MatchExactly '^Oss[A-Z]'
        $command.Noun | Should -Not -Match '[^s]s$'
    }

    It 'supports ShouldProcess if it changes something, and only then' {
        $command.Parameters.ContainsKey('WhatIf') | Should -Be ($command.Verb -ne 'Get')
    }

    It 'declares its output type, unless it removes something' {
        [bool]$command.OutputType | Should -Be ($command.Verb -ne 'Remove')
    }

    It 'requests confirmation by default only if it removes something' {
        $attribute = [Attribute]::GetCustomAttribute($command.ImplementingType, [System.Management.Automation.CmdletAttribute])
        $attribute.ConfirmImpact -eq 'High' | Should -Be ($command.Verb -eq 'Remove')
    }
}

Describe 'In a clean PowerShell, the module' {
    BeforeAll {
        $result = Invoke-CleanShell @"
`$warnings = @()
Import-Module '$path' -WarningVariable warnings
ConvertTo-Json @{
    Commands = @((Get-Command -Module OssPayment).Name)
    Warnings = @(`$warnings | ForEach-Object { "`$_" })
    Errors = @(`$Error | ForEach-Object { "`$_" })
    Views = @((Get-FormatData OssPayment.*).TypeNames)
    Loaded = @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not `$_.IsDynamic } | ForEach-Object Location)
}
"@
    }

    It 'is imported without an error or a warning' {
        $result.Commands | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        $result.Warnings | Should -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty

        # Each emitted type, and the base types of limits, which have the views of all their types.
        $emitted = @((Get-Command -Module OssPayment).OutputType.Name) + 'OssPayment.RequesterLimits', 'OssPayment.QoSInfo' |
            Sort-Object -Unique
        $result.Views | Sort-Object -Unique | Should -Be $emitted
    }

    It 'loads only its own assembly and those of PowerShell and .NET' {
        $before = 'System.Management.Automation', 'netstandard'
        $assembly.GetReferencedAssemblies().Name | Sort-Object | Should -Be ($before | Sort-Object)

        # The compiled PowerShell is in the same folder.
        $own = $result.Loaded | Where-Object { $_ -and $_.StartsWith($base) -and -not $_.StartsWith($PSHOME) }
        $own | Should -Be (Join-Path $base 'bin/OssPayment.dll' -Resolve)
    }

    It 'has no assembly or script except its own' {
        (Get-ChildItem (Join-Path $base 'bin') -Recurse -Include *.dll, *.exe, *.ps1, *.psm1).Name | Should -Be 'OssPayment.dll'
        foreach ($key in 'RequiredModules', 'RequiredAssemblies', 'ScriptsToProcess', 'NestedModules') {
            $manifest.ContainsKey($key) | Should -BeFalse -Because $key
        }

        $manifest.TypesToProcess | Should -Be OssPayment.Types.ps1xml
    }
}
