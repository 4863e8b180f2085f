using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Caching;
using OssPayment.Signing;
using OssPayment.Transport;

namespace OssPayment.Credentials;

/// <summary>Temporary credentials of a source, which all commands of the process share while they are valid.</summary>
internal sealed class RenewedCredentials : ICredentialProvider, IRetried<OssCredentials>
{
    private static readonly BoundedCache<string, CredentialCache> Caches = new(32);

    private readonly CredentialSource _source;
    private readonly RetryPolicy _retries;
    private readonly CredentialCache _cache;

    /// <param name="source">The source.</param>
    /// <param name="retries">When and how often a failed request to the source is repeated.</param>
    internal RenewedCredentials(CredentialSource source, RetryPolicy retries)
    {
        _source = source;
        _retries = retries;
        _cache = Caches.TryGet(source.Key, out CredentialCache cache)
            ? cache
            : Caches.GetOrAdd(source.Key, new CredentialCache(retries.Clock));
    }

    public string? Source => _source.Description;

    public string Identity => _source.Key;

    string IRetried<OssCredentials>.Endpoint => _source.Endpoint;

    RetryConditionHeaderValue? IRetried<OssCredentials>.RetryAfter => null;

    /// <remarks>Others may wait for the same renewal, so cancellation ends only the wait.</remarks>
    public Task<OssCredentials> GetAsync(CancellationToken cancellation) =>
        _cache.GetAsync(() => _retries.RunAsync(this, CancellationToken.None)).OrCancelledAsync(cancellation);

    public bool Discard(OssCredentials credentials)
    {
        _cache.Discard(credentials);
        return true;
    }

    Task<OssCredentials> IRetried<OssCredentials>.AttemptAsync(int attempt) => _source.FetchAsync(_retries.Clock);

    void IRetried<OssCredentials>.WillRetry(int attempt, TimeSpan delay)
    {
    }

    OssException IRetried<OssCredentials>.Failure(OssException e, int attempts) => new OssRequestException(
        OssRequestError.CredentialSourceFailed, $"Could not get credentials from {Source}. {e.Message}")
    {
        StatusCode = e.StatusCode,
        Attempts = attempts,
        ConcernsAll = true,
    };
}
