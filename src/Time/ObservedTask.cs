using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Time;

/// <summary>Marks a failure as observed, because the task may continue after the last wait for it has ended.</summary>
internal static class ObservedTask
{
    /// <returns>The same task.</returns>
    internal static TTask Observed<TTask>(this TTask task)
        where TTask : Task
    {
        _ = task.ContinueWith(
            static failed => failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return task;
    }
}
