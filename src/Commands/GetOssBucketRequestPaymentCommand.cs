using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Get-OssBucketRequestPayment: who pays for a bucket's requests and traffic.</summary>
/// <remarks>
/// Sends GetBucketRequestPayment, which needs the permission <c>oss:GetBucketRequestPayment</c>. For patterns, or
/// without -Bucket, it first sends ListBuckets, which needs <c>oss:ListBuckets</c>. Requests run in parallel, and their
/// results are emitted in the order of the input.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "OssBucketRequestPayment", HelpUri = HelpAddress.GetOssBucketRequestPayment)]
[OutputType(typeof(BucketRequestPayment))]
public sealed class GetOssBucketRequestPaymentCommand : BucketCmdlet
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

    // Nothing is sent yet. The operation is created when the work is prepared, so that a name that is not valid is an
    // error about this bucket, in the order of the input.
    private protected override Work CreateWork(string bucket) =>
        new Query<BucketRequestPayment>(new BucketTarget(bucket), () => RequestPaymentOperations.Get(bucket));
}
