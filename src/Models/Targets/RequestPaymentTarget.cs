namespace OssPayment;

/// <summary>A bucket and the payer it was to get: the <c>TargetObject</c> of a failed set.</summary>
public sealed class RequestPaymentTarget : BucketTarget
{
    internal RequestPaymentTarget(string bucket, Payer payer)
        : base(bucket)
    {
        Payer = payer;
    }

    /// <summary>Who was to pay.</summary>
    public Payer Payer { get; }
}
