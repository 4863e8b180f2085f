# Compares the help pages and the about topics with the cmdlets.

BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force

    $cmdlets = Get-Command -Module OssPayment | ForEach-Object { @{ Cmdlet = $_.Name } }
    $pages = Get-ChildItem (Join-Path $root 'docs/en-US') -Filter *.md | ForEach-Object { @{ Page = $_.Name } }
    $topics = Get-ChildItem (Join-Path $root 'docs/en-US') -Filter *.help.txt |
        ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$'; Path = $_.FullName } }
}

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot '../TestedModule.ps1')) -Force
    Import-Module (Join-Path $PSScriptRoot '../HelpPage.psm1') -Force

    $root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
    $docs = Join-Path $root 'docs/en-US'

    # A parameter is in a set where it is hidden, though shown in another, only to be refused in the module's own words.
    function Test-Refused($Parameter, [string] $Set) {
        $attributes = @($Parameter.Attributes | Where-Object { $_ -is [Parameter] })
        [bool]($attributes | Where-Object { $_.DontShow -and $_.ParameterSetName -eq $Set }) -and
            [bool]($attributes | Where-Object { -not $_.DontShow })
    }
}

Describe 'The folder of help pages' {
    It 'has exactly one page for each cmdlet and one for the module' {
        $expected = @((Get-Command -Module OssPayment).Name) + 'OssPayment' | Sort-Object
        (Get-ChildItem $docs -Filter *.md).BaseName | Sort-Object | Should -Be $expected
    }

    It 'has no placeholder left in <Page>' -ForEach $pages {
        Get-Content (Join-Path $docs $Page) -Raw | Should -Not -Match '\{\{|TODO|FIXME'
    }

    It 'links from <Page> only to files that exist' -ForEach $pages {
        $text = Get-Content (Join-Path $docs $Page) -Raw
        foreach ($link in [regex]::Matches($text, '\]\((?!https:)([^)]+)\)')) {
            Join-Path $docs $link.Groups[1].Value | Should -Exist
        }
    }
}

Describe 'The page of the module' {
    It 'lists <Cmdlet> with the synopsis of its page' -ForEach $cmdlets {
        $synopsis = (Get-Page $Cmdlet)['SYNOPSIS'].Trim()
        $module = Get-Section (Get-Content (Join-Path $docs 'OssPayment.md') -Raw) 3
        $module["[$Cmdlet]($Cmdlet.md)"].Trim() | Should -Be $synopsis
    }

    It 'has the module''s id and version' {
        $manifest = Import-PowerShellDataFile (Join-Path $root 'OssPayment.psd1')
        $text = Get-Content (Join-Path $docs 'OssPayment.md') -Raw
        Get-Field $text 'Module Guid' | Should -Be $manifest.GUID
        Get-Field $text 'Help Version' | Should -Be $manifest.ModuleVersion
    }
}

Describe 'about_OssPayment' {
    BeforeAll {
        $about = Get-Content (Join-Path $docs 'about_OssPayment.help.txt') -Raw
    }

    It 'names each environment variable that the module reads, with the topic about credentials' {
        $source = Get-ChildItem (Join-Path $root 'src') -Filter *.cs -Recurse | Get-Content -Raw
        $names = [regex]::Matches("$source", '"((?:OSS|ALIBABA_CLOUD)_[A-Z_]+)"') | ForEach-Object { $_.Groups[1].Value }
        $names | Should -Not -BeNullOrEmpty
        $topics = $about + (Get-Content (Join-Path $docs 'about_OssPayment_Credentials.help.txt') -Raw)
        foreach ($name in $names | Sort-Object -Unique) {
            $topics | Should -MatchExactly "\b$name\b"
        }
    }

    It 'names each kind of endpoint' {
        foreach ($type in [Enum]::GetNames([OssPayment.EndpointType])) {
            $about | Should -MatchExactly "(?m)^ +$type +\S+\.aliyuncs\.com"
        }
    }

    It 'links to <Cmdlet> under SEE ALSO' -ForEach $cmdlets {
        $about -split 'SEE ALSO' | Select-Object -Last 1 | Should -Match "(?m)^ +$Cmdlet\s*$"
    }

    It 'lists each cmdlet with its synopsis' {
        foreach ($name in (Get-Command -Module OssPayment).Name) {
            $about | Should -MatchExactly "(?m)^ +$name {2,}\w+"
        }
    }
}

