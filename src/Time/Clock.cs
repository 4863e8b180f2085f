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

    /// <summary>Waits for a task, which continues after the wait has ended.</summary>
    /// <returns>Whether the task ended within the time.</returns>
    internal async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(task.Observed(), LimitAsync(limit, ended.Token)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        ended.Cancel();
        return task.IsCompleted;
    }

    /// <summary>The end of a wait that usually ends earlier.</summary>
    private protected virtual Task LimitAsync(TimeSpan limit, CancellationToken cancellation) =>
        Task.Delay(limit, cancellation);
}
