using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>A cmdlet about buckets.</summary>
public abstract class BucketCmdlet : OssCmdlet
{
    /// <summary>The names of the buckets.</summary>
    public abstract string[]? Bucket { get; set; }

    private protected override void CheckCommandLine() => BucketWork.ThrowIfRefused(Bucket);

    private protected sealed override void ProcessInput() =>
        BucketWork.Run(Runner, Bucket, Place, bucket => [CreateWork(bucket)]);

    /// <summary>
    /// Creates the work on a bucket. A name that is not valid becomes an error when the work is prepared, in the order
    /// of the input.
    /// </summary>
    /// <param name="bucket">A name from the input or from a listing; empty for an input that is refused.</param>
    private protected abstract Work CreateWork(string bucket);
}
