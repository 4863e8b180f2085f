using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Transport;

/// <summary>Waiting that ends when it is cancelled, where what is waited for may go on.</summary>
internal static class Cancellation
{
    /// <returns>What the task gives, or its end at once when that is cancelled; the task itself is not.</returns>
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
