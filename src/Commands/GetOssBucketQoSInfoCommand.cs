using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Get-OssBucketQoSInfo: a bucket's own limits.</summary>
/// <remarks>Sends GetBucketQoSInfo; needs the permission <c>oss:GetBucketQoSInfo</c>.</remarks>
[Cmdlet(VerbsCommon.Get, "OssBucketQoSInfo", HelpUri = HelpAddress.GetOssBucketQoSInfo)]
[OutputType(typeof(BucketQoSInfo))]
public sealed class GetOssBucketQoSInfoCommand : BucketCmdlet
{
    /// <summary>
    /// The names of the buckets: 3 to 63 of a-z, 0-9 and '-', or wildcard patterns such as <c>log-*</c>. Default: every
    /// bucket of the account. An empty pipeline sends no request.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [BucketNames]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    private protected override Work CreateWork(string bucket) =>
        new Query<QoSInfo>(new BucketTarget(bucket), () => BucketQoSOperations.Get(bucket));
}
