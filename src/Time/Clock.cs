using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Time;

/// <summary>Reads the time and waits: by the system's clock, or by that of a test.</summary>
internal class Clock
{
    internal static readonly Clock System = new();

    private protected Clock()
    {
    }

    /// <summary>The time of day, which may be set back or forward.</summary>
    internal virtual DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <summary>The time since a fixed moment, which only goes forward.</summary>
    internal virtual TimeSpan Elapsed => TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency);

    internal virtual Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => Task.Delay(delay, cancellation);
}
