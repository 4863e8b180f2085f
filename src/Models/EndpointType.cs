namespace OssPayment;

/// <summary>Which of a region's OSS endpoints a request goes to.</summary>
public enum EndpointType
{
    /// <summary><c>oss-{region}.aliyuncs.com</c>, reachable from everywhere.</summary>
    Public,

    /// <summary>
    /// <c>oss-{region}-internal.aliyuncs.com</c>, reachable from Alibaba Cloud in the same region; its traffic is free.
    /// </summary>
    Internal,

    /// <summary><c>{region}.oss.aliyuncs.com</c>, over IPv4 and IPv6.</summary>
    DualStack,

    /// <summary>
    /// <c>oss-accelerate.aliyuncs.com</c>, transfer acceleration; the region is still needed, to sign for it.
    /// </summary>
    Accelerate,

    /// <summary>
    /// <c>oss-accelerate-overseas.aliyuncs.com</c>, transfer acceleration outside the Chinese mainland; the region is
    /// still needed, to sign for it.
    /// </summary>
    AccelerateOverseas,
}
