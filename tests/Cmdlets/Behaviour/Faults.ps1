# The fault matrix: what goes wrong, and what the user must see. Emits one case per row and cmdlet, and a second one,
# which must succeed, where the fault passes and the request is to be sent again.
#
#   Name      what goes wrong; it names the test
#   Action    what the emulator plays (tests/Emulator/README.md). In its texts {right} stands for the answer that the
#             cmdlet hopes for, {elsewhere} for a host and port where nothing may arrive.
#   Expect    error id and category; none where the cmdlet must succeed
#   Transient the request is worth sending again
#   Once      it is asked once and never again, because it takes its time
#   For       what is different for one of the cmdlets: Get, Set or QoS
#   AgainSec  how long the next request may take on a connection that the fault has left behind
#   Unseen    .NET may send the request once more by itself, because the connection closed without a word
param([switch] $RowsOnly)

$invalid = 'InvalidResponse', 'InvalidData'
$failed = 'RequestFailed', 'ConnectionError'
$late = 'RequestTimedOut', 'OperationTimeout'
$large = 'ResponseTooLarge', 'LimitsExceeded'
$none = $null
$id = @{ 'x-oss-request-id' = '0123456789ABCDEF01234567' }
$html = '<html><head><title>Sign in</title></head><body>Sign in to the network</body></html>'
$escape = [char]0x1B

# Bodies: as an answer that says success, unless a status is given; the request id makes it look like OSS's.
function Body([string] $Text, [int] $Status = 200, [hashtable] $Headers = $id, [string] $Encoding = 'utf-8') {
    [ordered]@{ kind = 'replace'; status = $Status; headers = $Headers; text = $Text; encoding = $Encoding }
}

function Raw([string] $Text, [string] $Then = 'Close') {
    [ordered]@{ kind = 'raw'; text = $Text -replace "`r?`n", "`r`n"; then = $Then }
}

function OssError([string] $Fields, [int] $Status = 403) {
    Body "<Error>$Fields</Error>" $Status
}

# What an OSS error with that status means to a script.
$categories = @{
    400 = 'InvalidArgument'; 401 = 'AuthenticationError'; 403 = 'PermissionDenied'; 404 = 'ObjectNotFound'
    405 = 'InvalidArgument'; 407 = 'InvalidArgument'; 408 = 'OperationTimeout'; 409 = 'ResourceBusy'; 411 = 'InvalidArgument'
    429 = 'LimitsExceeded'; 500 = 'ResourceUnavailable'; 502 = 'ResourceUnavailable'; 503 = 'ResourceUnavailable'; 504 = 'ResourceUnavailable'
}

