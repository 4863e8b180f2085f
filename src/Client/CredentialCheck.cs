using System;
using System.Threading.Tasks;

namespace OssPayment.Client;

/// <summary>Stops sending once OSS has refused the credentials: they do not fail for each bucket.</summary>
/// <remarks>
/// Until a request has succeeded, a refusal may concern all requests: no further request is sent, and those that were
/// already sent may finish. If one of them succeeds, the refusal concerned only its own request, and the others are
/// sent. If none does, all others fail with the same refusal and are not sent.
/// </remarks>
internal sealed class CredentialCheck
{
    private static readonly Task<OssServiceException?> NoRefusal = Task.FromResult<OssServiceException?>(null);

    private readonly object _lock = new();
    private volatile bool _hasSucceeded;
    private int _running;
    private OssServiceException? _firstRefusal;

    /// <summary>
    /// The refusal that concerns all requests, or null if it does not; created with the first refusal.
    /// </summary>
    private TaskCompletionSource<OssServiceException?>? _decision;

    /// <summary>Whether a request has succeeded. Then nothing needs a check any more.</summary>
    internal bool HasSucceeded => _hasSucceeded;

    /// <param name="send">Sends a request, with its retries.</param>
    /// <exception cref="OssServiceException">
    /// OSS refused. Each caller gets an exception of its own; <see cref="OssException.ConcernsAll"/> is set on it.
    /// </exception>
    internal async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> send)
    {
        if (await StartAsync().ConfigureAwait(false) is { } refusal)
        {
            throw new OssServiceException(refusal) { ConcernsAll = true };
        }

        try
        {
            TResult result = await send().ConfigureAwait(false);
            _ = FinishAsync(hasSucceeded: true);
            return result;
        }
        catch (OssServiceException e) when (e.RefusesCredentials)
        {
            bool concernsAll = await FinishAsync(hasSucceeded: false, e).ConfigureAwait(false) is not null;
            throw new OssServiceException(e) { ConcernsAll = concernsAll };
        }
        catch (Exception e)
        {
            _ = FinishAsync(hasSucceeded: e is OssServiceException { IsAboutBucket: true });
            throw;
        }
    }

    /// <remarks>The wait ends when all running requests have ended. Cancellation ends those, too.</remarks>
    private Task<OssServiceException?> StartAsync()
    {
        lock (_lock)
        {
            if (_decision is { Task: { IsCompleted: false } or { Result: not null } } undecided)
            {
                return WaitAsync(undecided.Task);
            }

            _running++;
            return NoRefusal;
        }
    }

    private async Task<OssServiceException?> WaitAsync(Task<OssServiceException?> decision) =>
        await decision.ConfigureAwait(false) ?? await StartAsync().ConfigureAwait(false);

    /// <returns>Whether the first refusal concerns all; it completes when all running requests have ended.</returns>
    private Task<OssServiceException?> FinishAsync(bool hasSucceeded, OssServiceException? refusal = null)
    {
        lock (_lock)
        {
            _running--;
            _hasSucceeded |= hasSucceeded;
            if (_hasSucceeded)
            {
                _decision?.TrySetResult(null);
                return NoRefusal;
            }

            if (refusal is not null && _decision is null)
            {
                _firstRefusal = refusal;
                _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (_running == 0)
            {
                _decision?.TrySetResult(_firstRefusal);
            }

            return _decision?.Task ?? NoRefusal;
        }
    }
}
