# Runs in full: it is about a release.

# The workflows of the repository: the steps of a release and their order.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Shell.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot '../Yaml.psm1') -Force

    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $version = (Import-PowerShellDataFile (Join-Path $root 'OssPayment.psd1')).ModuleVersion
    $ci = Read-Yaml (Join-Path $root '.github/workflows/ci.yml')
    $release = Read-Yaml (Join-Path $root '.github/workflows/release.yml')

    function Get-StepIndex($Job, [string] $Pattern) {
        # Of the one step that is named so, runs or uses it.
        $steps = @($Job['steps'])
        $found = @(0..($steps.Count - 1) | Where-Object {
                $step = $steps[$_]
                "$($step['name']) $($step['run']) $($step['uses'])" -like $Pattern
            })
        $found.Count | Should -Be 1 -Because $Pattern
        $found[0]
    }

    function Invoke-Step($Job, [string] $Name, [string] $Folder, [string] $Before) {
        # As a runner does, with $Before for the commands and variables of a runner.
        $step = @($Job['steps'] | Where-Object { $_['name'] -eq $Name })[0]
        "`$ErrorActionPreference = 'stop'", $Before, $step['run'] | Set-Content "$TestDrive/step.ps1"
        Push-Location -LiteralPath $Folder
        try {
            $output = Invoke-Shell -NoProfile -NonInteractive -Command ". '$TestDrive/step.ps1'" 2>&1 | Out-String -Width 300
            @{ ExitCode = $LASTEXITCODE; Output = $output }
        } finally {
            Pop-Location
        }
    }
}

Describe 'The workflow CI' {
    It 'tests the tree and the package on Windows, Linux and macOS, and in Windows PowerShell 5.1' {
        Skip-WithoutYaml
        $job = $ci['jobs']['test']
        $matrix = $job['strategy']['matrix']
        $systems = @(foreach ($shell in $matrix['powershell']) { foreach ($os in $matrix['os']) { "$os $shell" } }) +
            @($matrix['include'] | ForEach-Object { "$($_['os']) $($_['powershell'])" })
        $systems | Sort-Object | Should -Be @(
            'macos-latest pwsh', 'ubuntu-latest pwsh', 'windows-latest powershell', 'windows-latest pwsh')
        $job['env']['OSSPAYMENT_PWSH'] | Should -Be '${{ matrix.powershell }}'

        $null = Get-StepIndex $job '*build.ps1 Test *'
        $test = Get-StepIndex $job '*build.ps1 TestPackage*'
        $test | Should -BeGreaterThan (Get-StepIndex $job '*download-artifact*')
        $job['needs'] | Should -Be 'package'
    }
}

