namespace OssPayment;

/// <summary>A bucket and a payer that is not valid: the <c>TargetObject</c> of the error.</summary>
public sealed class InvalidPayerTarget : BucketTarget
{
    internal InvalidPayerTarget(string bucket, string payer)
        : base(bucket)
    {
        Payer = payer;
    }

    /// <summary>The text that is not a payer.</summary>
    public string Payer { get; }
}