Describe '<Topic>' -ForEach $topics {
    BeforeAll {
        $about = Get-Content -LiteralPath $Path -Raw -Encoding UTF8
    }

    # Get-Help always shows the fifth line as the synopsis.
    It 'begins with its name and a short description of one line' {
        $about | Should -MatchExactly ("\ATOPIC\r?\n    $Topic\r?\n\r?\nSHORT DESCRIPTION\r?\n    [A-Z].+\.\r?\n\r?\n" +
            'LONG DESCRIPTION\r?\n')
    }

    It 'fits a window of 80 columns, in ASCII' {
        $about -replace '(?m)^ *```.*$' -split '\r?\n' | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        $about | Should -Not -Match '[^\x00-\x7F]'
    }
}

Describe 'about_OssPayment_Errors' {
    BeforeAll {
        $about = Get-Content (Join-Path $docs 'about_OssPayment_Errors.help.txt') -Raw

        # The lines "<id> (<category>)" of a part, as a table.
        function Get-Listed([string] $Heading) {
            $part = [regex]::Match($about, "(?ms)^  $Heading\r?\n(.*?)(?=^ {0,2}\S)").Groups[1].Value
            $listed = @{}
            foreach ($entry in [regex]::Matches($part, '(?m)^    (\w+) \((\w+)\)\r?$')) {
                $listed.Add($entry.Groups[1].Value, $entry.Groups[2].Value)
            }

            $listed
        }

        # Exceptions as the client makes them, and the records that the cmdlets make of them.
        function New-Internal([type] $Type, [object[]] $Arguments) {
            $Type.GetConstructors('Instance, NonPublic')[0].Invoke($Arguments)
        }

        function Get-Category($Exception) {
            $records = [OssPayment.OssException].Assembly.GetType('OssPayment.Commands.ErrorRecords')
            $record = $records.GetMethod('ToErrorRecord', [System.Reflection.BindingFlags]'Static, NonPublic').
                Invoke($null, @($Exception, $null))
            "$($record.CategoryInfo.Category)"
        }

        function Get-ServiceCategory([string] $Code, [int] $Status) {
            Get-Category (New-Internal ([OssPayment.OssServiceException]) $Code, 'any', $Status, ([uri]'https://example.org'))
        }
    }

    It 'lists exactly the module''s own error ids, each with its category and advice' {
        $ids = [Enum]::GetNames([OssPayment.OssRequestError])
        $listed = Get-Listed 'THE MODULE''S OWN ERRORS'
        $listed.Keys | Sort-Object | Should -BeExactly ($ids | Sort-Object)
        foreach ($id in $ids) {
            $exception = New-Internal ([OssPayment.OssRequestException]) ([OssPayment.OssRequestError]$id), 'any'
            $listed[$id] | Should -BeExactly (Get-Category $exception) -Because $id
            $about | Should -MatchExactly "(?m)^    $id \(\w+\)\r?\n(        .+\r?\n)+?        To do: \w"
        }
    }

    It 'lists exactly the OSS error codes that the module knows, each with its category' {
        $sources = 'src/Commands/ServiceErrorAdvice.cs', 'src/Commands/ErrorRecords.cs', 'src/Models/OssServiceException.cs' |
            ForEach-Object { Get-Content (Join-Path $root $_) -Raw }
        $known = [regex]::Matches("$sources", '"([A-Z][a-z]+[A-Z]\w+)"(?=( or|\r?\n| when| =>|;))') |
            ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        $known | Should -Contain SecurityTokenExpired
        $listed = Get-Listed 'ERRORS OF OSS'
        $listed.Keys | Sort-Object | Should -BeExactly $known

        $status = @{ NoSuchBucket = 404; InvalidArgument = 400; RequestTimeout = 400 }
        foreach ($code in $known) {
            $usual = if ($status[$code]) { $status[$code] } else { 403 }
            $listed[$code] | Should -BeExactly (Get-ServiceCategory $code $usual) -Because $code
        }
    }

    It 'lists the category of each HTTP status' {
        $rows = [regex]::Matches($about, '(?m)^        (\d{3}|otherwise)( and above)? +([A-Z]\w+)\r?$')
        $shown = @{}
        foreach ($row in $rows) {
            $shown[$row.Groups[1].Value] = $row.Groups[3].Value
        }

        $wrong = foreach ($status in 300..599) {
            $expected = if ($shown["$status"]) { $shown["$status"] }
            elseif ($status -ge 500) { $shown['500'] }
            else { $shown['otherwise'] }
            $category = Get-ServiceCategory 'AnyOther' $status
            if ($category -ne $expected) {
                "$status is $category, and not $expected"
            }
        }

        $wrong | Should -BeNullOrEmpty
    }

    It 'names the members of both exceptions' {
        foreach ($type in [OssPayment.OssServiceException], [OssPayment.OssRequestException]) {
            $part = [regex]::Match($about, "(?s)$($type.FullName) where(.+?)\.\r?\n").Groups[1].Value
            $members = $type.GetProperties().Name | Where-Object { $_ -notin [exception].GetProperties().Name }
            foreach ($member in $members) {
                $part | Should -MatchExactly "\b$member\b"
            }
        }
    }
}

