# Emits the manifest of the module under test: the one that OSSPAYMENT_MODULE names, else the working tree's.

if ($env:OSSPAYMENT_MODULE) {
    $env:OSSPAYMENT_MODULE
} else {
    Join-Path $PSScriptRoot '../../OssPayment.psd1'
}
