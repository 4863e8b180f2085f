using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;

namespace OssPayment.Pipeline;

/// <summary>A target in the pipeline, and what its work may do before it returns a result.</summary>
internal sealed class WorkItem(
    OssTarget target,
    bool isCounted,
    Func<RequestTrace?> newTrace,
    Action wake,
    Backlog backlog,
    CancellationToken stopping)
{
    private volatile PageBuffer? _pages;
    private volatile bool _isDecided;
    private volatile bool _isSent;
    private volatile bool _hasEnded;
    private volatile bool _isAskingAgain;
    private Action? _question;

    internal OssTarget Target { get; } = target;

    /// <summary>Whether it counts as a target in what progress shows.</summary>
    internal bool IsCounted { get; } = isCounted;

    /// <summary>Cancelled when the pipeline ends early.</summary>
    internal CancellationToken Stopping { get; } = stopping;

    /// <summary>The trace of the requests; null if no trace is needed.</summary>
    internal RequestTrace? Trace { get; private set; } = newTrace();

    /// <summary>The pages that wait to be written; null for work that has none.</summary>
    internal PageBuffer? Pages => _pages;

    /// <summary>Whether bytes of a change may have left.</summary>
    internal bool IsSent => _isSent;

    /// <summary>Whether the work asks no further question, so that the next item may.</summary>
    internal bool IsDecided => _isDecided || _hasEnded;

    /// <summary>
    /// Whether the values of the last question were too old, and the work reads them again to ask again.
    /// </summary>
    internal bool IsAskingAgain => _isAskingAgain && !IsDecided;

    /// <summary>
    /// Marks the change as decided: it will be sent as soon as there are credentials and a connection.
    /// </summary>
    internal void MarkDecided()
    {
        _isDecided = true;
        wake();
    }

    /// <summary>Marks the change as sent. From here on, an interruption leaves its result unknown.</summary>
    /// <exception cref="OperationCanceledException">The pipeline ended before. Nothing may leave.</exception>
    internal void MarkSent()
    {
        _isSent = true;

        // Either the report of an interruption sees the mark, or the request sees the interruption.
        Interlocked.MemoryBarrier();
        Stopping.ThrowIfCancellationRequested();
        MarkDecided();
    }

    internal void MarkEnded() => _hasEnded = true;

    /// <summary>
    /// Asks the user, on the engine's thread, when all items before this one are decided or have ended.
    /// </summary>
    /// <param name="question">
    /// The question. It returns null if its values are too old, and the work then asks again.
    /// </param>
    internal async Task<bool?> AskAsync(Func<bool?> question)
    {
        var answer = new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration giveUp = Stopping.Register(() => answer.TrySetCanceled());
        Volatile.Write(ref _question, () => Answer(question, answer));
        _isAskingAgain = false;
        wake();
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Asks the open question, if there is one.</summary>
    internal bool TryAnswer()
    {
        Action? question = Interlocked.Exchange(ref _question, null);
        question?.Invoke();
        return question is not null;
    }

    private void Answer(Func<bool?> question, TaskCompletionSource<bool?> answer)
    {
        // After a stop there is no question.
        if (!answer.Task.IsCompleted)
        {
            bool? reply = question();
            _isAskingAgain = reply is null;
            answer.TrySetResult(reply);
        }
    }

    /// <summary>
    /// Emits a page of results before the work has ended, and waits until the next may be requested.
    /// </summary>
    internal Task WritePageAsync(object results)
    {
        PageBuffer pages = _pages ??= new PageBuffer(backlog);
        pages.Add(new Outcome(results, error: null, Trace));
        Trace = newTrace();
        wake();
        return pages.RoomAsync(Stopping);
    }
}
