using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Commands;

/// <summary>What is known of the changes that were under way when the pipeline was interrupted.</summary>
internal static class InterruptionReport
{
    private const int MostNames = 50;

    internal static string Of(IEnumerable<(InFlight Subject, Task<Outcome> Task)> waiting)
    {
        var confirmed = new List<string>();
        var failed = new List<string>();
        var inDoubt = new List<string>();
        foreach ((InFlight inFlight, Task<Outcome> task) in waiting)
        {
            List<string> names = task.Status != TaskStatus.RanToCompletion ? inDoubt
                : task.Result.Error is null ? confirmed
                : failed;
            names.Add(Printable.Clean(inFlight.Target.ToString()!, 100));
        }

        return $"Interrupted. Confirmed but not reported: {Names(confirmed)}. Failed: {Names(failed)}. "
            + $"Sent, and perhaps done: {Names(inDoubt)}.";
    }

    private static string Names(List<string> names) => names.Count == 0
        ? "none"
        : string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
