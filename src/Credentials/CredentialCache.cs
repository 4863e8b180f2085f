using System;
using System.Threading.Tasks;
using OssPayment.Signing;
using OssPayment.Time;

namespace OssPayment.Credentials;

/// <summary>The credentials of one source, renewed before they expire. All that wait share one renewal.</summary>
internal sealed class CredentialCache(Clock clock)
{
    /// <summary>How long before their expiration credentials are renewed, if they last twice as long.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>The pause after a background renewal that failed or returned nothing newer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After this, a renewal is no longer waited for by others than those that wait already: it may hang.
    /// </summary>
    private static readonly TimeSpan LongestShared = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly Clock _clock = clock;
    private OssCredentials? _current;
    private DateTimeOffset _renewAt;
    private Task<OssCredentials>? _renewal;
    private object? _route;
    private TimeSpan _startedAt;

    /// <summary>The number of the latest renewal: an older one does not end it.</summary>
    private int _number;

    /// <summary>The valid credentials, whose renewal is started if it is due; null if there are none.</summary>
    /// <param name="route">How the source is reached: only renewals on the same way are shared.</param>
    /// <param name="fetch">Gets credentials from the source, with one attempt that ends within a time.</param>
    internal OssCredentials? Find(object? route, Func<Task<OssCredentials>> fetch)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.UtcNow;
            if (!(_current?.Expiration > now))
            {
                return null;
            }

            if (now >= _renewAt)
            {
                Start(route, fetch);
            }

            return _current;
        }
    }

    /// <summary>Valid credentials, or the result of the renewal that is running or now started.</summary>
    /// <param name="route">How the source is reached: only renewals on the same way are shared.</param>
    /// <param name="fetch">Gets credentials from the source, with one attempt that ends within a time.</param>
    internal Task<OssCredentials> RenewAsync(object? route, Func<Task<OssCredentials>> fetch)
    {
        lock (_lock)
        {
            if (_current?.Expiration > _clock.UtcNow)
            {
                return Task.FromResult(_current);
            }

            if (_clock.Elapsed - _startedAt >= LongestShared)
            {
                _renewal = null;
            }

            return Start(route, fetch);
        }
    }

    /// <summary>Removes credentials if they are still the current ones.</summary>
    internal void Discard(OssCredentials credentials)
    {
        lock (_lock)
        {
            _current = ReferenceEquals(_current, credentials) ? null : _current;
        }
    }

    private Task<OssCredentials> Start(object? route, Func<Task<OssCredentials>> fetch)
    {
        if (_renewal is null || !Equals(_route, route))
        {
            int number = ++_number;
            _route = route;
            _startedAt = _clock.Elapsed;
            _renewal = Task.Run(() => RunAsync(fetch, number));
        }

        return _renewal;
    }

    private async Task<OssCredentials> RunAsync(Func<Task<OssCredentials>> fetch, int number)
    {
        OssCredentials? fetched = null;
        try
        {
            fetched = await fetch().ConfigureAwait(false);
            return fetched;
        }
        finally
        {
            lock (_lock)
            {
                DateTimeOffset now = _clock.UtcNow;
                bool isNewer = fetched is not null && !(fetched.Expiration <= _current?.Expiration);
                if (fetched is not null || number == _number)
                {
                    _renewAt = isNewer ? RenewalOf(fetched!.Expiration!.Value, now) : now + Pause;
                }

                _current = fetched ?? _current;
                _renewal = number == _number ? null : _renewal;
            }
        }
    }

    private static DateTimeOffset RenewalOf(DateTimeOffset expiration, DateTimeOffset now)
    {
        TimeSpan half = TimeSpan.FromTicks((expiration - now).Ticks / 2);
        return half < Margin ? now + half : expiration - Margin;
    }
}
