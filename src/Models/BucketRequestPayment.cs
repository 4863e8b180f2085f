namespace OssPayment;

/// <summary>Who pays for a bucket, from the response of OSS.</summary>
/// <remarks>From GetBucketRequestPayment, or from a PutBucketRequestPayment that succeeded.</remarks>
public sealed class BucketRequestPayment
{
    private readonly Origin _origin;

    internal BucketRequestPayment(string bucket, Payer payer, Origin origin)
    {
        Bucket = bucket;
        Payer = payer;
        _origin = origin;
    }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region => _origin.Region;

    /// <summary>Who pays.</summary>
    public Payer Payer { get; }

    /// <summary>The endpoint of the request, as a URL without the bucket, which <c>-Endpoint</c> accepts.</summary>
    public string Endpoint => _origin.Endpoint;

    /// <summary>The request ID, which the support of Alibaba Cloud needs.</summary>
    public string RequestId => _origin.RequestId;

    /// <summary>The HTTP status of the response.</summary>
    public int StatusCode => _origin.StatusCode;

    /// <summary>Who pays for which bucket.</summary>
    /// <returns>The bucket's name and the payer, as in <c>a-bucket: Requester</c>.</returns>
    public override string ToString() => $"{Bucket}: {Payer}";
}
