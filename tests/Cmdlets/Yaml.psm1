# Reads YAML, for the tests of workflows, with the library that dotnet test brings.

Set-StrictMode -Version 2.0

$folder = $env:OSSPAYMENT_YAMLDOTNET
if ($folder) {
    $framework = if ($PSVersionTable.PSEdition -eq 'Desktop') { 'net47' } else { 'netstandard2.0' }
    Add-Type -Path (Join-Path $folder "$framework/YamlDotNet.dll")
}

function Read-Yaml {
    <#
    .SYNOPSIS
        Reads a file as dictionaries, lists and texts; what is not YAML throws. Nothing without the library.
    #>
    param([Parameter(Mandatory)][string] $Path)

    if ($folder) {
        $text = [System.IO.File]::ReadAllText($Path)
        [YamlDotNet.Serialization.DeserializerBuilder]::new().Build().Deserialize([System.IO.StringReader]::new($text))
    }
}

function Skip-WithoutYaml {
    <#
    .SYNOPSIS
        Skips the running test without the library, and says so.
    #>
    if (-not $folder) {
        Set-ItResult -Skipped -Because 'dotnet test alone brings the library that reads YAML'
    }
}

Export-ModuleMember -Function Read-Yaml, Skip-WithoutYaml
