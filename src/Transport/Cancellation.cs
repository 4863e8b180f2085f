using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Transport;

/// <summary>Ends a wait when it is cancelled. The task that is waited for continues.</summary>
internal static class Cancellation
{
    /// <returns>The result of the task, or a cancellation at once, which does not cancel the task itself.</returns>
    internal static Task<TResult> OrCancelledAsync<TResult>(this Task<TResult> task, CancellationToken cancellation) =>
        task.IsCompleted ? task : FirstAsync(task, cancellation);

    private static async Task<TResult> FirstAsync<TResult>(Task<TResult> task, CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellation.Register(
            static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), cancelled);
        await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return await task.ConfigureAwait(false);
    }
}