$rows = @(
    # The connection
    foreach ($how in 'Close', 'Reset') {
        @{
            Name = "$how before the headers"; Action = [ordered]@{ kind = 'cut'; where = 'BeforeHeaders'; how = $how }
            Expect = $failed; Transient = $true; Unseen = $how -eq 'Close'
        }
        @{ Name = "$how in the headers"; Action = [ordered]@{ kind = 'cut'; where = 'InHeaders'; how = $how }; Expect = $failed; Transient = $true }
        @{ Name = "$how in the body"; Action = [ordered]@{ kind = 'cut'; where = 'InBody'; how = $how }; Expect = $failed; Transient = $true }
        @{ Name = "$how of the idle connection"; Action = [ordered]@{ kind = 'cut'; where = 'AfterAnswer'; how = $how }; Expect = $none }
    }
    @{
        Name = 'Reset after it was done'; Action = [ordered]@{ kind = 'cut'; where = 'BeforeHeaders'; how = 'Reset' }; AfterApply = $true
        Expect = $failed; Transient = $true
    }

    # Time
    @{ Name = 'hang before the headers'; Action = [ordered]@{ kind = 'hang'; where = 'BeforeHeaders' }; Expect = $late; Transient = $true; TimeoutSec = 3 }
    @{ Name = 'hang in the headers'; Action = [ordered]@{ kind = 'hang'; where = 'InHeaders' }; Expect = $late; Once = $true; TimeoutSec = 1 }
    @{ Name = 'hang in the body'; Action = [ordered]@{ kind = 'hang'; where = 'InBody' }; Expect = $late; Transient = $true; TimeoutSec = 3 }
    @{ Name = 'hang after the answer'; Action = [ordered]@{ kind = 'hang'; where = 'AfterAnswer' }; Expect = $none; AgainSec = 2 }
    @{ Name = 'the body a byte a second'; Action = [ordered]@{ kind = 'drip'; milliseconds = 1000 }; Expect = $late; Once = $true; TimeoutSec = 3; For = @{ Set = @{ Expect = $none } } }
    @{ Name = 'all of it a byte a second'; Action = [ordered]@{ kind = 'drip'; milliseconds = 1000; fromHeaders = $true }; Expect = $late; Once = $true; TimeoutSec = 1 }
    @{ Name = 'the answer too late'; Action = [ordered]@{ kind = 'delay'; milliseconds = 30000 }; Expect = $late; Once = $true; TimeoutSec = 1 }
    @{ Name = 'nothing but 100 Continue'; Action = Raw ("HTTP/1.1 100 Continue`n`n" * 100) StayOpen; Expect = $late; Once = $true; TimeoutSec = 1 }

    # Lengths
    @{ Name = 'body longer than said'; Action = [ordered]@{ kind = 'overlongBody'; extraBytes = 100 }; Expect = $none }
    @{ Name = 'body much longer than said'; Action = [ordered]@{ kind = 'overlongBody'; extraBytes = 4MB }; Expect = $none }
    @{ Name = 'endless body in chunks'; Action = [ordered]@{ kind = 'endlessBody'; chunked = $true }; Expect = $large }
    @{ Name = 'endless body without a length'; Action = [ordered]@{ kind = 'endlessBody'; chunked = $false }; Expect = $large }
    @{ Name = 'length beyond the cap'; Action = Raw "HTTP/1.1 200 OK`nContent-Length: 1048577`n`n" StayOpen; Expect = $large }
    @{ Name = 'length of exabytes'; Action = Raw "HTTP/1.1 200 OK`nContent-Length: 9223372036854775807`n`n" StayOpen; Expect = $large }
    @{ Name = 'length of exabytes in an error'; Action = Raw "HTTP/1.1 403 Forbidden`nContent-Length: 9223372036854775807`n`n" StayOpen; Expect = $large }
    @{ Name = 'chunk of exabytes'; Action = Raw "HTTP/1.1 200 OK`nTransfer-Encoding: chunked`n`n7fffffffffffffff`n<x"; Expect = $failed; Transient = $true }
    @{ Name = 'chunk size that is none'; Action = Raw "HTTP/1.1 200 OK`nTransfer-Encoding: chunked`n`nhello`n"; Expect = $failed; Transient = $true }
    @{ Name = 'headers of 100 KB'; Action = Raw "HTTP/1.1 200 OK`nX-Long: $('x' * 100KB)`n`n"; Expect = $failed; Transient = $true }
    @{ Name = '20,000 headers'; Action = Raw "HTTP/1.1 200 OK`n$("X-Many: 1`n" * 20000)`n"; Expect = $failed; Transient = $true }
    @{ Name = 'error message of 900 KB'; Action = OssError "<Code>Odd</Code><Message>$('long ' * 180000)</Message>"; Expect = 'Odd', 'PermissionDenied' }
    @{ Name = 'error code of 10,000 characters'; Action = OssError "<Code>$('C' * 10000)</Code>"; Expect = 'CCC*', 'PermissionDenied' }

    # What is no HTTP, or hardly
    @{ Name = 'another protocol'; Action = Raw "SSH-2.0-OpenSSH_9.9`n"; Expect = $failed; Transient = $true }
    @{ Name = 'escapes for a status line'; Action = Raw "$escape]0;owned$escape[31m`n`n"; Expect = $failed; Transient = $true }
    @{ Name = 'a status that is none'; Action = Raw "HTTP/1.1 abc OK`n`n"; Expect = $failed; Transient = $true }
    @{ Name = 'status 999'; Action = Raw "HTTP/1.1 999 Odd`nContent-Length: 0`n`n"; Expect = $invalid; Transient = $true }
    @{ Name = 'escapes for a reason'; Action = Raw "HTTP/1.1 403 $escape[31mred`nContent-Length: 0`n`n"; Expect = $invalid }
    @{ Name = 'escapes for a header'; Action = Raw "HTTP/1.1 403 No`nContent-Length: 0`nx-oss-request-id: $escape[31mred$([char]0x9B)31m`nx-oss-ec: $escape[2J`n`n"; Expect = $invalid }

    # Answers that are not OSS's
    @{ Name = 'HTML 200 from a proxy'; Action = Body $html -Headers @{ 'Content-Type' = 'text/html' }; Expect = $invalid }
    @{ Name = 'HTML 200 with a request id'; Action = Body $html; Expect = $invalid }
    @{ Name = 'the right body without a request id'; Action = Body '{right}' -Headers @{}; Expect = $invalid }
    @{ Name = 'empty 200 without a request id'; Action = Body '' -Headers @{}; Expect = $invalid }
    @{ Name = 'empty 200 with a blank request id'; Action = Raw "HTTP/1.1 200 OK`nContent-Length: 0`nx-oss-request-id:  `n`n"; Expect = $invalid }
    @{ Name = 'empty 200 of OSS''s'; Action = Body ''; AfterApply = $true; Expect = $invalid; For = @{ Set = @{ Expect = $none } } }
    @{ Name = '204 without a request id'; Action = Body '' -Status 204 -Headers @{}; Expect = $invalid }
    @{ Name = '204 of OSS''s'; Action = Body '' 204; AfterApply = $true; Expect = $invalid }
    @{ Name = 'wrong content type'; Action = Body '{right}' -Headers ($id + @{ 'Content-Type' = 'image/png' }); AfterApply = $true; Expect = $none }
    @{ Name = 'no content type'; Action = Body '{right}'; AfterApply = $true; Expect = $none }
    @{ Name = 'gzip that nobody asked for'; Action = [ordered]@{ kind = 'replace'; headers = $id; text = '{right}'; gzip = $true }; Expect = $invalid }
    @{ Name = 'gzip without saying so'; Action = [ordered]@{ kind = 'replace'; headers = $id; bytes = 'H4sIAAAAAAAAA/NIzcnJBwCCidH3BQAAAA==' }; Expect = $invalid }
    @{ Name = 'JSON'; Action = Body '{"Payer":"Requester"}'; Expect = $invalid }
    @{ Name = 'an error with the status 200'; Action = OssError '<Code>NoSuchBucket</Code><Message>None.</Message>' 200; Expect = $invalid }
    @{ Name = 'half a document'; Action = Body '<RequestPaymentConfiguration><Payer>Requester</Payer>'; Expect = $invalid }
    @{ Name = 'two documents'; Action = Body '{right}<x/>{right}<x/>'; Expect = $invalid }
    @{ Name = 'blanks'; Action = Body "  `n  "; Expect = $invalid }

    # Hostile XML, as an answer and as an error
    foreach ($status in 200, 403) {
        $in = "with status $status"
        @{ Name = "a bomb of entities $in"; Action = Body "<!DOCTYPE x [<!ENTITY a '$('a' * 1000)'>$(-join (0..9 | ForEach-Object { "<!ENTITY b$_ '$("&$(if ($_) { "b$($_ - 1)" } else { 'a' });" * 10)'>" }))]><x>&b9;</x>" $status; Expect = $invalid }
        @{ Name = "an external entity $in"; Action = Body "<!DOCTYPE x [<!ENTITY e SYSTEM 'http://{elsewhere}/e'>]><x>&e;</x>" $status; Expect = $invalid }
        @{ Name = "an external DTD $in"; Action = Body "<!DOCTYPE x SYSTEM 'http://{elsewhere}/x.dtd'><x/>" $status; Expect = $invalid }
        @{ Name = "a parameter entity $in"; Action = Body "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://{elsewhere}/p'> %p;]><x/>" $status; Expect = $invalid }
        @{ Name = "a file for an entity $in"; Action = Body "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Error><Code>&e;</Code></Error>" $status; Expect = $invalid }
        @{ Name = "10,000 levels $in"; Action = Body ('<x>' * 10000 + '</x>' * 10000) $status; Expect = $invalid }
        @{ Name = "60,000 elements $in"; Action = Body ('<x>' + '<y/>' * 60000 + '</x>') $status; Expect = $invalid }
        @{ Name = "10,000 attributes $in"; Action = Body "<x $(-join (1..10000 | ForEach-Object { "a$_='' " }))/>" $status; Expect = $invalid }
        @{ Name = "an unknown encoding $in"; Action = Body '<?xml version="1.0" encoding="x-klingon"?><x/>' $status; Expect = $invalid }
        @{ Name = "UTF-16 that is none $in"; Action = Body '<?xml version="1.0" encoding="utf-16"?><x/>' $status; Expect = $invalid }
        @{ Name = "UTF-8 that is Latin-1 $in"; Action = Body "<x>$([char]0xE9)</x>" -Status $status -Encoding latin1; Expect = $invalid }
        @{ Name = "an unknown entity $in"; Action = Body '<x>&nbsp;</x>' $status; Expect = $invalid }
        @{ Name = "NUL and other controls $in"; Action = Body "<x>$([char]0)$escape[31m</x>" $status; Expect = $invalid }
        @{ Name = "controls by number $in"; Action = Body '<x>&#27;[31m&#0;</x>' $status; Expect = $invalid }
    }
    # What would be right, were it not for that.
    @{ Name = 'a payer by an entity'; Action = Body "<!DOCTYPE x [<!ENTITY e 'Requester'>]><RequestPaymentConfiguration><Payer>&e;</Payer></RequestPaymentConfiguration>"; Expect = $invalid }
    @{ Name = 'an error code by an entity'; Action = Body "<!DOCTYPE x [<!ENTITY e 'Odd'>]><Error><Code>&e;</Code></Error>" 403; Expect = $invalid }
    @{ Name = 'a payer beside 10,000 levels'; Action = Body "<RequestPaymentConfiguration><Payer>Requester</Payer>$('<x>' * 10000 + '</x>' * 10000)</RequestPaymentConfiguration>"; Expect = $invalid }
    @{ Name = 'UTF-16'; Action = Body '{right}' -Encoding utf-16; Expect = $none; For = @{ Set = @{ Expect = $invalid } } }
    @{ Name = 'UTF-16, big end first'; Action = Body '{right}' -Encoding utf-16BE; Expect = $none; For = @{ Set = @{ Expect = $invalid } } }

    # Values
    foreach ($payer in '', 'requester', 'REQUESTER', 'Nobody', '0', '1', 'BucketOwner,Requester', "Requester$([char]0x200B)") {
        @{ Name = "the payer '$($payer -replace '\P{IsBasicLatin}', '?')'"; Action = Body "<RequestPaymentConfiguration><Payer>$payer</Payer></RequestPaymentConfiguration>"; Expect = $invalid }
    }
    @{ Name = 'two payers'; Action = Body '<RequestPaymentConfiguration><Payer>BucketOwner</Payer><Payer>Requester</Payer></RequestPaymentConfiguration>'; Expect = $invalid }
    @{ Name = 'no payer'; Action = Body '<RequestPaymentConfiguration/>'; Expect = $invalid }
    foreach ($bandwidth in '', 'abc', '1.5', '1e3', '0x10', '1,000', '10 Gbit', '2147483648', '99999999999999999999', '-2', '-2147483649', "$([char]0xFF11)") {
        @{ Name = "the bandwidth '$($bandwidth -replace '\P{IsBasicLatin}', '?')'"; Action = Body "<RequesterQoSInfo><Requester>300100</Requester><QoSConfiguration><TotalUploadBandwidth>$bandwidth</TotalUploadBandwidth></QoSConfiguration></RequesterQoSInfo>"; Expect = $invalid }
    }
    @{ Name = 'a requester that is none'; Action = Body '<RequesterQoSInfo><Requester>../x</Requester><QoSConfiguration/></RequesterQoSInfo>'; Expect = $invalid }
    @{ Name = 'another requester'; Action = Body '<RequesterQoSInfo><Requester>300200</Requester><QoSConfiguration/></RequesterQoSInfo>'; Expect = $invalid }
    @{ Name = 'no bandwidths at all'; Action = Body '<RequesterQoSInfo><Requester>300100</Requester></RequesterQoSInfo>'; Expect = $invalid }

    # Redirects
    foreach ($status in 300, 301, 302, 303, 304, 305, 306, 307, 308) {
        @{ Name = "$status to another host"; Action = Body '' -Status $status -Headers @{ Location = 'http://{elsewhere}/?requestPayment' }; Expect = $invalid }
    }
    foreach ($status in 301, 307) {
        @{
            Name = "$status of OSS's to another host"; Expect = 'Moved', 'InvalidArgument'
            Action = Body '<Error><Code>Moved</Code><Endpoint>{elsewhere}</Endpoint></Error>' -Status $status -Headers ($id + @{ Location = 'http://{elsewhere}/' })
        }
    }
    @{ Name = '200 with a Location and a Refresh'; Action = Body '{right}' -Status 200 -Headers ($id + @{ Location = 'http://{elsewhere}/'; Refresh = '0; url=http://{elsewhere}/' }); AfterApply = $true; Expect = $none }

    # Statuses
    foreach ($status in $categories.Keys | Sort-Object) {
        $transient = $status -in 408, 429 -or $status -ge 500
        $odd = 'InvalidResponse', $(if ($status -eq 407) { 'AuthenticationError' } else { 'InvalidData' })
        @{ Name = "$status with OSS's XML"; Action = [ordered]@{ kind = 'ossError'; status = $status; code = "Code$status" }; Expect = "Code$status", $categories[$status]; Transient = $transient }
        @{ Name = "$status with x-oss-err"; Action = [ordered]@{ kind = 'ossError'; status = $status; code = "Code$status"; inHeader = $true }; Expect = "Code$status", $categories[$status]; Transient = $transient }
        @{ Name = "$status with HTML"; Action = Body $html -Status $status -Headers @{ 'Content-Type' = 'text/html' }; Expect = $odd; Transient = $transient }
        @{ Name = "$status with nothing"; Action = Body '' -Status $status -Headers @{}; Expect = $odd; Transient = $transient }
    }
    @{ Name = '403 with an x-oss-err that is no base64'; Action = Body '' -Status 403 -Headers @{ 'x-oss-err' = '!!!' }; Expect = $invalid }
    @{ Name = '403 with an x-oss-err that is no XML'; Action = Body '' -Status 403 -Headers @{ 'x-oss-err' = 'AAAA' }; Expect = $invalid }

    # Error text that must be shown harmlessly
    $hostile = @{
        'line breaks'         = "one`r`ntwo`tthree"
        'C1 escapes'          = "$([char]0x9B)31mred$([char]0x85)"
        'right-to-left marks' = "safe$([char]0x202E)gnp.exe$([char]0x2066)$([char]0x200F)"
        'invisible letters'   = "a$([char]0x200B)b$([char]0xFEFF)c$([char]0x2028)d$([char]0xE000)"
        'tags beyond the BMP' = "a$([char]::ConvertFromUtf32(0xE0041))b"
    }
    foreach ($kind in $hostile.Keys | Sort-Object) {
        foreach ($field in 'Message', 'RequestId', 'HostId', 'EC', 'RecommendDoc', 'Endpoint') {
            @{ Name = "$kind in $field"; Action = OssError "<Code>Odd</Code><$field>$($hostile[$kind])</$field>"; Expect = 'Odd', 'PermissionDenied' }
        }
        @{ Name = "$kind in Code"; Action = OssError "<Code>Odd$($hostile[$kind])</Code>"; Expect = 'Odd*', 'PermissionDenied' }
    }
    @{ Name = 'a clock of the year 9999'; Action = OssError '<Code>RequestTimeTooSkewed</Code><ServerTime>9999-12-31T23:59:59.9999999Z</ServerTime>'; Expect = 'RequestTimeTooSkewed', 'AuthenticationError'; Requests = 1, 3 }
    @{ Name = 'a clock of the year 1'; Action = OssError '<Code>RequestTimeTooSkewed</Code><ServerTime>0001-01-01T00:00:00Z</ServerTime>'; Expect = 'RequestTimeTooSkewed', 'AuthenticationError'; Requests = 1, 3 }
    @{ Name = 'a clock that is none'; Action = OssError '<Code>RequestTimeTooSkewed</Code><ServerTime>noon</ServerTime>'; Expect = 'RequestTimeTooSkewed', 'AuthenticationError'; Requests = 1, 3 }
)

if ($RowsOnly) {
    return $rows
}

$commands = [ordered]@{
    Get = 'Get-OssBucketRequestPayment'
    Set = 'Set-OssBucketRequestPayment'
    QoS = 'Get-OssRequesterQoSInfo'
}

foreach ($row in $rows) {
    foreach ($verb in $commands.Keys) {
        $case = @{ Verb = $verb; Command = $commands[$verb]; Retried = $false; TimeoutSec = 10; AgainSec = 10; AfterApply = $false; Transient = $false; Once = $false; Unseen = $false; Requests = 1, 1 }
        $parts = @($row) + @(if ($row.For -and $row.For[$verb]) { $row.For[$verb] })
        foreach ($part in $parts) {
            foreach ($key in $part.Keys) {
                $case[$key] = $part[$key]
            }
        }

        $case.Seen = if ($case.Expect) { "$($case.Expect[0]), $($case.Expect[1])" } else { 'success' }
        $case
        if ($case.Transient) {
            $retried = $case.Clone()
            $retried.Retried = $true
            $retried.Seen = 'success at the second attempt'
            $retried
        }
    }
}
