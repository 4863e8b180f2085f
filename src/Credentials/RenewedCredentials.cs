using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Signing;
using OssPayment.Time;
using OssPayment.Transport;

namespace OssPayment.Credentials;

/// <summary>Temporary credentials of a source, which all commands of the process share while they are good.</summary>
internal sealed class RenewedCredentials : ICredentialProvider
{
    /// <summary>More sources than a process uses in turn. Beyond it, all are asked anew.</summary>
    private const int Capacity = 32;

    private static readonly Dictionary<string, CredentialCache> Caches = new(StringComparer.Ordinal);

    private readonly CredentialSource _source;
    private readonly RetryPolicy _retries;
    private readonly CredentialCache _cache;

    /// <param name="source">What gives them.</param>
    /// <param name="retries">When and how often the source is asked again.</param>
    internal RenewedCredentials(CredentialSource source, RetryPolicy retries)
    {
        _source = source;
        _retries = retries;
        _cache = CacheOf(source.Key, retries.Clock);
    }

    public string? Source => _source.Description;

    public string Identity => _source.Key;

    /// <remarks>The renewal is for others too: whoever stops waiting does not stop it.</remarks>
    public Task<OssCredentials> GetAsync(CancellationToken cancellation) =>
        _cache.GetAsync(FetchAsync).OrCancelledAsync(cancellation);

    public bool Discard(OssCredentials credentials)
    {
        _cache.Discard(credentials);
        return true;
    }

    private static CredentialCache CacheOf(string key, Clock clock)
    {
        lock (Caches)
        {
            if (!Caches.TryGetValue(key, out CredentialCache? cache))
            {
                if (Caches.Count >= Capacity)
                {
                    Caches.Clear();
                }

                Caches[key] = cache = new CredentialCache(clock);
            }

            return cache;
        }
    }

    private async Task<OssCredentials> FetchAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                OssCredentials credentials = await _source.FetchAsync(_retries.Clock).ConfigureAwait(false);
                _retries.Succeeded(attempt, _source.Endpoint);
                return credentials;
            }
            catch (OssRequestException e)
            {
                if (!RetryPolicy.IsTransient(e) || !_retries.AllowsAnother(e, attempt, _source.Endpoint))
                {
                    throw Failed(e, attempt);
                }
            }

            TimeSpan delay = _retries.DelayAfter(attempt, retryAfter: null);
            await _retries.Clock.DelayAsync(delay, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private OssRequestException Failed(OssRequestException e, int attempts) => new(
        OssRequestError.CredentialSourceFailed, $"There are no credentials from {_source.Description}. {e.Message}")
    {
        StatusCode = e.StatusCode,
        Attempts = attempts,
        ConcernsAll = true,
    };
}
