namespace OssPayment;

/// <summary>Who pays for a bucket, from the response of OSS.</summary>
/// <remarks>From GetBucketRequestPayment, or from a PutBucketRequestPayment that succeeded.</remarks>
public sealed class BucketRequestPayment
{
    internal BucketRequestPayment(
        string bucket, Payer payer, string region, string endpoint, string requestId, int statusCode)
    {
        Bucket = bucket;
        Payer = payer;
        Region = region;
        Endpoint = endpoint;
        RequestId = requestId;
        StatusCode = statusCode;
    }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region { get; }

    /// <summary>Who pays.</summary>
    public Payer Payer { get; }

    /// <summary>The endpoint of the request, as a URL without the bucket, which <c>-Endpoint</c> accepts.</summary>
    public string Endpoint { get; }

    /// <summary>The request ID, which the support of Alibaba Cloud needs.</summary>
    public string RequestId { get; }

    /// <summary>The HTTP status of the response.</summary>
    public int StatusCode { get; }

    /// <summary>Who pays for which bucket.</summary>
    /// <returns>The bucket's name and the payer, as in <c>a-bucket: Requester</c>.</returns>
    public override string ToString() => $"{Bucket}: {Payer}";
}
