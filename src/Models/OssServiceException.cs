using System;

namespace OssPayment;

/// <summary>OSS understood the request and refused it.</summary>
/// <remarks>
/// The message is from OSS, made safe to show: control, formatting and direction characters are replaced.
/// The members are from the error response of OSS.
/// </remarks>
public sealed class OssServiceException : OssException
{
    internal OssServiceException(string errorCode, string message, int statusCode, Uri endpoint)
        : base(message)
    {
        ErrorCode = errorCode;
        StatusCode = statusCode;
        Endpoint = endpoint;
    }

    /// <summary>The same refusal. What is known only later is initialized on the copy.</summary>
    internal OssServiceException(OssServiceException other)
        : base(other, other.Message)
    {
        ErrorCode = other.ErrorCode;
        EC = other.EC;
        HostId = other.HostId;
        RecommendDoc = other.RecommendDoc;
        NamedEndpoint = other.NamedEndpoint;
        ServerTime = other.ServerTime;
        SignedRegion = other.SignedRegion;
        Permission = other.Permission;
        CredentialSource = other.CredentialSource;
        IsClockCorrected = other.IsClockCorrected;
        Ceiling = other.Ceiling;
    }

    /// <summary>The error code from OSS, such as <c>NoSuchBucket</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>The more specific error code from OSS, such as <c>0015-00000101</c>; empty if there was none.</summary>
    public string EC { get; internal init; } = "";

    /// <summary>The host that responded, as OSS names it; empty if OSS sent none.</summary>
    public string HostId { get; internal init; } = "";

    /// <summary>The URL of the documentation of the error; empty if OSS sent none.</summary>
    public string RecommendDoc { get; internal init; } = "";

    /// <summary>
    /// The endpoint that OSS says the bucket must be addressed at, never trusted as a host to contact.
    /// </summary>
    internal string NamedEndpoint { get; init; } = "";

    /// <summary>The server's time; null if the response has none.</summary>
    internal DateTimeOffset? ServerTime { get; init; }

    /// <summary>The region that the request was signed for; empty if that is not known.</summary>
    internal string SignedRegion { get; init; } = "";

    /// <summary>The RAM action that the operation needs; empty if that is not known.</summary>
    internal string Permission { get; init; } = "";

    /// <summary>Which limits exceed those of the bucket or resource pool; empty if that is not known.</summary>
    internal string Ceiling { get; init; } = "";

    /// <summary>The source of the temporary credentials; empty if they were in the environment.</summary>
    internal string CredentialSource { get; init; } = "";

    /// <summary>Whether the next attempt is signed with the server's time, because this machine's was wrong.</summary>
    internal bool IsClockCorrected { get; init; }

    internal override bool IsTransient => IsClockCorrected || base.IsTransient;

    /// <summary>Whether OSS refused because of the bucket or what is allowed there.</summary>
    /// <remarks>
    /// It is assumed that OSS checks this after the time, the credentials and the signature, which were accepted. The
    /// wrong endpoint may be noticed before.
    /// </remarks>
    internal bool IsAboutBucket => (DeniesAccess && NamedEndpoint.Length == 0) || StatusCode == 404 || MeansNoLimits;

    /// <summary>Whether the account or the RAM user may not access the bucket.</summary>
    internal bool DeniesAccess => ErrorCode is "AccessDenied" or "BucketNotBelongTo";

    /// <summary>
    /// Whether the requester has no limits there, or the bucket none of its own. A missing bucket or pool is another
    /// error.
    /// </summary>
    /// <remarks>
    /// The EC numbers are documented: the second one means that the bucket has no QoS configuration. If a response
    /// has none, it is assumed that the status is 404 and that the code contains QoS.
    /// </remarks>
    internal bool MeansNoLimits => EC is "0004-00000003" or "0004-00000002"
        || (StatusCode == 404 && ErrorCode.IndexOf("QoS", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether the limits break a rule of OSS, or contradict each other.</summary>
    internal bool RefusesLimits => EC == "0004-00000114";

    /// <summary>Whether OSS does not accept the access key, its secret or its token.</summary>
    internal bool RefusesCredentials => ErrorCode is "InvalidAccessKeyId" or "SignatureDoesNotMatch"
        or "SecurityTokenExpired" or "InvalidSecurityToken" or "SecurityTokenNotSupported"
        or "AccessKeyIdAndSecurityTokenNotMatch";

    /// <summary>Whether OSS no longer accepts temporary credentials, and may accept new ones.</summary>
    internal bool RefusesTemporary =>
        ErrorCode is "SecurityTokenExpired" or "InvalidSecurityToken" or "InvalidAccessKeyId";
}
