using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Time;

namespace OssPayment.Tests;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class ManualClock : Clock
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly object _lock = new();
    private readonly List<(TimeSpan End, TaskCompletionSource Completion)> _waiting = [];
    private readonly List<TimeSpan> _delays = [];
    private TimeSpan _elapsed = TimeSpan.FromHours(7);
    private int _readings;
    private TimeSpan _adjustment = -TimeSpan.FromHours(7);

    /// <summary>Whether each delay moves the clock to its end at once.</summary>
    internal bool SkipsDelays { get; init; }

    internal override DateTimeOffset UtcNow
    {
        get
        {
            lock (_lock)
            {
                _readings++;
                return Start + _elapsed + _adjustment;
            }
        }
    }

    internal override TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                _readings++;
                return _elapsed;
            }
        }
    }

    /// <summary>The number of times that the clock was read.</summary>
    internal int Readings => Volatile.Read(ref _readings);

    /// <summary>All delays that were waited for, in order.</summary>
    internal IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (_lock)
            {
                return [.. _delays];
            }
        }
    }

    internal override Task DelayAsync(TimeSpan delay, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _delays.Add(delay);
        }

        Task end = LimitAsync(delay, cancellation);
        Advance(SkipsDelays ? delay : TimeSpan.Zero);
        return end;
    }

    /// <remarks>It is not skipped: what is waited for comes first, unless a test moves the clock.</remarks>
    private protected override Task LimitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((_elapsed + limit, completion));
        }

        cancellation.Register(() => completion.TrySetCanceled(cancellation));
        return completion.Task;
    }

    internal void Advance(TimeSpan time)
    {
        lock (_lock)
        {
            _elapsed += time;
            foreach ((TimeSpan _, TaskCompletionSource completion) in _waiting.Where(delay => delay.End <= _elapsed))
            {
                completion.TrySetResult();
            }

            _waiting.RemoveAll(delay => delay.End <= _elapsed);
        }
    }

    /// <summary>Moves the clock by seconds until the task has ended, however late it begins to wait.</summary>
    internal Task AdvanceUntilAsync(Task task) => Patience.UntilAsync(() =>
    {
        Advance(TimeSpan.FromSeconds(1));
        return task.IsCompleted;
    });

    /// <summary>Sets the time of day, which changes no delay.</summary>
    internal void Set(DateTimeOffset time)
    {
        lock (_lock)
        {
            _adjustment = time - Start - _elapsed;
        }
    }
}
