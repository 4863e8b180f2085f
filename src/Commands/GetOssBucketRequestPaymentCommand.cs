using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Get-OssBucketRequestPayment: who pays for a bucket's requests and traffic.</summary>
/// <remarks>Sends GetBucketRequestPayment; needs the permission <c>oss:GetBucketRequestPayment</c>.</remarks>
[Cmdlet(VerbsCommon.Get, "OssBucketRequestPayment", HelpUri = HelpAddress.GetOssBucketRequestPayment)]
[OutputType(typeof(BucketRequestPayment))]
public sealed class GetOssBucketRequestPaymentCommand : BucketCmdlet
{
    /// <summary>
    /// The names of the buckets: 3 to 63 of a-z, 0-9 and '-', or wildcard patterns such as <c>log-*</c>. Default: every
    /// bucket of the account. An empty pipeline stands for no bucket.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [BucketNames]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    // One request for a bucket, whose result is emitted.
    private protected override Work WorkOn(string bucket) =>
        new Query<BucketRequestPayment>(new BucketTarget(bucket), () => RequestPaymentOperations.Get(bucket));
}
