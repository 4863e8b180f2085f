# build.ps1's tasks, where they are called, and what a build leaves in the assembly.

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

Describe 'A stack trace of the module' {
    It 'names the files of the repository, and not the folders of whoever built it' {
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
