namespace OssPayment;

/// <summary>Why a request was not sent, or why nothing usable came back.</summary>
/// <remarks>The names are the first part of the error's <c>FullyQualifiedErrorId</c>.</remarks>
public enum OssRequestError
{
    /// <summary>The environment holds no usable credentials. Nothing was sent.</summary>
    CredentialsNotFound,

    /// <summary>Neither a parameter, the environment nor the endpoint names the region. Nothing was sent.</summary>
    RegionNotFound,

    /// <summary>The region is none that OSS could have. Nothing was sent.</summary>
    InvalidRegion,

    /// <summary>
    /// The endpoint is not a host, host:port or http(s) URL, or contradicts the region. Nothing was sent.
    /// </summary>
    InvalidEndpoint,

    /// <summary>The proxy is not an http(s) URL. Nothing was sent.</summary>
    InvalidProxy,

    /// <summary>The bucket's name is none that OSS could have. Nothing was sent.</summary>
    InvalidBucketName,

    /// <summary>The requester is no account id. Nothing was sent.</summary>
    InvalidRequester,

    /// <summary>The resource pool's name is none that OSS could have. Nothing was sent.</summary>
    InvalidResourcePool,

    /// <summary>No limit was named that could be set. Nothing was sent.</summary>
    LimitNotFound,

    /// <summary>The connection could not be made, or broke.</summary>
    RequestFailed,

    /// <summary>No whole answer came in time.</summary>
    RequestTimedOut,

    /// <summary>The answer is not one that OSS would give.</summary>
    InvalidResponse,

    /// <summary>The answer is larger than any that OSS would give.</summary>
    ResponseTooLarge,

    /// <summary>What was given as the payer is neither BucketOwner nor Requester. Nothing was sent.</summary>
    InvalidPayer,

    /// <summary>A bucket and a resource pool were specified together. Nothing was sent.</summary>
    AmbiguousParameterSet,

    /// <summary>
    /// The source of temporary credentials that an environment variable chose gave none. The request was not sent.
    /// </summary>
    CredentialSourceFailed,
}
