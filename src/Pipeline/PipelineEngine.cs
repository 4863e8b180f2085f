using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>
/// Runs work on targets in parallel and writes the results in the order of the input, on the calling thread:
/// results, errors, traces, questions to the user and progress.
/// </summary>
/// <remarks>One thread starts work and completes. Any thread may call <see cref="Stop"/>.</remarks>
/// <param name="output">Receives the output.</param>
/// <param name="throttleLimit">The maximum number of parallel work items.</param>
/// <param name="isChanging">
/// Whether the work changes its targets. Then work on the same target runs in the order of the input, work may ask
/// questions, and an interruption has something to report.
/// </param>
/// <param name="newTrace">Creates the trace of a target; null if no trace is needed.</param>
/// <param name="clock">The time that decides when progress is shown.</param>
/// <param name="outputBuffer">How many results the output may hold back before it passes them on.</param>
internal sealed class PipelineEngine(
    IPipelineOutput output,
    int throttleLimit,
    bool isChanging,
    Func<RequestTrace?> newTrace,
    Clock clock,
    int outputBuffer = 0) : IDisposable
{
    /// <summary>
    /// The number of reads that are prepared beyond the limit, so that a free slot need not wait for the pipeline.
    /// </summary>
    private const int Ahead = 4;

    /// <summary>The longest time without an update of the progress.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly KeyedSequencer _sequencer = new();
    private readonly Queue<WorkItem> _undecided = new();
    private readonly WorkProgress _progress = new(clock);
    private readonly Backlog _backlog = new();
    private readonly InterruptionReport _report = new(isChanging ? outputBuffer : 0);

    /// <remarks>Changes are not started beyond the limit: a confirmed change should be sent at once.</remarks>
    private readonly OrderedTasks<WorkItem, Outcome> _tasks = new(throttleLimit, isChanging ? 0 : Ahead);

    private bool _hasAllInput;
    private bool _isCompleted;
    private bool _isReported;
    private long _written;

    /// <summary>Whether the work changes its targets.</summary>
    internal bool IsChanging { get; } = isChanging;

    /// <summary>Whether it was stopped.</summary>
    internal bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>The number of work items that were started, and of failures and traces.</summary>
    internal long Started { get; private set; }

    /// <summary>
    /// The number of targets, if it is known before all of them are started. Only progress uses it.
    /// </summary>
    internal long? ExpectedTargets
    {
        set => _progress.Total = value;
    }

    /// <summary>Starts work on a target as soon as there is room, and writes what is ready meanwhile.</summary>
    /// <param name="target">What the work is about.</param>
    /// <param name="work">
    /// Returns what goes down the pipeline: an object, an array (with a <see cref="Failure"/> for each part that
    /// failed), or null for nothing.
    /// </param>
    internal void Start(OssTarget target, Func<WorkItem, Task<object?>> work)
    {
        WorkItem item = NewItem(target);
        Task before = Task.CompletedTask;
        TaskCompletionSource<bool>? end = null;
        if (IsChanging)
        {
            // Changes of one target are made one after the other, so that what the first changes the second reads.
            end = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            before = _sequencer.Queue(target.ToString()!, end.Task);
            _undecided.Enqueue(item);
        }

        WaitForRoom();
        _tasks.Start(item, () => RunAsync(item, work, before, end));
        CountAndWrite(item);
    }

    /// <summary>
    /// Writes a failure in its turn: of a target whose work could not start, or of a listing.
    /// </summary>
    internal void Fail(OssTarget target, Exception error)
    {
        WorkItem item = NewItem(target, isCounted: !target.IsListing);
        Add(item, new Outcome(result: null, error, trace: null));
    }

    /// <summary>Waits for work whose result the calling thread needs, and writes what is ready meanwhile.</summary>
    internal TResult Wait<TResult>(OssTarget target, Func<WorkItem, Task<TResult>> work)
    {
        while (!_tasks.HasFreeSlot)
        {
            WriteOrWait();
        }

        WorkItem item = NewItem(target, isCounted: false);
        Task<TResult> task = Task.Run(() => work(item), _stop.Token);
        _tasks.WakeAfter(task);
        while (!task.IsCompleted)
        {
            WriteOrWait();
        }

        if (item.Trace is not null)
        {
            Add(item, new Outcome(result: null, error: null, item.Trace));
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Writes results until that number of started items is written.</summary>
    internal void WriteUntil(long count)
    {
        while (_written < count && !_tasks.IsEmpty)
        {
            WriteOrWait();
        }
    }

    /// <summary>Waits for all work and writes the results.</summary>
    internal void Complete()
    {
        _progress.EndInput();
        _hasAllInput = true;
        WriteUntil(Started);
        _isCompleted = true;
        if (_progress.IsShown)
        {
            output.EndProgress();
        }
    }

    /// <summary>
    /// Aborts all work. The caller of the engine gets an <see cref="OperationCanceledException"/>.
    /// </summary>
    internal void Stop() => _stop.Cancel();

    /// <summary>
    /// Stops, and describes the changes that were not reported yet: confirmed, failed, unknown or not sent.
    /// </summary>
    /// <param name="notStarted">What was to be started next.</param>
    /// <param name="isPiped">Whether more input may come until <see cref="Complete"/>.</param>
    /// <returns>The report; null without such changes, if all is completed, and the second time.</returns>
    internal string? Abandon(IEnumerable<OssTarget> notStarted, bool isPiped)
    {
        Stop();
        if (!IsChanging || _isReported || _isCompleted || Started == 0)
        {
            return null;
        }

        _isReported = true;
        return _report.Describe(_tasks.Waiting, notStarted, mayHaveMore: isPiped && !_hasAllInput);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private WorkItem NewItem(OssTarget target, bool isCounted = true) =>
        new(target, isCounted, newTrace, _tasks.Wake, _backlog, _stop.Token);

    private async Task<Outcome> RunAsync(
        WorkItem item, Func<WorkItem, Task<object?>> work, Task before, TaskCompletionSource<bool>? end)
    {
        Outcome outcome;
        try
        {
            await before.ConfigureAwait(false);
            item.Stopping.ThrowIfCancellationRequested();
            object? result = await work(item).ConfigureAwait(false);
            outcome = new Outcome(result, error: null, item.Trace);
        }
        catch (Exception e) when (e is OssException || !item.Stopping.IsCancellationRequested)
        {
            outcome = new Outcome(result: null, e, item.Trace);
        }
        finally
        {
            item.MarkEnded();
            end?.SetResult(true);
        }

        _backlog.Add(outcome);
        return outcome;
    }

    /// <summary>Adds a known result. It is written at once if all work before it has ended.</summary>
    private void Add(WorkItem item, Outcome outcome)
    {
        WaitForRoom();
        _backlog.Add(outcome);
        _tasks.Add(item, outcome);
        CountAndWrite(item);
    }

    private void WaitForRoom()
    {
        while (!_tasks.HasRoom || _backlog.IsFull)
        {
            WriteOrWait();
        }
    }

    private void CountAndWrite(WorkItem item)
    {
        Started++;
        if (item.IsCounted)
        {
            _progress.AddStarted();
        }

        while (TryWrite())
        {
        }

        // The next record may take long, and the values would be too old again.
        while (_undecided.Count > 0 && _undecided.Peek().IsAskingAgain)
        {
            WriteOrWait();
        }
    }

    private void WriteOrWait()
    {
        if (!TryWrite())
        {
            _tasks.WaitForOne(LongestWait, _stop.Token);
        }

        if (_progress.Next() is { } progress)
        {
            output.ShowProgress(progress.Status, progress.PercentComplete);
        }
    }

    /// <summary>Asks a question, or writes what is next in order, if either is there.</summary>
    private bool TryWrite() => TryAsk() || TryWriteNext();

    /// <summary>
    /// Only the first item that is neither decided nor ended may ask, so that questions keep the input's order.
    /// </summary>
    private bool TryAsk()
    {
        while (_undecided.Count > 0 && _undecided.Peek().IsDecided)
        {
            _undecided.Dequeue();
        }

        return _undecided.Count > 0 && _undecided.Peek().TryAnswer();
    }

    private bool TryWriteNext()
    {
        if (_tasks.Head is not { } head)
        {
            return false;
        }

        bool hasEnded = _tasks.TryPeek(out Outcome last);

        // Pages come before the last result, even if the work has already ended.
        if (head.Pages is { } pages && pages.TryPeek(out Outcome page))
        {
            WriteTrace(page);
            pages.Remove();
            WriteResults(page.Result!);
            return true;
        }

        if (!hasEnded)
        {
            return false;
        }

        // Removed after its trace and before its result is written, so that an output that throws does not make it
        // reported twice or never.
        WriteTrace(last);
        _tasks.Remove();
        _backlog.Remove(last);
        _written++;
        if (head.IsCounted)
        {
            _progress.AddDone(last.Error is not null);
        }

        Write(head, last);
        return true;
    }

    /// <summary>
    /// Lets the changes end that were sent or are about to be, so that an error which ends the pipeline leaves none in
    /// doubt.
    /// </summary>
    private void WaitForDecided()
    {
        while (_tasks.Waiting.Any(waiting => waiting.Subject.IsDecided && !waiting.Task.IsCompleted))
        {
            _tasks.WaitForOne(LongestWait, _stop.Token);
        }
    }

    private void WriteTrace(Outcome outcome)
    {
        if (outcome.Trace is { } trace)
        {
            foreach ((bool isDebug, string text) in trace.Messages)
            {
                output.WriteTrace(isDebug, text);
            }
        }
    }

    private void Write(WorkItem item, Outcome outcome)
    {
        if (outcome.Error is not null)
        {
            if (outcome.Error is OssException { ConcernsAll: true })
            {
                WaitForDecided();
            }

            output.WriteError(item.Target, outcome.Error);
        }
        else if (outcome.Result is not null)
        {
            _report.BeginWrite(item);
            WriteResults(outcome.Result);
            _report.EndWrite();
        }
        else if (item.IsSent)
        {
            _report.AddConfirmed(item.Target);
        }
    }

    private void WriteResults(object results)
    {
        foreach (object result in results as object[] ?? [results])
        {
            if (result is Failure failure)
            {
                output.WriteError(failure.Target, failure.Error);
            }
            else
            {
                output.WriteResult(result);
            }
        }
    }
}
