# Runs the code of the README unchanged.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../Readme.psm1') -Force
    $readme = Get-Content (Join-Path $PSScriptRoot '../../../README.md') -Raw
}

Describe 'The first session of the README' {
    It 'works pasted into a new shell, and prints the output that it shows' {
        $session = Get-ReadmeSession
        Invoke-ReadmeSession $session.Code | Should -Be $session.Output
    }

    It 'shows a check that fails for a bucket that is missing, negated or not' {
        $readme | Should -Match '(?m)^\(Get-OssBucketRequestPayment \$bucket -ErrorAction Stop\)\.Payer \| Should '
    }
}
