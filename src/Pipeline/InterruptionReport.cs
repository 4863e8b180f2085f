using System.Collections.Generic;
using System.Threading.Tasks;
using OssPayment.Text;

namespace OssPayment.Pipeline;

/// <summary>What is known of changes when the pipeline ends early.</summary>
internal sealed class InterruptionReport
{
    private readonly NameList _confirmed = new();

    /// <summary>Adds a change that OSS confirmed and that has no output.</summary>
    internal void AddConfirmed(OssTarget target) => _confirmed.Add(target);

    /// <param name="waiting">What was started and is not written.</param>
    /// <returns>The report; null if there is nothing to report.</returns>
    internal string? Describe(IEnumerable<(WorkItem Item, Task<Outcome> Task)> waiting)
    {
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

        return _confirmed.Count + failed.Count + inDoubt.Count + notSent.Count == 0
            ? null
            : $"Interrupted. Confirmed but not reported: {_confirmed}. Failed: {failed}. "
                + $"Sent, result unknown: {inDoubt}. Not sent: {notSent}.{Advice(inDoubt)}";
    }

    private static string Advice(NameList inDoubt) => inDoubt.Count == 0
        ? ""
        : " Check these with the matching Get- cmdlet.";

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
