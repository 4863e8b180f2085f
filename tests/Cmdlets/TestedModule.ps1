# Emits the manifest of the module under test: the one that OSSPAYMENT_MODULE names, else the working tree's.

if ($env:OSSPAYMENT_MODULE) {
    $env:OSSPAYMENT_MODULE
} else {
    # In full: PowerShell loads a module twice if it is imported by two texts of one path.
    [System.IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../OssPayment.psd1'))
}