Describe 'The page of <Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Cmdlet
        $page = Get-Page $Cmdlet
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
    }

    It 'is the target of the help URI' {
        # If the address of the repository is unknown, it is the first related link of the page.
        $link = [regex]::Match($page['RELATED LINKS'], '\]\((https://[^)]+)\)').Groups[1].Value
        $command.HelpUri | Should -MatchExactly "^https://.+/docs/en-US/$Cmdlet\.md$|^$([regex]::Escape($link))$"
        Join-Path $root "docs/en-US/$Cmdlet.md" | Should -Exist
    }

    It 'has its sections in the usual order' {
        $page.Keys | Should -Be @('SYNOPSIS', 'SYNTAX', 'ALIASES', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS',
            'NOTES', 'RELATED LINKS')
    }

    It 'describes the cmdlet' {
        $page['SYNOPSIS'].Trim() | Should -Match '^[A-Z][^\n]{20,}\.$'
        $page['DESCRIPTION'].Trim().Length | Should -BeGreaterThan 200
    }

    It 'has the syntax of each parameter set' {
        $syntax = Get-Section $page['SYNTAX'] 3
        $syntax.Count | Should -Be $command.ParameterSets.Count
        foreach ($set in $command.ParameterSets) {
            $heading = if ($set.IsDefault -and $set.Name -ne '__AllParameterSets') { "$($set.Name) (Default)" } else { $set.Name }
            $shown = [regex]::Matches($syntax[$heading], '(?<=[\s\[])-(\w+)') | ForEach-Object { $_.Groups[1].Value }
            $expected = $set.Parameters.Name | Where-Object { $_ -notin $common -and -not (Test-Refused $command.Parameters[$_] $set.Name) }
            $shown | Sort-Object | Should -Be ($expected | Sort-Object)

            # If the first position is that of a parameter that is refused, the others need their names.
            if ($set.Parameters | Where-Object { $_.Position -eq 0 -and (Test-Refused $command.Parameters[$_.Name] $set.Name) }) {
                $syntax[$heading] | Should -Not -Match '\[-\w+\] <' -Because $heading
            }
        }
    }

    It 'describes exactly the parameters of the cmdlet' {
        $expected = @($command.Parameters.Keys | Where-Object { $_ -notin $common } | ForEach-Object { "-$_" }) + 'CommonParameters'
        (Get-Section $page['PARAMETERS'] 3).Keys | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'names the types that the cmdlet emits' {
        $expected = @(
            $command.OutputType.Name | Where-Object { $_ }
            if ($command.Parameters.ContainsKey('PassThru') -or -not $command.OutputType) {
                'None'
            }
        )
        (Get-Section $page['OUTPUTS'] 3).Keys | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'names the properties of what the cmdlet emits' {
        $outputs = Get-Section $page['OUTPUTS'] 3
        foreach ($type in $command.OutputType.Type) {
            foreach ($property in $type.GetProperties().Name) {
                $outputs[$type.FullName] | Should -MatchExactly ([regex]::Escape("**$property**"))
            }
        }
    }

    It 'names the types that can be piped in' {
        $piped = $command.Parameters.Values | Where-Object {
            $_.Attributes | Where-Object { $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) }
        }
        $types = foreach ($parameter in $piped) {
            $underlying = [Nullable]::GetUnderlyingType($parameter.ParameterType)
            $(if ($underlying) { $underlying } else { $parameter.ParameterType }).ToString()
        }
        (Get-Section $page['INPUTS'] 3).Keys | Sort-Object | Should -Be ($types | Sort-Object -Unique)
    }

    It 'names the permissions that the cmdlet''s operations need, and the module''s error ids' {
        $operation = @{ Get = 'Get'; Set = 'Put'; Remove = 'Delete' }[$command.Verb]
        $noun = $command.Noun -replace '^Oss(Bucket)?'
        $owners = @('Bucket') + @($command.Parameters.Keys | Where-Object { $_ -eq 'ResourcePool' })
        $needed = switch ($command.Noun) {
            OssResourcePool { 'GetResourcePoolInfo', 'ListResourcePools' }
            OssResourcePoolBucket { 'ListResourcePoolBuckets', 'ListResourcePools' }
            default { $owners | ForEach-Object { "$operation$_$noun" } }
        }
        foreach ($name in $needed) {
            $page['NOTES'] | Should -MatchExactly "``oss:$name``"
        }

        foreach ($id in [Enum]::GetNames([OssPayment.OssRequestError])) {
            # Objects of requesters are refused where they would change a bucket's own limits.
            $ambiguous = if ($command.Noun -eq 'OssBucketQoSInfo' -and $command.Verb -ne 'Get') { 'Bucket' } else { 'Requester' }
            $needed = @{ LimitNotFound = 'TotalQps'; AmbiguousParameterSet = $ambiguous; InvalidBucketName = 'Bucket' }
            $isOwn = $id -notin 'InvalidRequester', 'InvalidResourcePool', 'InvalidPayer', 'LimitNotFound', 'AmbiguousParameterSet', 'InvalidBucketName' -or
                $command.Parameters.ContainsKey(($id -replace '^Invalid')) -or ($needed[$id] -and $command.Parameters.ContainsKey($needed[$id]))
            $page['NOTES'] -cmatch "``$id``" | Should -Be $isOwn -Because $id
        }
    }

    It 'links to the operations of the OSS API' {
        $page['RELATED LINKS'] | Should -Match '\(OSS API\)\]\(https://'
    }
}

