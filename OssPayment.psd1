@{
    RootModule             = 'bin/OssPayment.dll'
    ModuleVersion          = '0.2.0'
    GUID                   = '5b6f0b5e-6c39-4a0c-9d3a-1f2f4f1b7c52'
    Author                 = 'The OssPayment authors'
    CompanyName            = 'The OssPayment authors'
    Copyright              = '(c) The OssPayment authors. MIT License.'
    Description            = 'Pay-by-requester and requester bandwidth (QoS) of Alibaba Cloud OSS buckets: see who pays for a bucket and change it, and see, set and remove the limits of its requesters and its own, below those of its resource pool.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    TypesToProcess         = @('OssPayment.Types.ps1xml')
    FormatsToProcess       = @('OssPayment.Format.ps1xml')
    CmdletsToExport        = @(
        'Get-OssBucketQoSInfo'
        'Get-OssBucketRequestPayment'
        'Get-OssRequesterQoSInfo'
        'Get-OssResourcePool'
        'Get-OssResourcePoolBucket'
        'Remove-OssBucketQoSInfo'
        'Remove-OssRequesterQoSInfo'
        'Set-OssBucketQoSInfo'
        'Set-OssBucketRequestPayment'
        'Set-OssRequesterQoSInfo'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        # tools/New-Package.ps1 adds the release notes from CHANGELOG.md, and the addresses of project, license and icon.
        PSData = @{
            Tags = @(
                'Alibaba', 'AlibabaCloud', 'Aliyun', 'OSS', 'RequesterPays', 'QoS', 'PSEdition_Desktop', 'PSEdition_Core',
                'Windows', 'Linux', 'MacOS'
            )
        }
    }
}
