using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Text;

namespace OssPayment.Pipeline;

/// <summary>What is known of the changes that were under way when the pipeline was interrupted.</summary>
internal static class InterruptionReport
{
    private const int MostNames = 50;

    internal static string Of(IEnumerable<(WorkItem Item, Task<Outcome> Task)> waiting)
    {
        var confirmed = new List<string>();
        var failed = new List<string>();
        var inDoubt = new List<string>();
        var notSent = new List<string>();
        foreach ((WorkItem item, Task<Outcome> task) in waiting)
        {
            bool hasEnded = task.Status == TaskStatus.RanToCompletion;
            List<string> names = hasEnded && task.Result.Error is not null ? failed
                : !item.IsSent ? notSent
                : hasEnded ? confirmed
                : inDoubt;
            names.Add(Sanitizer.Sanitize(item.Target.ToString()!, 100));
        }

        return $"Interrupted. Confirmed but not reported: {Names(confirmed)}. Failed: {Names(failed)}. "
            + $"Sent, and perhaps done: {Names(inDoubt)}. Not sent: {Names(notSent)}.";
    }

    private static string Names(List<string> names) => names.Count == 0
        ? "none"
        : string.Join("; ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