Describe 'The parameters on the page of <Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $parameters = foreach ($metadata in (Get-Command $Cmdlet).Parameters.Values | Where-Object Name -NotIn $common) {
            $text = Get-Parameter $Cmdlet $metadata.Name
            [pscustomobject]@{
                Name = $metadata.Name
                Metadata = $metadata
                Description = $text.Description
                Yaml = $text.Yaml
            }
        }
    }

    It 'are described' {
        $parameters.Count | Should -BeGreaterThan 10
        foreach ($parameter in $parameters) {
            $parameter.Description | Should -Match '(?s)^[A-Z].{20,}\.$' -Because $parameter.Name
        }
    }

    It 'have the right types' {
        foreach ($parameter in $parameters) {
            Get-Field $parameter.Yaml Type | Should -Be $parameter.Metadata.ParameterType.ToString() -Because $parameter.Name
        }
    }

    It 'have the right aliases' {
        foreach ($parameter in $parameters) {
            @(Get-Field $parameter.Yaml Aliases) | Should -Be @($parameter.Metadata.Aliases) -Because $parameter.Name
        }
    }

    It 'have the right position, required flag and pipeline input in each parameter set' {
        foreach ($parameter in $parameters) {
            $metadata = $parameter.Metadata
            $shown = foreach ($set in $parameter.Yaml -split '(?m)^- Name: ' | Select-Object -Skip 1) {
                ($set -split '\n')[0].Trim(), (Get-Field $set Position), (Get-Field $set IsRequired),
                (Get-Field $set ValueFromPipeline), (Get-Field $set ValueFromPipelineByPropertyName) -join ' '
            }
            $expected = foreach ($set in $metadata.ParameterSets.GetEnumerator() | Where-Object { -not (Test-Refused $metadata $_.Key) }) {
                $name = if ($set.Key -eq '__AllParameterSets') { '(All)' } else { $set.Key }
                $position = if ($set.Value.Position -lt 0) { 'Named' } else { $set.Value.Position }
                $name, $position, $set.Value.IsMandatory, $set.Value.ValueFromPipeline,
                $set.Value.ValueFromPipelineByPropertyName -join ' '
            }
            $shown | Sort-Object | Should -Be ($expected | Sort-Object) -Because $parameter.Name
        }
    }

    It 'say whether they accept wildcards' {
        foreach ($parameter in $parameters) {
            $takes = [bool]($parameter.Metadata.Attributes | Where-Object { $_ -is [SupportsWildcards] })
            Get-Field $parameter.Yaml SupportsWildcards | Should -Be "$takes" -Because $parameter.Name
        }
    }

    It 'have a default' {
        foreach ($parameter in $parameters) {
            Get-Field $parameter.Yaml DefaultValue | Should -Not -BeNullOrEmpty -Because $parameter.Name
        }
    }

    It 'explain each value of an enumeration' {
        foreach ($parameter in $parameters | Where-Object { $_.Metadata.ParameterType.IsEnum }) {
            $values = [Enum]::GetNames($parameter.Metadata.ParameterType)
            @(Get-Field $parameter.Yaml AcceptedValues) | Should -Be $values -Because $parameter.Name
            foreach ($value in $values) {
                $parameter.Description | Should -MatchExactly "(?m)^- ``$value``: " -Because $parameter.Name
            }
        }
    }

    It 'have the rule of a limit' {
        foreach ($parameter in $parameters) {
            $rule = $parameter.Metadata.Attributes | Where-Object { $_ -is [OssPayment.Parameters.LimitAttribute] }
            if ($rule) {
                $parameter.Description -replace '\s+', ' ' | Should -Match (
                    "values are -1 \(unlimited\), 0 \(forbidden\), and $($rule.Smallest) or more\.") -Because $parameter.Name
            }
        }
    }

    It 'say how to skip the confirmation, if the cmdlet requests one' {
        $attribute = [Attribute]::GetCustomAttribute(
            (Get-Command $Cmdlet).ImplementingType, [System.Management.Automation.CmdletAttribute])
        if ($attribute.ConfirmImpact -eq 'High') {
            ($parameters | Where-Object Name -EQ Confirm).Description | Should -Match '-Confirm:\$false'
        }
    }

    It 'have the range of a number' {
        foreach ($parameter in $parameters) {
            $range = $parameter.Metadata.Attributes | Where-Object { $_ -is [ValidateRange] }
            if ($range) {
                $parameter.Description -replace '\s+', ' ' |
                    Should -Match "range is $($range.MinRange) to $($range.MaxRange)\." -Because $parameter.Name
            }
        }
    }
}

