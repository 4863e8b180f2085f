using System;
using OssPayment.Endpoints;

namespace OssPayment.Commands;

/// <summary>What a user can do about an error from OSS.</summary>
internal static class ServiceErrorAdvice
{
    private const string Id = "OSS_ACCESS_KEY_ID (or ALIBABA_CLOUD_ACCESS_KEY_ID)";
    private const string Secret = "OSS_ACCESS_KEY_SECRET (or ALIBABA_CLOUD_ACCESS_KEY_SECRET)";
    private const string Token = "OSS_SESSION_TOKEN (or ALIBABA_CLOUD_SECURITY_TOKEN)";

    private const string LimitRules =
        "OSS has these rules for limits: the bandwidth of a requester is at least 5 Gbit/s, -1 (unlimited) or 0 "
        + "(forbidden). A part is not above its total, a requester not above its bucket, and a bucket not above its "
        + "resource pool. Only buckets in a resource pool can have limits of their own. At most 300 requesters have "
        + "limits at a bucket.";

    private const string WithoutRegion =
        $"Buckets in {KnownRegion.WithoutAttribute} have no region attribute, which pay-by-requester requires.";

    internal static string For(OssServiceException e, OssTarget? target) => e.ConcernsAll
        ? $"{ByCode(e, target)} No request succeeded with these credentials, so the remaining requests were not sent."
        : IsPaymentWithoutRegion(e) ? $"{ByCode(e, target)} {WithoutRegion}"
        : ByCode(e, target);

    private static string ByCode(OssServiceException e, OssTarget? target) => e.ErrorCode switch
    {
        "NoSuchBucket" => "Check the bucket's name.",
        "AccessDenied" when target is BucketListingTarget =>
            "Check that the RAM user or role has the permission oss:ListBuckets, or specify the buckets.",
        "AccessDenied" when e.NamedEndpoint.Length > 0 =>
            $"Specify the bucket's region with -Region. OSS says that the bucket is at {e.NamedEndpoint}.",
        _ when e.DeniesAccess => $"Check that {Owned(e)}the RAM user or role has the {Permissions(e)}.",
        _ when e.RefusesCredentials && e.CredentialSource.Length > 0 =>
            $"The credentials came from {e.CredentialSource}. Check that source.",
        _ when e.MeansNoLimits && target is RequesterTarget or ResourcePoolRequesterTarget =>
            "The requester has no limits there. Omit -Requester to list the requesters that have limits.",
        _ when e.MeansNoLimits && e.Permission == "oss:GetBucketQoSInfo" =>
            "The bucket has no limits of its own. Only buckets in a resource pool can have them.",
        _ when e.MeansNoLimits => "No requester has limits there.",
        _ when e.RefusesLimits && e.Ceiling.Length > 0 => e.Ceiling,
        _ when e.RefusesLimits && target is BucketTarget =>
            $"{LimitRules} Get-OssResourcePoolBucket shows which resource pool a bucket is in.",
        _ when e.RefusesLimits => LimitRules,
        "InvalidAccessKeyId" =>
            $"Check the access key ID in the environment variable {Id}, and that the key exists and is enabled.",
        "SignatureDoesNotMatch" =>
            $"Check the access key secret in the environment variable {Secret}, and the region.",
        "AccessKeyIdAndSecurityTokenNotMatch" =>
            $"The security token in the environment variable {Token} was not issued with the access key ID. Remove the "
            + "token if the access key is permanent. Otherwise set an ID, secret and token that were issued together.",
        "SecurityTokenExpired" or "InvalidSecurityToken" =>
            "Get new temporary credentials, and set their ID, secret and token in the environment.",
        "InvalidArgument" when e.Message.IndexOf("signing region", StringComparison.OrdinalIgnoreCase) >= 0 =>
            $"The request was signed for the region {e.SignedRegion}, and the endpoint is in another. Specify "
            + $"the bucket's region with -Region. {KnownRegions.Suggest(e.SignedRegion)}".TrimEnd(),
        "SecondLevelDomainForbidden" =>
            "OSS does not accept the bucket in the path of the URL here. Omit -AddressingStyle Path, and use a host "
            + "name as the endpoint.",
        "RequestTimeTooSkewed" => "Set this machine's clock.",
        _ when e.IsTransient => "Try again later, or use a lower -ThrottleLimit.",
        _ when e.RecommendDoc.Length > 0 => $"Look the error code up at {e.RecommendDoc}.",
        _ => "Look the error code up in the OSS documentation.",
    };

    private static bool IsPaymentWithoutRegion(OssServiceException e) =>
        e is { SignedRegion: KnownRegion.WithoutAttribute, StatusCode: >= 400 and < 500, RefusesCredentials: false }
        && e.NamedEndpoint.Length == 0
        && e.Permission.EndsWith("BucketRequestPayment", StringComparison.Ordinal);

    private static string Permissions(OssServiceException e) =>
        $"permission{(e.Permission.Contains(" and ") ? "s" : "")} {e.Permission}";

    /// <summary>What the account must own; a listing is always of its own buckets.</summary>
    private static string Owned(OssServiceException e) => e.Permission switch
    {
        "oss:ListBuckets" or "oss:ListResourcePools" => "",
        _ when e.Permission.Contains("ResourcePool") => "this account owns the resource pool and that ",
        _ => "this account owns the bucket and that ",
    };
}
