using System;

namespace OssPayment;

/// <summary>OSS understood the request and refused it.</summary>
/// <remarks>
/// The text is OSS's own, made harmless to show: control, formatting and direction characters are replaced.
/// The source of the members is OSS's error response.
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
    }

    /// <summary>OSS's error code, such as <c>NoSuchBucket</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>OSS's finer error code, such as <c>0015-00000101</c>; empty when OSS sent none.</summary>
    public string EC { get; internal init; } = "";

    /// <summary>The host that OSS says it answered as; empty when OSS sent none.</summary>
    public string HostId { get; internal init; } = "";

    /// <summary>Where OSS's documentation explains the error; empty when OSS sent none.</summary>
    public string RecommendDoc { get; internal init; } = "";

    /// <summary>
    /// The endpoint that OSS says the bucket must be addressed at, never trusted as a host to contact.
    /// </summary>
    internal string NamedEndpoint { get; init; } = "";

    /// <summary>The server's clock, where the response tells it.</summary>
    internal DateTimeOffset? ServerTime { get; init; }

    /// <summary>The region that the request was signed for; empty where that is not known.</summary>
    internal string SignedRegion { get; init; } = "";

    /// <summary>The RAM action that the operation needs; empty where that is not known.</summary>
    internal string Permission { get; init; } = "";

    /// <summary>Where its temporary credentials came from; empty where the environment itself holds them.</summary>
    internal string CredentialSource { get; init; } = "";

    /// <summary>Whether the next attempt is signed with the server's time, because this machine's was wrong.</summary>
    internal bool IsClockCorrected { get; init; }

    internal override bool IsTransient => IsClockCorrected || base.IsTransient;

    /// <summary>Whether OSS refused because of the bucket or what is allowed there.</summary>
    /// <remarks>OSS looks at that after the time, the credentials and the signature: those were accepted.</remarks>
    internal bool IsAboutBucket => ErrorCode == "AccessDenied" || StatusCode == 404 || MeansNoLimits;

    /// <summary>Whether the requester has no limits there; not that there is no such bucket or pool.</summary>
    /// <remarks>
    /// The EC numbers are documented: the second one says that nobody has limits at the bucket. Where a response has
    /// none, it is assumed that the status is 404 and that the code names the QoS.
    /// </remarks>
    internal bool MeansNoLimits => EC is "0004-00000003" or "0004-00000002"
        || (StatusCode == 404 && ErrorCode.IndexOf("QoS", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether the limits break a rule of OSS, or contradict each other.</summary>
    internal bool RefusesLimits => EC == "0004-00000114";

    /// <summary>Whether OSS takes the access key, its secret or its token for wrong, or no longer takes them.</summary>
    internal bool RefusesCredentials => ErrorCode is "InvalidAccessKeyId" or "SignatureDoesNotMatch"
        or "SecurityTokenExpired" or "InvalidSecurityToken" or "SecurityTokenNotSupported"
        or "AccessKeyIdAndSecurityTokenNotMatch";

    /// <summary>Whether OSS no longer takes temporary credentials, and may take new ones.</summary>
    internal bool RefusesTemporary =>
        ErrorCode is "SecurityTokenExpired" or "InvalidSecurityToken" or "InvalidAccessKeyId";
}
