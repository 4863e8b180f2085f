using System;
using System.Collections.Generic;
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

    /// <summary>New callers start their own renewal after this time, because the running one may hang.</summary>
    private static readonly TimeSpan LongestShared = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly Clock _clock = clock;

    /// <summary>The running renewals, except those that began before credentials were discarded.</summary>
    private readonly List<Renewal> _running = [];

    private OssCredentials? _current;
    private DateTimeOffset _renewAt;
    private Renewal? _latest;

    /// <summary>The valid credentials, or null. Starts their renewal if it is due.</summary>
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

            // Nobody waits for it, so one at a time is enough.
            if (now >= _renewAt && _running.Count == 0)
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

            TimeSpan earliest = _clock.Elapsed - LongestShared;
            Renewal? shared = _running.FindLast(
                renewal => renewal.StartedAt > earliest && Equals(renewal.Route, route));
            return shared?.Credentials ?? Start(route, fetch);
        }
    }

    /// <summary>Removes credentials if they are still the current ones.</summary>
    internal void Discard(OssCredentials credentials)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_current, credentials))
            {
                _current = null;
                _running.Clear();
            }
        }
    }

    private Task<OssCredentials> Start(object? route, Func<Task<OssCredentials>> fetch)
    {
        var renewal = new Renewal(route, _clock.Elapsed);
        renewal.Credentials = Task.Run(() => RunAsync(fetch, renewal)).Observed();
        _latest = renewal;
        _running.Add(renewal);
        return renewal.Credentials;
    }

    private async Task<OssCredentials> RunAsync(Func<Task<OssCredentials>> fetch, Renewal renewal)
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
                if (_running.Remove(renewal) && (isNewer || renewal == _latest))
                {
                    _renewAt = isNewer ? RenewalOf(fetched!.Expiration!.Value, now) : now + Pause;
                    _current = fetched ?? _current;
                }
            }
        }
    }

    private static DateTimeOffset RenewalOf(DateTimeOffset expiration, DateTimeOffset now)
    {
        TimeSpan half = TimeSpan.FromTicks((expiration - now).Ticks / 2);
        return half < Margin ? now + half : expiration - Margin;
    }

    private sealed class Renewal(object? route, TimeSpan startedAt)
    {
        internal object? Route { get; } = route;

        internal TimeSpan StartedAt { get; } = startedAt;

        internal Task<OssCredentials>? Credentials { get; set; }
    }
}
