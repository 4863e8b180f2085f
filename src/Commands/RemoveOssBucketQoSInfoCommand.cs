using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Remove-OssBucketQoSInfo: removes a bucket's own limits.</summary>
/// <remarks>
/// Sends DeleteBucketQoSInfo; needs the permission <c>oss:DeleteBucketQoSInfo</c>. It asks for a confirmation unless
/// <c>-Force</c> or <c>-Confirm:$false</c> is specified, because without limits a bucket may use all that its resource
/// pool has.
/// </remarks>
[Cmdlet(
    VerbsCommon.Remove,
    "OssBucketQoSInfo",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpAddress.RemoveOssBucketQoSInfo)]
public sealed class RemoveOssBucketQoSInfoCommand : BucketCmdlet
{
    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames(NotOfRequester = true)]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    /// <summary>
    /// Removes without a confirmation, unless <c>-Confirm</c> is specified, too. <c>-WhatIf</c> still changes nothing.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Work CreateWork(string bucket) => this.Removal(
        Force,
        new BucketTarget(bucket),
        LimitsOperations.OfBucket(bucket, pool: null),
        "Get-OssBucketQoSInfo {0} | Remove-OssBucketQoSInfo");
}
