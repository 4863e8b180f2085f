using System;
using System.Threading.Tasks;
using OssPayment.Signing;
using OssPayment.Time;

namespace OssPayment.Credentials;

/// <summary>The credentials of one source, renewed before they expire. One renewal is for all that wait.</summary>
internal sealed class CredentialCache
{
    /// <summary>How long before they expire credentials are renewed, if they last twice as long.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>How long a renewal in the background that failed, or gave nothing newer, waits for the next.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly Clock _clock;
    private OssCredentials? _current;
    private DateTimeOffset _renewAt;
    private Task<OssCredentials>? _renewal;

    internal CredentialCache(Clock clock)
    {
        _clock = clock;
    }

    /// <summary>Gives good credentials at once, and others when they have come.</summary>
    /// <param name="fetch">Asks the source, with its retries.</param>
    internal Task<OssCredentials> GetAsync(Func<Task<OssCredentials>> fetch)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.UtcNow;
            bool isGood = _current?.Expiration > now;
            if (!isGood || now >= _renewAt)
            {
                _renewal ??= Task.Run(() => RenewAsync(fetch));
            }

            return isGood ? Task.FromResult(_current!) : _renewal!;
        }
    }

    /// <summary>Forgets credentials, if they are still the ones that it gives.</summary>
    internal void Discard(OssCredentials credentials)
    {
        lock (_lock)
        {
            _current = ReferenceEquals(_current, credentials) ? null : _current;
        }
    }

    private async Task<OssCredentials> RenewAsync(Func<Task<OssCredentials>> fetch)
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
                _renewAt = isNewer ? RenewalOf(fetched!.Expiration!.Value, now) : now + Pause;
                _current = fetched ?? _current;
                _renewal = null;
            }
        }
    }

    private static DateTimeOffset RenewalOf(DateTimeOffset expiration, DateTimeOffset now)
    {
        TimeSpan half = TimeSpan.FromTicks((expiration - now).Ticks / 2);
        return half < Margin ? now + half : expiration - Margin;
    }
}
