using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Commands;

/// <summary>Questions that work beside the pipeline has for the user, answered on the pipeline's thread.</summary>
internal sealed class PipelineQuestions
{
    private readonly ConcurrentQueue<(Func<bool> Question, TaskCompletionSource<bool> Answer)> _open = new();

    /// <summary>Asks once the pipeline's thread comes by; whoever calls makes it come.</summary>
    internal async Task<bool> AskAsync(Func<bool> question, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration giveUp = cancellation.Register(() => answer.TrySetCanceled());
        _open.Enqueue((question, answer));
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Answers one question, if there is one. Called on the pipeline's thread.</summary>
    internal bool TryAnswer()
    {
        if (!_open.TryDequeue(out (Func<bool> Question, TaskCompletionSource<bool> Answer) open))
        {
            return false;
        }

        open.Answer.TrySetResult(open.Question());
        return true;
    }
}