Describe 'The workflow Release' {
    It 'starts only for the tag of a version' {
        Skip-WithoutYaml
        $release['on'].Keys | Should -Be 'push'
        $release['on']['push'].Keys | Should -Be 'tags'
        $release['on']['push']['tags'] | Should -Be 'v*'
    }

    It 'ends immediately if the tag is not the version of the manifest' {
        Skip-WithoutYaml
        foreach ($case in @{ Tag = "v$version"; Ends = 0 }, @{ Tag = 'v99.0.0'; Ends = 1 }) {
            $tag = "`$env:GITHUB_REF_NAME = '$($case.Tag)'"
            $run = Invoke-Step $release['jobs']['version'] Compare $root $tag
            $run.ExitCode | Should -Be $case.Ends -Because $run.Output
        }
    }

    It 'publishes only after CI has tested the package on every system' {
        Skip-WithoutYaml
        $jobs = $release['jobs']
        $jobs['ci']['uses'] | Should -Be './.github/workflows/ci.yml'
        $jobs['ci']['needs'] | Should -Be 'version'
        $jobs['publish']['needs'] | Should -Be 'ci'

        $uploaded = @($ci['jobs'].Values | ForEach-Object { $_['steps'] } |
                Where-Object { "$($_['uses'])" -like '*upload-artifact*' } | ForEach-Object { $_['with']['name'] })
        $taken = @($jobs['publish']['steps'] |
                Where-Object { "$($_['uses'])" -like '*download-artifact*' } | ForEach-Object { $_['with']['name'] })
        $taken | Sort-Object | Should -Be 'package', 'tested'
        $taken | Should -BeIn $uploaded
    }

    It 'attests first, then publishes, then makes the release' {
        Skip-WithoutYaml
        $job = $release['jobs']['publish']
        $order = foreach ($pattern in 'Attest how *', 'Attest the contents *', '*build.ps1 Publish*', '*gh release create*') {
            Get-StepIndex $job $pattern
        }
        $order | Should -Be ($order | Sort-Object)
    }

    It 'passes the gallery key only to the publishing step, and write permission only to its job' {
        Skip-WithoutYaml
        $job = $release['jobs']['publish']
        $publish = Get-StepIndex $job '*build.ps1 Publish*'
        $keys = @(0..($job['steps'].Count - 1) | Where-Object { "$($job['steps'][$_]['env'].Values)" -match 'secrets\.' })
        $keys | Should -Be $publish
        $release['permissions'].Values | Should -Be 'read'
        foreach ($name in 'version', 'ci') {
            $release['jobs'][$name].ContainsKey('permissions') | Should -BeFalse
        }
    }

    It 'makes the release with the files, and with the notes from the changelog' {
        Skip-WithoutYaml
        $folder = "$TestDrive/release"
        $null = New-Item "$folder/artifacts" -ItemType Directory
        Copy-Item -LiteralPath (Join-Path $root 'tools') -Destination $folder -Recurse
        Copy-Item -LiteralPath (Join-Path $root 'CHANGELOG.md') -Destination $folder
        $files = foreach ($end in 'nupkg', 'nupkg.tested', 'sha256', 'spdx.json') {
            (New-Item "$folder/artifacts/OssPayment.$version.$end").Name
        }

        # A replacement of gh, which prints its arguments.
        $before = "`$env:GITHUB_REF_NAME = 'v$version'; function gh { `$args.ForEach{ `$_ } -join ' '; `$global:LASTEXITCODE = 0 }"
        $run = Invoke-Step $release['jobs']['publish'] 'Release on GitHub' $folder $before
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match "release create v$([regex]::Escape($version)) .*--verify-tag"
        foreach ($file in $files) {
            $run.Output -match ([regex]::Escape($file) + '(?!\.tested)\b') | Should -Be ($file -notlike '*.tested') -Because $file
        }

        $run.Output | Should -Match '--notes-file artifacts/notes\.md'
        $notes = (& (Join-Path $root 'tools/Get-ChangelogEntry.ps1') $version).Notes
        (Get-Content "$folder/artifacts/notes.md" -Raw).Trim() -replace '\r' | Should -Be $notes
    }
}

Describe 'The actions of all workflows, also of those to copy' {
    BeforeAll {
        $uses = @(Get-ChildItem (Join-Path $root '.github/workflows'), (Join-Path $root 'docs/examples') -Filter *.yml |
                Select-String '^\s*-?\s*uses:\s*(?<action>.*)$' | ForEach-Object { $_.Matches[0].Groups['action'].Value })
        $remote = @($uses | Where-Object { $_ -notlike './*' })
    }

    It 'are pinned to a full commit ID, with the version beside it' {
        $remote.Count | Should -BeGreaterThan 10
        $remote | Should -Match '\A[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\z'
    }

    It 'have one commit each, so that those to copy are as current as ours' {
        $commits = @($remote | Sort-Object -Unique)
        @($commits -replace '@.*' | Sort-Object -Unique).Count | Should -Be $commits.Count
    }

    It 'are kept current' {
        Skip-WithoutYaml
        $dependabot = Read-Yaml (Join-Path $root '.github/dependabot.yml')
        $dependabot['version'] | Should -Be 2
        $update = @($dependabot['updates'] | Where-Object { $_['package-ecosystem'] -eq 'github-actions' })
        $update.Count | Should -Be 1
        $update[0]['directory'] | Should -Be '/'
        $update[0]['schedule']['interval'] | Should -Be 'weekly'
    }
}
