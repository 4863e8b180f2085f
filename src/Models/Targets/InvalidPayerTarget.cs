namespace OssPayment;

/// <summary>A bucket and what was given as its payer: the <c>TargetObject</c> of a set that names no payer.</summary>
public sealed class InvalidPayerTarget : BucketTarget
{
    internal InvalidPayerTarget(string bucket, string payer)
        : base(bucket)
    {
        Payer = payer;
    }

    /// <summary>What was given in place of a payer.</summary>
    public string Payer { get; }
}
