namespace OssPayment;

/// <summary>Why a request was not sent, or why no valid response was received.</summary>
/// <remarks>The names are the first part of the error's <c>FullyQualifiedErrorId</c>.</remarks>
public enum OssRequestError
{
    /// <summary>The environment contains no valid credentials. Nothing was sent.</summary>
    CredentialsNotFound,

    /// <summary>No parameter, environment variable or endpoint specifies the region. Nothing was sent.</summary>
    RegionNotFound,

    /// <summary>The region is not valid. Nothing was sent.</summary>
    InvalidRegion,

    /// <summary>
    /// The endpoint is not a host, host:port or http(s) URL, or contradicts the region. Nothing was sent.
    /// </summary>
    InvalidEndpoint,

    /// <summary>The proxy is not an http(s) URL. Nothing was sent.</summary>
    InvalidProxy,

    /// <summary>The bucket name is not valid. Nothing was sent.</summary>
    InvalidBucketName,

    /// <summary>The requester is not a valid user ID (UID). Nothing was sent.</summary>
    InvalidRequester,

    /// <summary>The resource pool name is not valid. Nothing was sent.</summary>
    InvalidResourcePool,

    /// <summary>No limit was specified. Nothing was sent.</summary>
    LimitNotFound,

    /// <summary>The connection could not be made, or was closed.</summary>
    RequestFailed,

    /// <summary>No complete response was received in time.</summary>
    RequestTimedOut,

    /// <summary>The response is not a valid OSS response.</summary>
    InvalidResponse,

    /// <summary>The response is larger than any OSS response.</summary>
    ResponseTooLarge,

    /// <summary>The payer is neither BucketOwner nor Requester. Nothing was sent.</summary>
    InvalidPayer,

    /// <summary>A bucket and a resource pool were specified together. Nothing was sent.</summary>
    AmbiguousParameterSet,

    /// <summary>
    /// The selected source of temporary credentials returned none. The request was not sent.
    /// </summary>
    CredentialSourceFailed,
}
