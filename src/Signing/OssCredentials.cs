using System;

namespace OssPayment.Signing;

/// <summary>An access key, and its token if it is temporary.</summary>
internal sealed class OssCredentials(
    string accessKeyId, string accessKeySecret, string? securityToken, DateTimeOffset? expiration = null)
{
    internal string AccessKeyId { get; } = accessKeyId;

    internal string AccessKeySecret { get; } = accessKeySecret;

    internal string? SecurityToken { get; } = securityToken;

    /// <summary>When they expire; null if that is not known.</summary>
    internal DateTimeOffset? Expiration { get; } = expiration;
}
