using System.Collections.Generic;
using System.Management.Automation;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>Get-OssBucketRequestPayment: who pays for a bucket's requests and traffic.</summary>
/// <remarks>OSS's GetBucketRequestPayment; needs the permission <c>oss:GetBucketRequestPayment</c>.</remarks>
[Cmdlet(VerbsCommon.Get, "OssBucketRequestPayment")]
[OutputType(typeof(BucketRequestPayment))]
public sealed class GetOssBucketRequestPaymentCommand : OssBucketCmdlet<BucketTarget>
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
    public override string[]? Bucket { get; set; }

    private protected override IEnumerable<BucketTarget> TargetsAt(string bucket) => [new BucketTarget(bucket)];

    private protected override void Validate(BucketTarget target, OssLocation location) => BucketName.Require(target.Bucket);

    private protected override void Process(BucketTarget target, OssLocation location) => Start(
        target,
        async (trace, cancellation) =>
            await Client.GetBucketRequestPaymentAsync(location, target.Bucket, trace, cancellation).ConfigureAwait(false));
}
