using System.Threading;
using System.Threading.Tasks;
using OssPayment.Signing;

namespace OssPayment.Credentials;

/// <summary>Provides the credentials to sign the next request with.</summary>
internal interface ICredentialProvider
{
    /// <summary>
    /// The source of temporary credentials, with the variable that selected it; null if they are in the environment.
    /// </summary>
    string? Source { get; }

    /// <summary>Identifies their owner: it stays the same when temporary credentials are renewed.</summary>
    string Identity { get; }

    /// <exception cref="OssRequestException"><see cref="OssRequestError.CredentialSourceFailed"/>.</exception>
    Task<OssCredentials> GetAsync(CancellationToken cancellation);

    /// <summary>Discards credentials that OSS no longer accepts.</summary>
    /// <returns>Whether others may be available.</returns>
    bool Discard(OssCredentials credentials);
}
