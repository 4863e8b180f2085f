using System;
using System.Threading.Tasks;

namespace OssPayment.Client;

/// <summary>Makes credentials that OSS refuses fail once, and not for each bucket anew.</summary>
/// <remarks>
/// Until something has succeeded, a refusal is suspected to concern all requests: nothing more is sent, and what is
/// under way may end. If some of that succeeds, the refusal was about its own request after all, and the others go on.
/// If none of it does, whatever follows fails with the refusal and is not sent.
/// </remarks>
internal sealed class CredentialCheck
{
    private static readonly Task<OssServiceException?> NoRefusal = Task.FromResult<OssServiceException?>(null);

    private readonly object _lock = new();
    private bool _hasSucceeded;
    private int _underWay;
    private OssServiceException? _suspect;

    /// <summary>
    /// Gives the refusal that concerns all, or null for none; there is one as soon as there is a suspect.
    /// </summary>
    private TaskCompletionSource<OssServiceException?>? _verdict;

    /// <param name="send">Sends a request, with its retries.</param>
    /// <exception cref="OssServiceException">
    /// OSS refused; <see cref="OssException.ConcernsAll"/> is set.
    /// </exception>
    internal async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> send)
    {
        if (await EnterAsync().ConfigureAwait(false) is { } refusal)
        {
            throw refusal;
        }

        try
        {
            TResult result = await send().ConfigureAwait(false);
            _ = Leave(hasSucceeded: true, suspect: null);
            return result;
        }
        catch (OssServiceException e) when (e.RefusesCredentials)
        {
            e.ConcernsAll = await Leave(hasSucceeded: false, e).ConfigureAwait(false) is not null;
            throw;
        }
        catch (OssServiceException e) when (e.IsAboutBucket)
        {
            _ = Leave(hasSucceeded: true, suspect: null);
            throw;
        }
        catch
        {
            _ = Leave(hasSucceeded: false, suspect: null);
            throw;
        }
    }

    /// <remarks>Whoever waits here is let go when what is under way has ended, and cancelling ends that too.</remarks>
    private Task<OssServiceException?> EnterAsync()
    {
        lock (_lock)
        {
            if (_verdict is { Task: { IsCompleted: false } or { Result: not null } } undecided)
            {
                return WaitAsync(undecided.Task);
            }

            _underWay++;
            return NoRefusal;
        }
    }

    private async Task<OssServiceException?> WaitAsync(Task<OssServiceException?> verdict) =>
        await verdict.ConfigureAwait(false) ?? await EnterAsync().ConfigureAwait(false);

    /// <returns>The verdict on a suspect; it comes when what is under way has ended.</returns>
    private Task<OssServiceException?> Leave(bool hasSucceeded, OssServiceException? suspect)
    {
        lock (_lock)
        {
            _underWay--;
            _hasSucceeded |= hasSucceeded;
            if (_hasSucceeded)
            {
                _verdict?.TrySetResult(null);
                return NoRefusal;
            }

            if (suspect is not null && _verdict is null)
            {
                _suspect = suspect;
                _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (_verdict is null)
            {
                return NoRefusal;
            }

            if (_underWay == 0)
            {
                _suspect!.ConcernsAll = true;
                _verdict.TrySetResult(_suspect);
            }

            return _verdict.Task;
        }
    }
}
