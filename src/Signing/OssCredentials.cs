namespace OssPayment.Signing;

/// <summary>An access key, and the token that goes with it when it is temporary.</summary>
internal sealed class OssCredentials
{
    internal OssCredentials(string accessKeyId, string accessKeySecret, string? securityToken)
    {
        AccessKeyId = accessKeyId;
        AccessKeySecret = accessKeySecret;
        SecurityToken = securityToken;
    }

    internal string AccessKeyId { get; }

    internal string AccessKeySecret { get; }

    internal string? SecurityToken { get; }
}
