using System;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>
/// Counts targets, and says when to show how far the work is: when it takes a while, and only now and then.
/// </summary>
internal sealed class WorkProgress
{
    private const int FewTargets = 5;
    private static readonly TimeSpan ShortWork = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly Clock _clock;
    private TimeSpan _nextShown;
    private long _started;
    private long _done;
    private long _failed;

    internal WorkProgress(Clock clock)
    {
        _clock = clock;
        _nextShown = clock.Elapsed + ShortWork;
    }

    /// <summary>How many targets there are; null while that is not known.</summary>
    internal long? Total { get; set; }

    /// <summary>Whether anything was shown, which the end of the work then takes away.</summary>
    internal bool IsShown { get; private set; }

    internal void AddStarted() => _started++;

    internal void AddDone(bool hasFailed)
    {
        _done++;
        _failed += hasFailed ? 1 : 0;
    }

    /// <summary>All that was started is all there is.</summary>
    internal void EndInput() => Total = _started;

    /// <returns>What to show now; null for nothing.</returns>
    internal ProgressReport? Next()
    {
        if (_started <= FewTargets || _clock.Elapsed < _nextShown)
        {
            return null;
        }

        _nextShown = _clock.Elapsed + Pause;
        IsShown = true;
        string ofTotal = Total is { } known ? $" of {known}" : "";
        return new ProgressReport(
            $"{_done}{ofTotal} done, {_failed} failed",
            Total is > 0 and { } total ? (int)Math.Min(100, 100 * _done / total) : -1);
    }
}
