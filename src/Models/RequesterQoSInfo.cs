namespace OssPayment;

/// <summary>The limits of a requester at a bucket.</summary>
/// <remarks>From GetBucketRequesterQoSInfo, ListBucketRequesterQoSInfos and PutBucketRequesterQoSInfo.</remarks>
public sealed class RequesterQoSInfo : RequesterLimits
{
    internal RequesterQoSInfo(string bucket, string requester, QoSConfiguration configuration, Origin origin)
        : base(requester, configuration, origin)
    {
        Bucket = bucket;
    }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    private protected override string ResourceName => Bucket;
}
