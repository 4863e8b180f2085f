namespace OssPayment;

/// <summary>Who pays for the requests to a bucket and for the traffic out of it.</summary>
/// <remarks>The values of <c>Payer</c> in PutBucketRequestPayment and GetBucketRequestPayment.</remarks>
public enum Payer
{
    /// <summary>The owner of the bucket pays for everything. This is how a bucket starts out.</summary>
    BucketOwner,

    /// <summary>
    /// The requester pays for the requests and the traffic, and the owner only for storage. OSS then refuses anonymous
    /// requests, and requesters must send <c>x-oss-request-payer: requester</c>.
    /// </summary>
    Requester,
}
