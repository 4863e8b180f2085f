namespace OssPayment.Benchmarks;

/// <summary>Who pays for a bucket.</summary>
public sealed class LeastRequestPayment(string bucket, string payer)
{
    public string Bucket { get; } = bucket;

    public string Payer { get; } = payer;
}
