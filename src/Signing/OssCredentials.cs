using System;

namespace OssPayment.Signing;

/// <summary>An access key, and its token if it is temporary.</summary>
internal sealed class OssCredentials
{
    internal OssCredentials(
        string accessKeyId, string accessKeySecret, string? securityToken, DateTimeOffset? expiration = null)
    {
        AccessKeyId = accessKeyId;
        AccessKeySecret = accessKeySecret;
        SecurityToken = securityToken;
        Expiration = expiration;
    }

    internal string AccessKeyId { get; }

    internal string AccessKeySecret { get; }

    internal string? SecurityToken { get; }

    /// <summary>When they expire; null if that is not known.</summary>
    internal DateTimeOffset? Expiration { get; }
}
