# Compares the module with Contract.txt, so that scripts never break by accident.

BeforeAll {
    $built = @(& (Join-Path $PSScriptRoot '../Contract.ps1'))
    $written = @(Get-Content (Join-Path $PSScriptRoot '../Contract.txt') -Encoding UTF8 | Where-Object { $_ -and -not $_.StartsWith('#') })
}

Describe 'The public contract' {
    It 'is kept by every <_>' -ForEach 'module', 'cmdlet', 'type', 'error' {
        $kind = $_
        $ours = [System.Collections.Generic.HashSet[string]]@($built | Where-Object { $_ -cmatch "^$kind\b" })
        $theirs = [System.Collections.Generic.HashSet[string]]@($written | Where-Object { $_ -cmatch "^$kind\b" })
        $ours.Count | Should -BeGreaterThan 0

        $difference = @(
            $theirs | Where-Object { -not $ours.Contains($_) } | ForEach-Object { "- $_" }
            $ours | Where-Object { -not $theirs.Contains($_) } | ForEach-Object { "+ $_" }
        )
        if ($difference) {
            throw (@(
                    'What is built differs from Contract.txt (- written there, + built):'
                    $difference
                    'If that is meant: pwsh -NoProfile -File tests/Cmdlets/Contract.ps1 -Update'
                ) -join "`n")
        }
    }

    # Contract.txt is easily updated; these promises stay.
    It 'has an error in every error case, with an id in both parts' {
        $built | Where-Object { $_ -clike 'error *: there is no error' } | Should -BeNullOrEmpty
        $ids = $built | Where-Object { $_ -clike 'error *: id *' }
        $ids | Should -MatchExactly ': id [A-Za-z]+,OssPayment\.Commands\.[A-Za-z]+Command$'

        # Each of our own.
        $first = $ids -creplace '^.*: id ' -creplace ',.*' | Sort-Object -Unique
        [Enum]::GetNames([OssPayment.OssRequestError]) | Where-Object { $_ -cnotin $first } | Should -BeNullOrEmpty
    }

    It 'has targets that can be piped back, and result in the same error' {
        $back = @($built | Where-Object { $_ -cmatch ': piped back: ' })
        $back.Count | Should -Be @($built | Where-Object { $_ -cmatch '^error .*: target OssPayment\.' }).Count
        $back | Should -BeLikeExactly '*: piped back: the same again'
    }
}
