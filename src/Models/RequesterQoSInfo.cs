namespace OssPayment;

/// <summary>The limits of a requester at a bucket.</summary>
/// <remarks>From GetBucketRequesterQoSInfo, ListBucketRequesterQoSInfos and PutBucketRequesterQoSInfo.</remarks>
public sealed class RequesterQoSInfo : RequesterLimits
{
    internal RequesterQoSInfo(
        string bucket,
        string requester,
        QoSConfiguration configuration,
        string region,
        string endpoint,
        string requestId,
        int statusCode)
        : base(requester, configuration, region, endpoint, requestId, statusCode)
    {
        Bucket = bucket;
    }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    private protected override string ResourceName => Bucket;
}