Describe 'The examples of <Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $examples = @(Get-Example $Cmdlet)
    }

    It 'are at least four, numbered, titled, explained and with code' {
        $examples.Count | Should -BeGreaterOrEqual 4
        for ($i = 0; $i -lt $examples.Count; $i++) {
            $examples[$i].Heading | Should -MatchExactly "^Example $($i + 1): [A-Z]"
            $examples[$i].Code | Should -Not -BeNullOrEmpty -Because $examples[$i].Heading
            $examples[$i].Prose.Length | Should -BeGreaterThan 20 -Because $examples[$i].Heading
        }
    }

    It 'use the cmdlet' {
        foreach ($example in $examples) {
            $example.Code | Should -Match $Cmdlet
        }
    }

    It 'parse, and use only parameters that the cmdlets have' {
        foreach ($example in $examples) {
            $problems = $null
            $code = [System.Management.Automation.Language.Parser]::ParseInput($example.Code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $example.Heading
            $calls = $code.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
            foreach ($call in $calls | Where-Object { $_.GetCommandName() -like '*-Oss*' }) {
                $known = (Get-Command $call.GetCommandName() -Module OssPayment).Parameters.Keys
                $used = $call.CommandElements |
                    Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }
                foreach ($parameter in $used) {
                    $known | Should -Contain $parameter.ParameterName -Because $example.Heading
                }
            }
        }
    }
}
