# Runs what the README says, as it stands there.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Shell.psm1') -Force
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $readme = (Get-Content (Join-Path $root 'README.md') -Raw) -replace '\r'

    function Get-Session {
        <# The code of the first session, and what it prints. #>
        if ($readme -notmatch '(?ms)^## A first session\n.*?^```powershell\n(?<code>.*?)^```\n\n```Output\n(?<output>.*?)^```\n') {
            throw 'The README has no first session.'
        }

        $Matches
    }

    function Get-Essence([string] $Text) {
        # Colours, blank lines, trailing blanks and request ids are not what is compared.
        $Text -replace '\x1B\[[?0-9;]*[a-zA-Z]' -replace '\b[0-9A-F]{24}\b', 'id' -split '\r?\n' |
            ForEach-Object TrimEnd | Where-Object { $_ }
    }
}

Describe 'The first session of the README' {
    It 'works pasted into a fresh shell, and prints what it shows' {
        $session = Get-Session

        # What is tested is built already, in the configuration of this run.
        $code = $session.code -replace '(?m)^dotnet build .*\n'
        $code | Should -Not -Be $session.code -Because 'it begins with the build'
        Push-Location -LiteralPath $root
        try {
            # Read line by line, as a prompt reads what is pasted.
            $printed = $code | Invoke-Shell -NoProfile -NonInteractive -Command - 2>&1 | Out-String -Width 300
        } finally {
            Pop-Location
        }

        Get-Essence $printed | Should -Be (Get-Essence $session.output)
    }

    It 'shows a check that fails for a bucket that is missing, negated or not' {
        $readme | Should -Match '(?m)^\(Get-OssBucketRequestPayment \$bucket -ErrorAction Stop\)\.Payer \| Should '
    }
}
