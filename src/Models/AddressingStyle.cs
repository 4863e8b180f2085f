namespace OssPayment;

/// <summary>Where in a request's URL the bucket is named.</summary>
public enum AddressingStyle
{
    /// <summary><c>https://{bucket}.{endpoint}/</c>, the usual way of OSS.</summary>
    Virtual,

    /// <summary><c>https://{endpoint}/{bucket}/</c>, always used where the endpoint is an IP address.</summary>
    Path,

    /// <summary>
    /// <c>https://{endpoint}/</c>, where the endpoint is a domain of your own that is bound to the bucket.
    /// </summary>
    CName,
}
