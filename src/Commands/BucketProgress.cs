using System;
using System.Diagnostics;
using System.Management.Automation;

namespace OssPayment.Commands;

/// <summary>When to show progress, and what: only of work that takes a while, and only now and then.</summary>
internal sealed class BucketProgress
{
    private const int FewBuckets = 5;
    private static readonly TimeSpan ShortWork = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private readonly string _activity;
    private TimeSpan _lastShown = TimeSpan.MinValue;

    internal BucketProgress(string activity)
    {
        _activity = activity;
    }

    /// <summary>How much there is to do; null while that is not known.</summary>
    internal long? Total { get; set; }

    /// <returns>What to show now; null for nothing.</returns>
    internal ProgressRecord? Next(long done, long started, long failures)
    {
        TimeSpan now = _sinceStart.Elapsed;
        if (started <= FewBuckets || now < ShortWork || (_lastShown != TimeSpan.MinValue && now - _lastShown < Pause))
        {
            return null;
        }

        _lastShown = now;
        string total = Total is { } known ? $" of {known}" : "";
        return new ProgressRecord(0, _activity, $"{done}{total} done, {failures} failed")
        {
            PercentComplete = Total is > 0 and { } all ? (int)Math.Min(100, 100 * done / all) : -1,
        };
    }

    /// <returns>What ends the showing; null where nothing was shown.</returns>
    internal ProgressRecord? Completed() => _lastShown == TimeSpan.MinValue
        ? null
        : new ProgressRecord(0, _activity, "done") { RecordType = ProgressRecordType.Completed };
}
