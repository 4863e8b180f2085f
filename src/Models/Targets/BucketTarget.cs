namespace OssPayment;

/// <summary>A bucket that a cmdlet was asked about.</summary>
public class BucketTarget : OssTarget
{
    internal BucketTarget(string bucket)
    {
        Bucket = bucket;
    }

    /// <summary>The bucket's name, as it was given.</summary>
    public string Bucket { get; }

    private protected override string Kind => "bucket";

    /// <summary>The bucket's name.</summary>
    /// <returns>The bucket's name.</returns>
    public override string ToString() => Bucket;
}
