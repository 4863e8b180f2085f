# Runs in full: it is about a release.

# The report at the end of the gate.

BeforeAll {
    $script = Join-Path $PSScriptRoot '../../../tools/Show-TestResult.ps1'

    function New-Result($Name, $Outcome, $Duration, $StdOut, $Message) {
        $output = if ($StdOut -or $Message) {
            "<Output><StdOut>$StdOut</StdOut><ErrorInfo><Message>$Message</Message></ErrorInfo></Output>"
        }
        "<UnitTestResult testName=`"$Name`" outcome=`"$Outcome`" duration=`"$Duration`">$output</UnitTestResult>"
    }

    function Set-ResultFile($Name, [string[]] $Result) {
        $text = "<TestRun xmlns=`"http://microsoft.com/schemas/VisualStudio/TeamTest/2010`"><Results>$Result</Results></TestRun>"
        Set-Content -LiteralPath (Join-Path $TestDrive $Name) $text -Encoding UTF8
    }
}

Describe 'Show-TestResult.ps1' {
    BeforeEach {
        Get-ChildItem $TestDrive | Remove-Item
    }

    It 'shows fault, soak and fuzz counts, skipped tests with reasons, failures, the slowest tests and totals' {
        Set-ResultFile a.trx @(
            New-Result 'A.quick' Passed 00:00:00.0120000
            New-Result 'A.slow' Passed 00:01:02.5000000
            New-Result 'A.fails &lt;here&gt;' Failed 00:00:02 '' "first line`nsecond line"
            New-Result 'A.skipped' NotExecuted 00:00:00 '' 'there is no moon'
        )
        Set-ResultFile b.trx @(
            New-Result 'B.Tests.ps1: b' Passed 00:00:00.001 "Took 7.3 s.`nB.Tests.ps1: 1 passed`nSoak: 5 requests"
            New-Result 'B.Tests.ps1: c' Passed 00:00:00.001 'Soak: nothing to count'
        )

        & $script $TestDrive | Should -Be @(
            'Soak: 5 requests'
            'Skipped: A.skipped: there is no moon'
            'Failed: A.fails <here>: first line'
            'The ten slowest tests:'
            '  62.5 s  A.slow'
            '   7.3 s  B.Tests.ps1: b'
            '   2.0 s  A.fails <here>'
            '   0.0 s  A.quick'
            '   0.0 s  B.Tests.ps1: c'
            '   0.0 s  A.skipped'
            '4 passed, 1 failed, 1 skipped'
        )
    }

    It 'lists at most ten slow tests' {
        Set-ResultFile a.trx @(1..12 | ForEach-Object { New-Result "A.$_" Passed "00:00:$('{0:00}' -f $_)" })
        $shown = & $script $TestDrive
        $shown | Should -HaveCount 12
        $shown[1] | Should -Be '  12.0 s  A.12'
        $shown[10] | Should -Be '   3.0 s  A.3'
    }

    It 'fails if no test ran' {
        & $script $TestDrive | Select-Object -Last 2 | Should -Be '0 passed, 0 failed, 0 skipped', 'No test was run.'
        $LASTEXITCODE | Should -Be 1
    }
}
