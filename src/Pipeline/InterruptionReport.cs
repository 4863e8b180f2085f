using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Text;

namespace OssPayment.Pipeline;

/// <summary>What is known of changes when the pipeline ends early.</summary>
/// <param name="outputBuffer">How many results the output may hold back before it passes them on.</param>
internal sealed class InterruptionReport(int outputBuffer)
{
    private readonly List<WorkItem> _held = [];
    private readonly NameList _confirmed = new();

    /// <summary>Adds a change that OSS confirmed and that has no output.</summary>
    internal void AddConfirmed(OssTarget target) => _confirmed.Add(target);

    /// <summary>Records that a result is handed to the output, which may hold it back.</summary>
    internal void BeginWrite(WorkItem item)
    {
        if (outputBuffer > 0)
        {
            _held.Add(item);
        }
    }

    /// <summary>Records that the output returned. It passes on all results once they are too many to hold.</summary>
    internal void EndWrite()
    {
        if (_held.Count > outputBuffer)
        {
            _held.Clear();
        }
    }

    /// <param name="waiting">What was started and is not written.</param>
    /// <param name="notStarted">What was to be started next.</param>
    /// <param name="mayHaveMore">Whether the pipeline may have had more input.</param>
    /// <returns>The report; null if there is nothing to report.</returns>
    internal string? Describe(
        IEnumerable<(WorkItem Item, Task<Outcome> Task)> waiting, IEnumerable<OssTarget> notStarted, bool mayHaveMore)
    {
        foreach (WorkItem item in _held.Where(item => item.IsSent))
        {
            _confirmed.Add(item.Target);
        }

        var failed = new NameList();
        var inDoubt = new NameList();
        var notSent = new NameList();
        foreach ((WorkItem item, Task<Outcome> task) in waiting)
        {
            bool hasEnded = task.Status == TaskStatus.RanToCompletion;
            if (hasEnded && task.Result.Error is null && !item.IsSent)
            {
                // There was nothing to change, or the user did not confirm the change.
                continue;
            }

            NameList names = hasEnded && task.Result.Error is not null ? failed
                : !item.IsSent ? notSent
                : hasEnded ? _confirmed
                : inDoubt;
            names.Add(item.Target);
        }

        foreach (OssTarget target in notStarted)
        {
            notSent.Add(target);
        }

        return _confirmed.Count + failed.Count + inDoubt.Count + notSent.Count == 0
            ? null
            : $"Interrupted. Confirmed but not reported: {_confirmed}. Failed: {failed}. "
                + $"Sent, result unknown: {inDoubt}. Not sent: {notSent}."
                + (mayHaveMore ? " Input that had not arrived is not listed." : "")
                + (inDoubt.Count > 0 ? " Check these with the matching Get- cmdlet." : "");
    }

    /// <summary>Names of targets, of which only the first are kept.</summary>
    private sealed class NameList
    {
        private const int Maximum = 50;

        private readonly List<string> _names = [];

        internal int Count { get; private set; }

        internal void Add(OssTarget target)
        {
            if (++Count <= Maximum)
            {
                _names.Add(Sanitizer.Sanitize(target.ToString()!, 100));
            }
        }

        public override string ToString() => Count switch
        {
            0 => "none",
            > Maximum => $"{string.Join("; ", _names)} and {Count - Maximum} more",
            _ => string.Join("; ", _names),
        };
    }
}
