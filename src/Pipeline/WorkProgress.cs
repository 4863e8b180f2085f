using System;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>
/// Counts targets, and decides when to show the progress: not for short work, and not too often.
/// </summary>
internal sealed class WorkProgress(Clock clock)
{
    private const int FewTargets = 5;
    private static readonly TimeSpan ShortWork = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private TimeSpan _nextShown = clock.Elapsed + ShortWork;
    private long _started;
    private long _done;
    private long _failed;

    /// <summary>The number of targets; null if it is not known yet.</summary>
    internal long? Total { get; set; }

    /// <summary>Whether progress was shown, which the end of the work removes.</summary>
    internal bool IsShown { get; private set; }

    internal void AddStarted() => _started++;

    internal void AddDone(bool hasFailed)
    {
        _done++;
        _failed += hasFailed ? 1 : 0;
    }

    /// <summary>No more targets will start.</summary>
    internal void EndInput() => Total = _started;

    /// <returns>The progress to show now, or null.</returns>
    internal (string Status, int PercentComplete)? Next()
    {
        if (_started <= FewTargets || clock.Elapsed < _nextShown)
        {
            return null;
        }

        _nextShown = clock.Elapsed + Pause;
        IsShown = true;
        string ofTotal = Total is { } known ? $" of {known}" : "";
        return (
            $"{_done}{ofTotal} done, {_failed} failed",
            Total is > 0 and { } total ? (int)Math.Min(100, 100 * _done / total) : -1);
    }
}
