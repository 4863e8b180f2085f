namespace OssPayment.Commands;

/// <summary>What a user can do about an error of OSS's.</summary>
internal static class ServiceErrorAdvice
{
    internal static string For(OssServiceException e, OssTarget? target) => e.ErrorCode switch
    {
        "NoSuchBucket" => "Check the bucket's name.",
        "AccessDenied" when target is BucketListingTarget =>
            "Check that the RAM user or role has the permission oss:ListBuckets, or name the buckets.",
        "AccessDenied" when e.NamedEndpoint.Length > 0 =>
            $"Give the bucket's own region with -Region: OSS names the endpoint {e.NamedEndpoint}.",
        "AccessDenied" =>
            "Check that the bucket is this account's, and that the RAM user or role is allowed the operation.",
        "InvalidAccessKeyId" =>
            "Check the access key id in the environment (OSS_ACCESS_KEY_ID), and that the key is enabled.",
        "SignatureDoesNotMatch" =>
            "Check the access key secret in the environment (OSS_ACCESS_KEY_SECRET), and the region.",
        "SecurityTokenExpired" or "InvalidSecurityToken" =>
            "Get new temporary credentials, and set their id, secret and token in the environment.",
        "RequestTimeTooSkewed" => "Set this machine's clock.",
        _ when e.StatusCode is 429 or >= 500 => "Try again later, or with a lower -ThrottleLimit.",
        _ when e.RecommendDoc.Length > 0 => $"Look the error code up at {e.RecommendDoc}.",
        _ => "Look the error code up in OSS's documentation.",
    };
}
