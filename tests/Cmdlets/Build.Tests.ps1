# build.ps1, run as a developer runs it, in a copy of what it needs.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Shell.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Emulator.psm1') -Force
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
}

Describe 'build.ps1' {
    It 'packages in a folder whose name has brackets' {
        Skip-Unless ([bool](Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) (
            'Microsoft.PowerShell.PlatyPS 1.0.0 or later is not installed, and comes as no NuGet package')
        $copy = Join-Path $TestDrive 'a [copy]'
        $null = [System.IO.Directory]::CreateDirectory($copy)
        foreach ($item in 'build.ps1', 'OssPayment.psd1', 'OssPayment.Format.ps1xml', 'LICENSE', 'README.md', '.editorconfig',
            'global.json', 'Directory.Build.props', 'Directory.Packages.props', 'docs', 'src') {
            Copy-Item -LiteralPath (Join-Path $root $item) -Destination $copy -Recurse
        }

        Invoke-Shell -NoProfile -NonInteractive -File (Join-Path $copy build.ps1) Package *> (Join-Path $TestDrive 'build.txt')
        $LASTEXITCODE | Should -Be 0 -Because (Get-Content (Join-Path $TestDrive 'build.txt') -Raw)

        $version = (Import-PowerShellDataFile (Join-Path $root 'OssPayment.psd1')).ModuleVersion
        $package = "$copy/artifacts/OssPayment/$version"
        foreach ($file in 'OssPayment.psd1', 'OssPayment.Format.ps1xml', 'LICENSE', 'bin/OssPayment.dll',
            'en-US/OssPayment.dll-Help.xml', 'en-US/about_OssPayment.help.txt') {
            Test-Path -LiteralPath "$package/$file" | Should -BeTrue -Because $file
        }
    }
}

Describe 'A stack trace of the module' {
    It 'names the files of the repository, and not the folders of whoever built it' {
        $text = "Import-Module '$(Join-Path $root 'OssPayment.psd1')'; " +
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
