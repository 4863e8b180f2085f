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

    private readonly object _lock = new();
    private readonly Clock _clock = clock;
    private OssCredentials? _current;
    private DateTimeOffset _renewAt;
    private Task<OssCredentials>? _renewal;

    /// <summary>Valid credentials at once if there are any, else when they have been fetched.</summary>
    /// <param name="fetch">Gets credentials from the source, with its retries.</param>
    internal Task<OssCredentials> GetAsync(Func<Task<OssCredentials>> fetch)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.UtcNow;
            bool isValid = _current?.Expiration > now;
            if (!isValid || now >= _renewAt)
            {
                _renewal ??= Task.Run(() => RenewAsync(fetch));
            }

            return isValid ? Task.FromResult(_current!) : _renewal!;
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
