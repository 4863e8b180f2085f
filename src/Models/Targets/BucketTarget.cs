namespace OssPayment;

/// <summary>A bucket: the <c>TargetObject</c> of an error about it.</summary>
public class BucketTarget : OssTarget
{
    internal BucketTarget(string bucket)
    {
        Bucket = bucket;
    }

    /// <summary>The bucket's name, as it was specified.</summary>
    public string Bucket { get; }

    private protected override string Kind => "bucket";

    /// <summary>The bucket's name.</summary>
    /// <returns>The bucket's name.</returns>
    public override string ToString() => Bucket;
}
