using System.Threading;
using System.Threading.Tasks;
using OssPayment.Signing;

namespace OssPayment.Credentials;

/// <summary>What gives the credentials to sign the next request with.</summary>
internal interface ICredentialProvider
{
    /// <summary>
    /// Where temporary ones come from, with the variable that says so; null where the environment itself holds them.
    /// </summary>
    string? Source { get; }

    /// <summary>What stands for whoever they belong to: it stays the same while temporary ones are renewed.</summary>
    string Identity { get; }

    /// <exception cref="OssRequestException"><see cref="OssRequestError.CredentialSourceFailed"/>.</exception>
    Task<OssCredentials> GetAsync(CancellationToken cancellation);

    /// <summary>Gives up credentials that OSS no longer takes.</summary>
    /// <returns>Whether there may be others.</returns>
    bool Discard(OssCredentials credentials);
}
