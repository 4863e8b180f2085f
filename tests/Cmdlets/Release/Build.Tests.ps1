# Runs in full: it is about a release.

# The tasks of build.ps1 and their callers, the help of the scripts, and the paths in the assembly.

BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $scripts = @(
        foreach ($path in Get-Item (Join-Path $root '*.ps1'), (Join-Path $root 'tools/*.ps1')) {
            @{ Name = $path.Name; Path = $path.FullName }
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Shell.psm1') -Force
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $module = & (Join-Path $PSScriptRoot '../TestedModule.ps1')
}

Describe 'The gate and the workflows' {
    It 'call tasks that build.ps1 has' {
        $tasks = (Get-Command (Join-Path $root 'build.ps1')).Parameters['Task'].Attributes.ValidValues
        $paths = @(Get-ChildItem (Join-Path $root '.github/workflows') -Filter *.yml) +
            (Get-Item (Join-Path $root '.ci/run'))
        $called = @($paths | Select-String -Pattern 'build\.ps1 ([A-Z]\w+)' -CaseSensitive |
                ForEach-Object { $_.Matches[0].Groups[1].Value })
        $called.Count | Should -BeGreaterThan 8
        $called | Should -BeIn $tasks
    }
}

Describe 'The script <Name>' -ForEach $scripts {
    It 'has a synopsis for Get-Help' {
        # A #Requires right before the help would be taken for a part of it.
        (Get-Help $Path).Synopsis | Should -Not -Match ([regex]::Escape($Name))
    }
}

Describe 'The default rules of PSScriptAnalyzer' {
    It 'find nothing in tools' {
        if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
            Set-ItResult -Skipped -Because 'the module PSScriptAnalyzer is not installed'
        }

        Invoke-ScriptAnalyzer -Path (Join-Path $root tools) -Recurse | ForEach-Object { "$($_.ScriptName):$($_.Line): $($_.Message)" } |
            Should -BeNullOrEmpty
    }
}

Describe 'A stack trace of the module' {
    It 'names the files of the repository, and not the folders of the build machine' {
        $text = "Import-Module '$module'; " +
            "Get-OssBucketRequestPayment UPPER -Region cn-hangzhou -ErrorAction SilentlyContinue; `$Error[0].Exception.StackTrace"
        $env:OSS_ACCESS_KEY_ID = $env:OSS_ACCESS_KEY_SECRET = 'any'
        try {
            $trace = Invoke-Shell -NoProfile -NonInteractive -Command $text | Out-String
        } finally {
            $env:OSS_ACCESS_KEY_ID = $env:OSS_ACCESS_KEY_SECRET = $null
        }

        $trace | Should -Match ' in src/Operations/BucketName\.cs:line \d+'
        $trace | Should -Not -Match ([regex]::Escape($root))
    }
}
