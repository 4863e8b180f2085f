# Runs in full: it starts a browser.
# The report of the audit, with hundreds of rows, in a real browser: light and dark, on a phone, and printed.

BeforeAll {
    $suite = Split-Path $PSScriptRoot
    foreach ($name in 'Shell', 'SharedShell', 'Emulator', 'Example', 'Browser') {
        Import-Module (Join-Path $suite "$name.psm1") -Force
    }

    $browser = Find-Browser
    function Skip-WithoutBrowser {
        Skip-Unless ([bool]$browser) 'no Chromium, Chrome or Edge is installed'
    }

    if ($browser) {
        Start-Emulator | Out-Null
        $null = Install-TestedModule "$TestDrive/modules"

        # 25 buckets with names of any length, and ten requesters at each. Every seventh is not in the file.
        $names = @(1..25 | ForEach-Object { 'team-{0:d2}-' -f $_ + 'x' * (2 * $_) })
        foreach ($name in $names) {
            Set-Bucket $name Requester
        }
        $rows = foreach ($name in $names) {
            foreach ($number in 1..10) {
                [pscustomobject]@{ Bucket = $name; Requester = "1234567890123$($number)00"; TotalUploadBandwidth = 10 * $number; ExtranetUploadBandwidth = 5; TotalQps = 10000 }
            }
        }
        $rows | Set-OssRequesterQoSInfo
        $number = 0
        $rows | Where-Object { $script:number++; $script:number % 7 } | Export-Csv "$TestDrive/limits.csv" -NoTypeInformation
        $null = Invoke-Example Invoke-OssAudit.ps1 '-OutputPath', "$TestDrive/report", '-LimitsPath', "$TestDrive/limits.csv"
        Start-Browser $browser "$TestDrive/profile" (Convert-Path "$TestDrive/report/oss-audit.html")

        # The contrast of what is seen, as WCAG defines it. Opacity mixes the color with the background.
        $null = Get-PageValue @'
            globalThis.contrast = function (selector) {
                const element = document.querySelector(selector);
                const numbers = text => text.match(/[\d.]+/g).slice(0, 3).map(Number);
                const back = numbers(getComputedStyle(document.querySelector('thead th')).backgroundColor);
                const opacity = Number(getComputedStyle(element).opacity);
                const front = numbers(getComputedStyle(element).color).map((c, i) => c * opacity + back[i] * (1 - opacity));
                const light = color => color.map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
                    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
                const both = [light(front), light(back)].sort((a, b) => b - a);
                return (both[0] + .05) / (both[1] + .05);
            }; 1
'@
    }
}

AfterAll {
    if ($browser) {
        Stop-Browser
        Uninstall-TestedModule
        Stop-Emulator
    }
}

Describe 'The report in a browser' {
    It 'fits a window of <Width> pixels, <Scheme>, and every text can be read' -ForEach @(
        @{ Width = 1280; Scheme = 'light' }, @{ Width = 1280; Scheme = 'dark' }, @{ Width = 390; Scheme = 'light' }, @{ Width = 390; Scheme = 'dark' }
    ) {
        Skip-WithoutBrowser
        Set-Page -Width $Width -Scheme $Scheme
        Get-PageValue 'document.querySelectorAll(".limits tbody tr").length' | Should -BeGreaterThan 250
        Get-PageValue 'document.documentElement.scrollWidth' | Should -BeLessOrEqual $Width
        $background = Get-PageValue 'getComputedStyle(document.querySelector("thead th")).backgroundColor'
        if ($Scheme -eq 'light') { $background | Should -Be 'rgb(255, 255, 255)' } else { $background | Should -Not -Be 'rgb(255, 255, 255)' }
        foreach ($selector in 'h1', '.limits tbody th', '.limits tr.AsDesired td:last-child', '.limits tr:not(.AsDesired) td:last-child', '.limits small') {
            Get-PageValue "contrast('$selector')" | Should -BeGreaterOrEqual 4.5 -Because $selector
        }
    }

    It 'has no cell that is cut off or overlaps the next one, in a wide window' {
        Skip-WithoutBrowser
        Set-Page
        Get-PageValue '[...document.querySelectorAll(".rows th, .rows td")].filter(cell => cell.scrollWidth > cell.clientWidth + 1).length' |
            Should -Be 0
    }

    It 'keeps the headings in view while the rows scroll' {
        Skip-WithoutBrowser
        Set-Page
        Get-PageValue 'document.querySelectorAll(".limits tbody tr")[150].scrollIntoView({ block: "center" }), Math.round(document.querySelector(".limits thead th").getBoundingClientRect().top)' |
            Should -Be 0

        # Nothing of the rows is seen through the headings, whatever row is below them.
        $through = Get-PageValue @'
            (() => {
                const head = document.querySelector('.limits thead');
                let through = 0;
                for (let offset = 0; offset < 60; offset += 10) {
                    scrollBy(0, 10);
                    const box = head.querySelector('th').getBoundingClientRect();
                    for (let x = 20; x < 1240; x += 20) {
                        for (let y = 2; y < box.bottom - 2; y += 12) {
                            through += head.contains(document.elementFromPoint(x, y)) ? 0 : 1;
                        }
                    }
                }
                return through;
            })()
'@
        $through | Should -Be 0
    }

    It 'shows on a phone a block for each row, with the headings before the values' {
        Skip-WithoutBrowser
        Set-Page -Width 390
        Get-PageValue 'getComputedStyle(document.querySelector(".limits thead")).display' | Should -Be none
        Get-PageValue 'getComputedStyle(document.querySelector(".limits tbody tr")).display' | Should -Be block
        Get-PageValue 'getComputedStyle(document.querySelector(".limits tbody td"), "::before").content' | Should -Match 'data-label|Requester'
    }

    It 'draws bars whose lengths are the numbers' {
        Skip-WithoutBrowser
        Set-Page
        $widths = Get-PageValue '[...[...document.querySelectorAll(".regions tbody tr")].find(row => row.innerText.startsWith("cn-hangzhou")).querySelectorAll("i")].map(bar => Math.round(bar.getBoundingClientRect().width))'
        # Four owners and 25 requesters.
        $widths[0] | Should -BeGreaterThan 10
        $widths[1] / $widths[0] | Should -BeGreaterThan 5.5
        $widths[1] / $widths[0] | Should -BeLessThan 7
    }

    It 'prints light, with the headings on each page and no row that is split' {
        Skip-WithoutBrowser
        Set-Page -Scheme dark -Medium print
        Get-PageValue 'getComputedStyle(document.querySelector("h1")).color' | Should -Be 'rgb(0, 0, 0)'
        Get-PageValue 'getComputedStyle(document.querySelector(".limits thead")).display' | Should -Be 'table-header-group'
        Get-PageValue 'getComputedStyle(document.querySelector(".limits tbody tr")).breakInside' | Should -Be avoid
        Get-PageValue 'getComputedStyle(document.querySelector(".owner")).printColorAdjust' | Should -Be exact
        $bytes = [Convert]::FromBase64String((Invoke-Browser Page.printToPDF).data)
        $pages = [regex]::Matches([System.Text.Encoding]::ASCII.GetString($bytes), '/Type\s*/Page\b').Count
        $pages | Should -BeGreaterThan 3
        $pages | Should -BeLessThan 40
    }
}
