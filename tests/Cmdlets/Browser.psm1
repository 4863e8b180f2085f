# A page in a real browser, over the DevTools protocol. Chromium, Chrome or Edge, if one of them is installed.

Set-StrictMode -Version 2.0

$process = $null
$socket = $null
$lastId = 0

function Find-Browser {
    <#
    .SYNOPSIS
        The path of an installed browser, or nothing. OSSPAYMENT_BROWSER names another one.
    #>
    $names = 'chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'
    $places = @(
        $env:OSSPAYMENT_BROWSER
        Get-Command $names -CommandType Application -ErrorAction Ignore | ForEach-Object Source
        if ($env:ProgramFiles) {
            "$env:ProgramFiles/Google/Chrome/Application/chrome.exe"
            "${env:ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe"
        }
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    )
    $places | Where-Object { $_ -and (Test-Path -LiteralPath $_) } | Select-Object -First 1
}

function Start-Browser {
    <#
    .SYNOPSIS
        Starts a browser without a window, with an empty profile in a folder, and opens a page.
    #>
    param([Parameter(Mandatory)][string] $Path, [Parameter(Mandatory)][string] $Folder, [Parameter(Mandatory)][string] $Page)

    $start = [System.Diagnostics.ProcessStartInfo]::new($Path, (
            '--headless --disable-gpu --no-sandbox --no-first-run --disable-background-networking --disable-extensions ' +
            "--remote-debugging-port=0 `"--user-data-dir=$Folder`" about:blank"))
    $start.RedirectStandardError = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $script:process = [System.Diagnostics.Process]::Start($start)

    # The first lines of the standard error have the address.
    $address = $null
    while ($null -ne ($line = $script:process.StandardError.ReadLine())) {
        if ($line -match 'DevTools listening on ws://(?<host>[^/]+)/') {
            $address = $Matches['host']
            break
        }
    }
    if (-not $address) {
        throw 'The browser has ended.'
    }

    $null = $script:process.StandardError.BaseStream.CopyToAsync([System.IO.Stream]::Null)
    $null = $script:process.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)
    $tab = Invoke-RestMethod "http://$address/json/list" -UseBasicParsing | ForEach-Object { $_ } |
        Where-Object type -EQ page | Select-Object -First 1
    $script:socket = [System.Net.WebSockets.ClientWebSocket]::new()
    $script:socket.Options.Proxy = $null
    $script:socket.ConnectAsync($tab.webSocketDebuggerUrl, [System.Threading.CancellationToken]::None).Wait(60000) | Out-Null
    $null = Invoke-Browser Page.enable
    $null = Invoke-Browser Page.navigate @{ url = [uri]::new($Page, [System.UriKind]::Absolute).AbsoluteUri }
    $deadline = [DateTime]::UtcNow.AddSeconds(60)
    while ((Get-PageValue 'location.href.startsWith("file:") && document.readyState') -ne 'complete') {
        if ([DateTime]::UtcNow -gt $deadline) {
            throw 'The page was not loaded within 60 seconds.'
        }
        Start-Sleep -Milliseconds 50
    }
}

function Invoke-Browser {
    <#
    .SYNOPSIS
        Sends a command of the DevTools protocol, and returns its result.
    #>
    param([Parameter(Mandatory)][string] $Method, [hashtable] $Parameter = @{})

    $script:lastId++
    $text = ConvertTo-Json @{ id = $script:lastId; method = $Method; params = $Parameter } -Depth 10 -Compress
    $none = [System.Threading.CancellationToken]::None
    $bytes = [System.ArraySegment[byte]]::new([System.Text.Encoding]::UTF8.GetBytes($text))
    $script:socket.SendAsync($bytes, 'Text', $true, $none).Wait(60000) | Out-Null
    $buffer = [byte[]]::new(65536)
    while ($true) {
        $message = [System.IO.MemoryStream]::new()
        do {
            $receiving = $script:socket.ReceiveAsync([System.ArraySegment[byte]]::new($buffer), $none)
            if (-not $receiving.Wait(60000)) {
                throw "The browser did not respond to $Method within 60 seconds."
            }
            $message.Write($buffer, 0, $receiving.Result.Count)
        } until ($receiving.Result.EndOfMessage)

        $response = [System.Text.Encoding]::UTF8.GetString($message.ToArray()) | ConvertFrom-Json
        if ($response.PSObject.Properties['id'] -and $response.id -eq $script:lastId) {
            if ($response.PSObject.Properties['error']) {
                throw "$Method`: $($response.error.message)"
            }
            return $response.result
        }
    }
}

function Get-PageValue {
    <#
    .SYNOPSIS
        The value of a JavaScript expression in the page.
    #>
    param([Parameter(Mandatory)][string] $Expression)

    $result = Invoke-Browser Runtime.evaluate @{ expression = $Expression; returnByValue = $true }
    if ($result.PSObject.Properties['exceptionDetails']) {
        throw "$Expression`: $($result.exceptionDetails.text)"
    }
    if ($result.result.PSObject.Properties['value']) {
        $result.result.value
    }
}

function Set-Page {
    <#
    .SYNOPSIS
        Sets the width of the window in CSS pixels, the color scheme, and the medium.
    #>
    param([int] $Width = 1280, [ValidateSet('light', 'dark')][string] $Scheme = 'light', [ValidateSet('screen', 'print')][string] $Medium = 'screen')

    $null = Invoke-Browser Emulation.setDeviceMetricsOverride @{ width = $Width; height = 800; deviceScaleFactor = 1; mobile = $Width -lt 600 }
    $null = Invoke-Browser Emulation.setEmulatedMedia @{
        media = $Medium
        features = @(@{ name = 'prefers-color-scheme'; value = $Scheme })
    }
}

function Stop-Browser {
    <#
    .SYNOPSIS
        Ends the browser, and what it has started.
    #>
    if ($script:socket) {
        $script:socket.Dispose()
    }
    if ($script:process -and -not $script:process.HasExited) {
        if ($PSVersionTable.PSEdition -eq 'Core') { $script:process.Kill($true) } else { $script:process.Kill() }
        $null = $script:process.WaitForExit(10000)
    }
}

Export-ModuleMember -Function Find-Browser, Start-Browser, Invoke-Browser, Get-PageValue, Set-Page, Stop-Browser
