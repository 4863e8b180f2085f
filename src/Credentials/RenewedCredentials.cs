using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Caching;
using OssPayment.Signing;
using OssPayment.Time;
using OssPayment.Transport;

namespace OssPayment.Credentials;

/// <summary>Temporary credentials of a source, which all commands of the process share while they are valid.</summary>
/// <remarks>
/// All commands share one attempt to renew them, which has the limits of the source. Each command decides by its own
/// parameters whether an attempt is repeated, and how long it waits.
/// </remarks>
internal sealed class RenewedCredentials : ICredentialProvider, IRetried<OssCredentials>
{
    private static readonly BoundedCache<string, CredentialCache> Caches = new(32);

    /// <summary>Extra time in which an attempt can report its own error.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CredentialSource _source;
    private readonly TimeSpan _timeout;
    private readonly RetryPolicy _retries;
    private readonly CredentialCache _cache;
    private readonly object _lock = new();
    private Task<OssCredentials>? _attempts;
    private int _attempt;

    /// <summary>How the latest attempt of this command failed; null before that.</summary>
    private OssException? _failure;

    /// <param name="source">The source.</param>
    /// <param name="timeout">How long the command waits for credentials.</param>
    /// <param name="retries">When and how often a failed request to the source is repeated.</param>
    internal RenewedCredentials(CredentialSource source, TimeSpan timeout, RetryPolicy retries)
    {
        _source = source;
        _timeout = timeout;
        _retries = retries;
        _cache = Caches.TryGet(source.Key, out CredentialCache cache)
            ? cache
            : Caches.GetOrAdd(source.Key, new CredentialCache(retries.Clock));
    }

    public string? Source => _source.Description;

    public string Identity => _source.Key;

    string IRetried<OssCredentials>.Endpoint => _source.Endpoint;

    RetryConditionHeaderValue? IRetried<OssCredentials>.RetryAfter => null;

    private Clock Clock => _retries.Clock;

    /// <remarks>Others may wait for the same attempt, so cancellation ends only the wait and the retries.</remarks>
    public Task<OssCredentials> GetAsync(CancellationToken cancellation) =>
        _cache.Find(_source.Route, FetchAsync) is { } current
            ? Task.FromResult(current)
            : AttemptsAsync(cancellation).OrCancelledAsync(cancellation);

    public bool Discard(OssCredentials credentials)
    {
        _cache.Discard(credentials);
        return true;
    }

    async Task<OssCredentials> IRetried<OssCredentials>.AttemptAsync(int attempt)
    {
        _attempt = attempt;
        try
        {
            return await _cache.RenewAsync(_source.Route, FetchAsync).ConfigureAwait(false);
        }
        catch (OssException e)
        {
            _failure = e;
            throw;
        }
    }

    void IRetried<OssCredentials>.WillRetry(int attempt, TimeSpan delay)
    {
    }

    OssException IRetried<OssCredentials>.Failure(OssException e, int attempts) => Failure(e, attempts);

    private OssRequestException Failure(OssException e, int attempts) => new(
        OssRequestError.CredentialSourceFailed, $"Could not get credentials from {Source}. {e.Message}")
    {
        StatusCode = e.StatusCode,
        Attempts = attempts,
        ConcernsAll = true,
    };

    /// <summary>The attempts of this command, which all its requests share.</summary>
    private Task<OssCredentials> AttemptsAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_attempts?.IsCompleted != false)
            {
                _attempts = RunAsync(cancellation);
            }

            return _attempts;
        }
    }

    private async Task<OssCredentials> RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bool isOwnLimit = !_source.IsOnLocalLink || _timeout < _source.Timeout;
        TimeSpan limit = isOwnLimit ? _timeout : _source.Timeout;
        _failure = null;
        Task<OssCredentials> attempts = _retries.RunAsync(this, end.Token);
        try
        {
            if (await Clock.EndsWithinAsync(attempts, limit, cancellation).ConfigureAwait(false))
            {
                return await attempts.ConfigureAwait(false);
            }
        }
        finally
        {
            end.Cancel();
        }

        string more = isOwnLimit ? " -TimeoutSec limits the wait." : "";
        var timedOut = new OssRequestException(
            OssRequestError.RequestTimedOut,
            $"{_source.Host} did not return credentials within {limit.TotalSeconds:0.###} seconds. "
            + _source.SilenceAdvice + more);
        throw Failure(_failure ?? timedOut, _attempt);
    }

    /// <summary>One attempt, which fails with one kind of exception, and within the limit of the source.</summary>
    private async Task<OssCredentials> FetchAsync()
    {
        try
        {
            // Some steps, such as a DNS query, cannot be cancelled.
            Task<OssCredentials> fetch = _source.FetchAsync(Clock);
            return await Clock.EndsWithinAsync(fetch, _source.Timeout + Grace, CancellationToken.None)
                .ConfigureAwait(false)
                ? await fetch.ConfigureAwait(false)
                : throw new OssRequestException(
                    OssRequestError.RequestTimedOut, "It did not respond in time. Check the network.");
        }
        catch (Exception e) when (e is not OssException)
        {
            // A text of .NET may contain what the source sent.
            throw new OssRequestException(
                OssRequestError.InvalidResponse,
                $"Reading the credentials failed unexpectedly ({e.GetType().Name}). {_source.Advice}");
        }
    }
}
