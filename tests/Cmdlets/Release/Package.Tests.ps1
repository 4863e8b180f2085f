# Runs in full: it makes a package and installs it in several ways.
# The package: its contents, that it works in the folders and sessions of users, and its publication. If
# OSSPAYMENT_MODULE is the manifest of a package, that package is tested. Otherwise one is made from the working tree.

BeforeDiscovery {
    # The sessions of one PowerShell in which the package works, each with its first commands.
    $sessions = @(
        @{ Name = 'in a clean session'; Before = 'IMPORT' }
        @{ Name = 'when it is imported twice in one session'; Before = 'IMPORT; IMPORT -Force' }
        @{ Name = 'when it is imported again after Remove-Module, which takes its commands away'; Before = @'
IMPORT
$null = Get-OssBucketRequestPayment examplebucket
Remove-Module OssPayment
$env:PSModulePath = ''
if (Get-Command Get-OssBucketRequestPayment -ErrorAction Ignore) { throw 'The command is still there.' }
IMPORT
'@
        }
        @{ Name = 'in constrained language mode'; Before = '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; IMPORT' }
        @{ Name = 'in strict mode'; Before = 'Set-StrictMode -Version Latest; IMPORT' }
    )
    $cultures = [ordered]@{ Turkish = 'tr-TR'; invariant = ''; Arabic = 'ar-SA'; Thai = 'th-TH'; Chinese = 'zh-CN' }
    $sessions += foreach ($called in $cultures.Keys) {
        @{ Name = "under the $called culture"; Culture = $cultures[$called]; Before = @"
`$culture = [cultureinfo]::new('$($cultures[$called])')
[cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::DefaultThreadCurrentUICulture = `$culture
[System.Threading.Thread]::CurrentThread.CurrentCulture = `$culture
[System.Threading.Thread]::CurrentThread.CurrentUICulture = `$culture
IMPORT
"@
        }
    }

    # A change to a valid package, and the only reason that must be reported.
    $obstacles = @(
        @{ What = 'without a key'; Reason = '*no API key*'; Break = { $env:OSSPAYMENT_GALLERY_KEY = '' } }
        @{ What = 'from a tree with changes'; Reason = '*uncommitted changes*another.txt'; Break = {
                Set-Content -LiteralPath "$($tree.Folder)/another.txt" any
            }
        }
        @{ What = 'of another commit'; Reason = '*not from this commit*'; Break = {
                git -C $tree.Folder commit -q --allow-empty -m another
            }
        }
        @{ What = 'whose version the changelog lacks'; Reason = '*has no entry for version*'; Break = {
                Edit-Tree CHANGELOG.md '(?m)^(## \[)\d[\d.]+\] - Unreleased' '${1}99.0.0] - Unreleased'
            }
        }
        @{ What = 'whose version the changelog has as released'; Reason = '*as released*'; Break = {
                Edit-Tree CHANGELOG.md '(?m)^(## \[\d[\d.]+\]) - Unreleased' '$1 - 2026-11-21'
            }
        }
        @{ What = 'without help'; Reason = '*has no help in en-US*'; Break = { Edit-File en-US/OssPayment.dll-Help.xml } }
        @{ What = 'without Chinese help'; Reason = '*has no help in zh.*'; Break = { Edit-File zh/OssPayment.dll-Help.xml } }
        @{ What = 'without the address of the project'; Reason = '*no address of its project*'; Break = {
                Edit-File OssPayment.psd1 'ProjectUri = .*'
            }
        }
        @{ What = 'whose tests were not run'; Reason = '*tests of this package have not passed*'; Break = {
                Remove-Item -LiteralPath "$($tree.File).tested"
            }
        }
        @{
            What = 'whose tests were run before it was made'
            Reason = '*tests of this package have not passed*'
            Break = {
                Set-Content -LiteralPath "$($tree.File).tested" 'the sum of another'
            }
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Shell.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../SharedShell.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../Emulator.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../Readme.psm1') -Force
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem

    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $manifest = Import-PowerShellDataFile (Join-Path $root 'OssPayment.psd1')
    $version = $manifest.ModuleVersion
    $canPackage = [bool](Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable | Where-Object Version -GE 1.1.0)
    $hasHelp = [bool](Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)
    $onWindows = $PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows
    # Letters of several alphabets; written so, because Windows PowerShell reads this file in the system's code page.
    $foreign = -join [char[]](0xE9, 0x131, 0x6A21, 0x5757)
    $address = 'https://example.org/oss-payment'

    function Skip-WithoutPackage {
        Skip-Unless ($canPackage -or $env:OSSPAYMENT_MODULE) (
            'Microsoft.PowerShell.PSResourceGet 1.1.0 or later is not installed, and makes the package')
    }

    function Skip-WithoutHelp {
        Skip-Unless $hasHelp (
            'Microsoft.PowerShell.PlatyPS 1.0.0 or later is not installed, and comes as no NuGet package')
    }

    function Skip-WithTestedPackage {
        Skip-Unless (-not $env:OSSPAYMENT_MODULE) 'OSSPAYMENT_MODULE selects a package that was built before'
    }

    function Invoke-Build([string] $Folder, [string] $Task) {
        # The output, and the message of a terminating error.
        $script = "try { & ./build.ps1 $Task *>&1 | Out-String -Width 500 } " +
            "catch { `"ERROR: `$(`$_.Exception.Message)`" }"
        Push-Location -LiteralPath $Folder
        try {
            Invoke-SharedShell -WithoutModule $script | Out-String
        } finally {
            Pop-Location
        }
    }

    . (Join-Path $PSScriptRoot 'PackageTree.ps1')

    $saved = @{}
    foreach ($name in 'RepositoryUrl', 'OSSPAYMENT_GALLERY_KEY', 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME',
        'XDG_CACHE_HOME', 'PSModulePath') {
        $saved[$name] = [Environment]::GetEnvironmentVariable($name)
    }

    if ($env:OSSPAYMENT_MODULE) {
        # It is in artifacts, next to its package.
        $package = Get-PackagePath (Resolve-Path (Join-Path $env:OSSPAYMENT_MODULE '../../../..')).ProviderPath
    } elseif ($canPackage) {
        $env:RepositoryUrl = $address
        $null = New-Tree "$TestDrive/a [copy]"
        $tree = New-TestedPackage "$TestDrive/a [copy]"
        $package = $tree
    }
}

AfterAll {
    foreach ($name in $saved.Keys) {
        [Environment]::SetEnvironmentVariable($name, $saved[$name])
    }
}

Describe 'build.ps1 Package' {
    It 'copies exactly the files that a user needs' {
        Skip-WithoutPackage
        $expected = @('OssPayment.psd1', 'LICENSE', 'bin/OssPayment.dll') + @($manifest.TypesToProcess) + @($manifest.FormatsToProcess)
        Get-FileName $package.Module | Where-Object { $_ -notmatch '^(en-US|zh)/' } | Sort-Object |
            Should -Be ($expected | Sort-Object)

        # Test-ModuleManifest does not find a path with brackets.
        Copy-Item -LiteralPath $package.Module -Destination "$TestDrive/plain" -Recurse
        (Test-ModuleManifest "$TestDrive/plain/OssPayment.psd1" -WarningVariable warnings).Name | Should -Be OssPayment
        $warnings | Should -BeNullOrEmpty
    }

    It 'includes the help of each culture that has pages' {
        Skip-WithoutPackage
        Skip-WithoutHelp
        $expected = foreach ($culture in @{ Pages = 'en-US'; Help = 'en-US' }, @{ Pages = 'zh-CN'; Help = 'zh' }) {
            "$($culture.Help)/OssPayment.dll-Help.xml"
            (Get-ChildItem (Join-Path $root "docs/$($culture.Pages)") -Filter *.help.txt).Name |
                ForEach-Object { "$($culture.Help)/$_" }
        }
        Get-FileName $package.Module | Where-Object { $_ -match '^(en-US|zh)/' } | Sort-Object |
            Should -Be ($expected | Sort-Object)
    }

    It 'makes a package of the same files, byte for byte' {
        Skip-WithoutPackage
        [System.IO.Compression.ZipFile]::ExtractToDirectory($package.File, "$TestDrive/extracted")
        foreach ($own in '[Content_Types].xml', '_rels/.rels', 'OssPayment.nuspec') {
            Remove-Item -LiteralPath "$TestDrive/extracted/$own" -Force
        }

        Get-FileSum "$TestDrive/extracted" | Should -Be (Get-FileSum $package.Module)
    }

    # It makes a second package, which takes as long as all other tests here.
    if ($env:OSSPAYMENT_SIZE -eq 'full') {
        It 'makes the same package, byte for byte, from the same commit in another folder' {
            Skip-WithTestedPackage
            Skip-WithoutPackage
            $folder = "$TestDrive/another $foreign"
            git clone --quiet $tree.Folder $folder 2>$null
            $again = New-TestedPackage $folder
            # First its files, so that a failure names the difference.
            Get-FileSum $again.Module | Should -Be (Get-FileSum $tree.Module)
            (Get-FileHash -LiteralPath $again.File).Hash | Should -Be (Get-FileHash -LiteralPath $tree.File).Hash
        }
    }

    It 'lists the file types in a fixed order' {
        Skip-WithoutPackage
        $zip = [System.IO.Compression.ZipFile]::OpenRead($package.File)
        try {
            $reader = [System.IO.StreamReader]::new($zip.GetEntry('[Content_Types].xml').Open())
            $kinds = @(([xml]$reader.ReadToEnd()).Types.ChildNodes | ForEach-Object OuterXml)
        } finally {
            $zip.Dispose()
        }

        $sorted = [string[]]$kinds
        [Array]::Sort($sorted, [StringComparer]::Ordinal)
        $kinds.Count | Should -BeGreaterThan 5
        $kinds | Should -Be $sorted
    }

    It 'writes the checksums of the package and the bill of materials' {
        Skip-WithoutPackage
        $lines = foreach ($path in $package.File, $package.Bill) {
            "$((Get-FileHash -LiteralPath $path).Hash.ToLowerInvariant())  $(Split-Path $path -Leaf)"
        }
        Get-Content -LiteralPath $package.Sums | Should -Be $lines
    }

    It 'writes a bill of materials with each file and its checksum, and no dependency' {
        Skip-WithoutPackage
        $bill = Get-Content -LiteralPath $package.Bill -Raw | ConvertFrom-Json
        $bill.spdxVersion | Should -Match '^SPDX-2\.'
        $bill.packages.name | Should -Be 'OssPayment'
        $bill.packages.versionInfo | Should -Be $version
        $bill.relationships.relationshipType | Should -Be 'DESCRIBES'

        $listed = foreach ($file in $bill.files) {
            $sum = ($file.checksums | Where-Object algorithm -EQ SHA256).checksumValue
            "$($file.fileName.Substring(2)) $($sum.ToUpperInvariant())"
        }
        $listed | Sort-Object | Should -Be (Get-FileSum $package.Module | Sort-Object)
    }

    It 'completes the metadata for the gallery' {
        Skip-WithoutPackage
        $data = (Import-PowerShellDataFile -LiteralPath "$($package.Module)/OssPayment.psd1").PrivateData.PSData
        $data.Tags | Should -Contain 'OSS'
        $data.ReleaseNotes | Should -Be (& (Join-Path $package.Folder 'tools/Get-ChangelogEntry.ps1') $version).Notes
        if ($env:OSSPAYMENT_MODULE) {
            # Made for an unknown address, or without an address.
            return
        }

        $data.ProjectUri | Should -Be $address
        $data.LicenseUri | Should -Be "$address/blob/v$version/LICENSE"
        $data.IconUri | Should -Be "$address/raw/v$version/docs/icon.png"
        Join-Path $root 'LICENSE' | Should -Exist
        [System.IO.File]::ReadAllBytes((Join-Path $root 'docs/icon.png'))[1..3] | Should -Be ([byte[]][char[]]'PNG')
    }

    It 'records the commit in the assembly' {
        Skip-WithTestedPackage
        Skip-WithoutPackage
        $product = (Get-Item -LiteralPath "$($tree.Module)/bin/OssPayment.dll").VersionInfo.ProductVersion
        $product | Should -Be "$version+$(git -C $tree.Folder rev-parse HEAD)"
    }
}

Describe 'The package' -ForEach @{ Sessions = $sessions } {
    BeforeAll {
        $emulator = Start-Emulator
        $hasCultures = [cultureinfo]::new('th-TH').Calendar.GetType().Name -eq 'ThaiBuddhistCalendar'

        # The output of the module in a shell: a table, an error, a change, and its path.
        $probe = @'
$table = Get-OssRequesterQoSInfo examplebucket | Out-String -Width 120
Set-OssBucketRequestPayment examplebucket requester -AddressingStyle virtual -WarningAction SilentlyContinue
$payer = Get-OssBucketRequestPayment examplebucket
$whole = @($Error | ForEach-Object { "$_" })
Get-OssBucketRequestPayment missing -ErrorAction SilentlyContinue -ErrorVariable missing
ConvertTo-Json @{
    Base = (Get-Module OssPayment).ModuleBase
    Commands = @(Get-Command -Module OssPayment | ForEach-Object { $_.Name })
    Table = $table
    Payer = "$($payer.Payer)"
    Missing = "$($missing[0].FullyQualifiedErrorId)"
    Errors = $whole
}
'@

        function Get-ProbeText([string] $Before, [string] $Module = "$($package.Module)/OssPayment.psd1") {
            $import = "Import-Module '$($Module.Replace("'", "''").Replace('[', '`[').Replace(']', '`]'))'"
            $text = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Before"
            $text.Replace('IMPORT', $import) + "`n$probe"
        }

        function Invoke-Probe([string] $Before, [string] $Module = "$($package.Module)/OssPayment.psd1") {
            $text = Get-ProbeText $Before $Module
            # Encoded, because Windows PowerShell does not pass quotation marks on to a program.
            $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
            $output = Invoke-Shell -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded | Out-String
            $LASTEXITCODE | Should -Be 0 -Because $output
            $output | ConvertFrom-Json
        }

        # Each in a separate session of one process, after a reset of the emulator and the environment.
        function Invoke-SessionProbe([hashtable[]] $Session) {
            $texts = [ordered]@{}
            foreach ($one in $Session) {
                $texts[$one.Name] = Get-ProbeText $one.Before
            }

            $path = "$TestDrive/probes.json"
            ConvertTo-Json $texts | Set-Content -LiteralPath $path -Encoding utf8
            $null = Invoke-SharedShell -WithoutModule "
                `$probed = @{}
                foreach (`$probe in (Get-Content -LiteralPath '$path' -Raw -Encoding utf8 | ConvertFrom-Json).psobject.Properties) {
                    `$null = Invoke-RestMethod '$($emulator.control)/reset' -Method Post
                    `$modulePath = `$env:PSModulePath
                    `$session = [powershell]::Create()
                    `$probed[`$probe.Name] = try { `"`$(`$session.AddScript(`$probe.Value).Invoke())`" } catch { `"`$_`" }
                    `$session.Dispose()
                    `$env:PSModulePath = `$modulePath
                    [cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::DefaultThreadCurrentUICulture = `$null
                }
                ConvertTo-Json `$probed | Set-Content -LiteralPath '$path' -Encoding utf8"
            Get-Content -LiteralPath $path -Raw -Encoding utf8 | ConvertFrom-Json
        }

        function Assert-Probe($Result, [string] $Base = $package.Module) {
            $Result.Errors | Should -BeNullOrEmpty
            $Result.Base.Replace('\', '/') | Should -Be $Base.Replace('\', '/')
            $Result.Commands | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
            $Result.Table | Should -Match '300200 +20 +10 forbidden +100 +50 +5'
            $Result.Payer | Should -Be Requester
            $Result.Missing | Should -BeLike 'NoSuchBucket,*'
        }

        function Assert-Session {
            # The first session of the README, word for word, in a shell that finds the package by the module's name.
            $session = Get-ReadmeSession -Installed
            Invoke-ReadmeSession $session.Code | Should -Be $session.Output
        }

        if ($package) {
            $probed = Invoke-SessionProbe $Sessions
        }
    }

    BeforeEach { Reset-Emulator }
    AfterAll { Stop-Emulator }

    It 'opens the page of each cmdlet in the repository with -Online: <_>' -ForEach 'en-US', 'zh-CN' {
        Skip-WithTestedPackage
        Skip-WithoutPackage
        Skip-WithoutHelp
        $script = {
            [cultureinfo]::CurrentUICulture = 'CULTURE'
            Import-Module ([WildcardPattern]::Escape('MODULE'))
            $links = foreach ($command in Get-Command -Module OssPayment) {
                # The target of -Online.
                $first = @((Get-Help $command.Name).relatedLinks.navigationLink.uri | Where-Object { $_ })[0]
                @{ Cmdlet = $command.Name; HelpUri = $command.HelpUri; Online = $first }
            }
            ConvertTo-Json @($links)
        }
        $text = "$script".Replace('CULTURE', $_).Replace('MODULE', "$($tree.Module)/OssPayment.psd1")
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
        $links = Invoke-Shell -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded | Out-String | ConvertFrom-Json
        @($links).Cmdlet | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        foreach ($link in $links) {
            $link.HelpUri | Should -Be "$address/blob/v$version/docs/en-US/$($link.Cmdlet).md"
            $link.Online | Should -Be "$address/blob/v$version/docs/$_/$($link.Cmdlet).md"
            Join-Path $root $link.Online.Substring("$address/blob/v$version/".Length) | Should -Exist
        }
    }

    It 'works in a module path with a space and non-ASCII letters, with the first session of the README' {
        Skip-WithoutPackage
        $path = "$TestDrive/My $foreign/OssPayment/$version"
        $null = [System.IO.Directory]::CreateDirectory((Split-Path $path))
        Copy-Item -LiteralPath $package.Module -Destination $path -Recurse
        $env:PSModulePath = "$TestDrive/My $foreign" + [System.IO.Path]::PathSeparator + $saved.PSModulePath
        try {
            # No import: the command is found by its name.
            Assert-Probe (Invoke-Probe '') $path
            Assert-Session
        } finally {
            $env:PSModulePath = $saved.PSModulePath
        }
    }

    It 'works from a read-only folder, and writes nothing there' {
        Skip-WithoutPackage
        Copy-Item -LiteralPath $package.Module -Destination "$TestDrive/read-only" -Recurse
        $items = Get-ChildItem -LiteralPath "$TestDrive/read-only" -File -Recurse
        $lock = {
            param([string] $Mode, [bool] $IsReadOnly)
            if ($onWindows) {
                $items | ForEach-Object { $_.IsReadOnly = $IsReadOnly }
            } else {
                chmod -R $Mode "$TestDrive/read-only"
            }
        }
        & $lock 'a-w' $true
        try {
            $before = Get-FileSum "$TestDrive/read-only"
            Assert-Probe (Invoke-Probe 'IMPORT' "$TestDrive/read-only/OssPayment.psd1") "$TestDrive/read-only"
            Get-FileSum "$TestDrive/read-only" | Should -Be $before
        } finally {
            & $lock 'u+w' $false
        }
    }

    It 'works with a module that has loaded other versions of common assemblies' {
        Skip-WithoutPackage
        $names = 'System.Net.Http', 'System.Memory', 'System.Text.Json', 'System.Xml', 'Newtonsoft.Json'
        $folder = "$TestDrive/neighbour"
        $null = New-Item $folder -ItemType Directory
        foreach ($name in $names) {
            $code = '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] public static class Other { }'
            Add-Type -TypeDefinition $code.Replace('Other', $name.Replace('.', '')) -OutputAssembly "$folder/$name.dll"
        }

        Set-Content "$folder/neighbour.psm1" ('Get-ChildItem $PSScriptRoot -Filter *.dll | ForEach-Object { ' +
            '$null = [System.Reflection.Assembly]::LoadFile($_.FullName) }')
        $text = "Import-Module '$folder/neighbour.psm1'; IMPORT`n" +
        "`$there = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Version.Major -eq 99 }`n" +
        "if (@(`$there).Count -ne $($names.Count)) { throw 'The others are not loaded.' }"
        Assert-Probe (Invoke-Probe $text)
    }

    It 'works <Name>' -ForEach $sessions {
        Skip-WithoutPackage
        Skip-Unless (-not $Culture -or $hasCultures) 'PowerShell runs without the data of cultures here'
        Assert-Probe ($probed.$Name | ConvertFrom-Json)
    }

    Context 'in a folder repository' {
        BeforeAll {
            if (-not $onWindows) {
                # Installed into a separate home folder.
                $env:HOME = "$TestDrive/home"
                foreach ($name in 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME') {
                    [Environment]::SetEnvironmentVariable($name, $null)
                }

                $null = New-Item $env:HOME -ItemType Directory
            }

            function Invoke-WithRepository([string] $Script) {
                $name = "OssPaymentTest$PID"
                $text = @"
`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'
Register-PSResourceRepository -Name $name -Uri '$TestDrive/repository' -Trusted
try { $Script } finally { Unregister-PSResourceRepository $name }
"@
                $text = $text.Replace('REPOSITORY', $name)
                $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
                $output = Invoke-Shell -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded *>&1 |
                    Out-String
                $LASTEXITCODE | Should -Be 0 -Because $output
            }

            $null = New-Item "$TestDrive/repository" -ItemType Directory
            if ($package) {
                Copy-Item -LiteralPath $package.File -Destination "$TestDrive/repository"
            }
        }

        AfterAll {
            foreach ($name in 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'PSModulePath') {
                [Environment]::SetEnvironmentVariable($name, $saved[$name])
            }
        }

        It 'works after Save-PSResource, with the first session of the README' {
            Skip-WithoutPackage
            Skip-Unless $canPackage 'Microsoft.PowerShell.PSResourceGet 1.1.0 or later is not installed'
            $null = New-Item "$TestDrive/saved" -ItemType Directory
            Invoke-WithRepository "Save-PSResource OssPayment -Repository REPOSITORY -Path '$TestDrive/saved'"
            $env:PSModulePath = "$TestDrive/saved" + [System.IO.Path]::PathSeparator + $saved.PSModulePath
            try {
                Assert-Probe (Invoke-Probe 'IMPORT' OssPayment) "$TestDrive/saved/OssPayment/$version"

                Assert-Session
            } finally {
                $env:PSModulePath = $saved.PSModulePath
            }
        }

        It 'works after Install-PSResource, with the first session of the README' {
            Skip-WithoutPackage
            Skip-Unless $canPackage 'Microsoft.PowerShell.PSResourceGet 1.1.0 or later is not installed'
            $isThere = $onWindows -and (Get-Module OssPayment -ListAvailable)
            Skip-Unless (-not $isThere) 'this user has the module installed'
            Invoke-WithRepository 'Install-PSResource OssPayment -Repository REPOSITORY -Scope CurrentUser'
            try {
                $result = Invoke-Probe 'IMPORT' OssPayment
                Assert-Probe $result $result.Base
                $result.Base | Should -Match "[\\/]OssPayment[\\/]$([regex]::Escape($version))$"
                if (-not $onWindows) {
                    $result.Base | Should -BeLike "$env:HOME/*"
                }

                Assert-Session
            } finally {
                Invoke-WithRepository 'Uninstall-PSResource OssPayment -Scope CurrentUser'
            }
        }
    }
}

Describe 'build.ps1 Publish' {
    BeforeAll {
        $repository = "OssPaymentPublish$PID"
        $served = "$TestDrive/served"
        $key = 'a-key-that-nobody-sees'

        function Edit-Tree([string] $Name, [string] $Pattern, [string] $Replacement) {
            # Git ignores the change, so that the tree counts as clean.
            Edit-Text "$($tree.Folder)/$Name" $Pattern $Replacement
            git -C $tree.Folder update-index --assume-unchanged $Name
        }

        function Edit-File([string] $Name, [string] $Pattern) {
            # Removes a file, or matching text in it, from the .nupkg, which still counts as tested.
            $zip = [System.IO.Compression.ZipFile]::Open($tree.File, 'Update')
            try {
                $entry = $zip.GetEntry($Name)
                $reader = [System.IO.StreamReader]::new($entry.Open())
                $text = $reader.ReadToEnd()
                $reader.Dispose()
                $entry.Delete()
                if ($Pattern) {
                    $writer = [System.IO.StreamWriter]::new($zip.CreateEntry($Name).Open())
                    $writer.Write(($text -replace $Pattern))
                    $writer.Dispose()
                }
            } finally {
                $zip.Dispose()
            }

            (Get-FileHash -LiteralPath $tree.File).Hash | Set-Content -LiteralPath "$($tree.File).tested"
        }

        if ($tree) {
            $null = New-Item $served -ItemType Directory
            Register-PSResourceRepository -Name $repository -Uri $served -Trusted
            Copy-Item -LiteralPath $tree.File -Destination "$TestDrive/kept.nupkg"
            $commit = git -C $tree.Folder rev-parse HEAD
            $hash = (Get-FileHash -LiteralPath $tree.File).Hash
        }
    }

    AfterAll {
        if ($tree) {
            Unregister-PSResourceRepository $repository
        }
    }

    BeforeEach {
        if ($tree) {
            # As it can be published.
            git -C $tree.Folder update-index --no-assume-unchanged CHANGELOG.md
            git -C $tree.Folder reset --quiet --hard $commit
            git -C $tree.Folder clean --quiet --force -d
            Copy-Item -LiteralPath "$TestDrive/kept.nupkg" -Destination $tree.File
            $hash | Set-Content -LiteralPath "$($tree.File).tested"
            $env:OSSPAYMENT_GALLERY_KEY = $key
            Get-ChildItem -LiteralPath $served | Remove-Item
        }
    }

    It 'sends only the tested package' {
        Skip-WithTestedPackage
        Skip-WithoutPackage
        Skip-WithoutHelp
        $output = Invoke-Build $tree.Folder "Publish -Repository $repository"
        $output | Should -Not -MatchExactly 'ERROR:'
        $output | Should -Not -Match $key
        (Get-ChildItem -LiteralPath $served).Name | Should -Be "OssPayment.$version.nupkg"
        (Get-FileHash "$served/OssPayment.$version.nupkg").Hash | Should -Be $hash
    }

    It 'shows every step with -WhatIf, and sends nothing' {
        Skip-WithTestedPackage
        Skip-WithoutPackage
        Skip-WithoutHelp
        $output = Invoke-Build $tree.Folder "Publish -Repository $repository -WhatIf"
        $notes = (& "$($tree.Folder)/tools/Get-ChangelogEntry.ps1" $version).Notes -split '\n'
        foreach ($part in "OssPayment.$version.nupkg", $hash, $commit, $address, 'bin/OssPayment.dll', $notes[-1],
            'What if', "Publish to $repository") {
            $output | Should -Match ([regex]::Escape($part))
        }

        $output | Should -Not -Match $key
        Get-ChildItem -LiteralPath $served | Should -BeNullOrEmpty
    }

    It 'refuses a package <What>' -ForEach $obstacles {
        Skip-WithTestedPackage
        Skip-WithoutPackage
        Skip-WithoutHelp
        & $Break
        $output = Invoke-Build $tree.Folder "Publish -Repository $repository"
        $reasons = @(($output -split 'ERROR: This package must not be published:')[1] -split '\r?\n- ' |
                Select-Object -Skip 1)
        $reasons.Count | Should -Be 1 -Because $output
        $reasons[0].Trim() | Should -BeLike $Reason
        Get-ChildItem -LiteralPath $served | Should -BeNullOrEmpty
    }

    It 'counts a package as tested only after all tests have passed' {
        Skip-WithTestedPackage
        Skip-WithoutPackage
        $tested = "$($tree.File).tested"
        $env:STUB_FAILS = 'yes'
        try {
            Invoke-Build $tree.Folder TestPackage | Should -Match 'ERROR: dotnet test failed'
        } finally {
            $env:STUB_FAILS = $null
        }

        Test-Path -LiteralPath $tested | Should -BeFalse

        $env:OSSPAYMENT_PESTER_FILE, $filter = 'Some*', $env:OSSPAYMENT_PESTER_FILE
        try {
            Invoke-Build $tree.Folder TestPackage | Should -Match 'is not marked as tested'
        } finally {
            $env:OSSPAYMENT_PESTER_FILE = $filter
        }

        Test-Path -LiteralPath $tested | Should -BeFalse

        $env:OSSPAYMENT_PESTER_FILE = $null
        try {
            Invoke-Build $tree.Folder TestPackage | Should -Not -MatchExactly 'ERROR:'
        } finally {
            $env:OSSPAYMENT_PESTER_FILE = $filter
        }

        Get-Content -LiteralPath $tested | Should -Be $hash
    }
}
