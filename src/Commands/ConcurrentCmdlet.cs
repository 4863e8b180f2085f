using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>Requests side by side under a pipeline: order, streams, questions, progress and interruption.</summary>
/// <remarks>All streams, and the user, are spoken to on the pipeline's thread alone.</remarks>
public abstract class ConcurrentCmdlet : PSCmdlet, IDisposable
{
    /// <summary>How long progress may stand still.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    /// <summary>How many requests are made ready beyond the limit, so that a free slot need not wait for the pipeline.</summary>
    private const int Ahead = 4;

    /// <summary>How old may be what a question is asked about, when the answer is acted on.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineQuestions _questions = new();
    private readonly TurnsByKey _turnsByTarget = new();
    private OrderedTasks<InFlight, Outcome>? _tasks;
    private BucketProgress? _progress;
    private Task _lastTurn = Task.CompletedTask;
    private bool _isVerbose;
    private bool _isDebug;
    private long _written;
    private long _failures;

    /// <summary>How many requests are under way at once: 1 to 256. Default: 16.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Ends what is still under way.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is still under way.</summary>
    /// <param name="disposing">Whether this is a call of <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    /// <summary>Makes ready for the first record.</summary>
    protected override void BeginProcessing()
    {
        // Changes are not taken on ahead: one that was agreed to is under way as soon as it has left this thread.
        _tasks = new OrderedTasks<InFlight, Outcome>(ThrottleLimit, ChangesBuckets ? 0 : Ahead);
        _progress = new BucketProgress(MyInvocation.MyCommand.Name);
        _isVerbose = IsOn("Verbose");
        _isDebug = IsOn("Debug");
    }

    /// <summary>Starts the work on the present record.</summary>
    protected sealed override void ProcessRecord() => StopOnFailure(ProcessInput);

    /// <summary>Waits for what is under way, and writes it.</summary>
    protected sealed override void EndProcessing() => StopOnFailure(() =>
    {
        _progress!.Total = Started;
        WriteUntil(Started);
        if (_progress.Completed() is { } completed)
        {
            WriteProgress(completed);
        }
    });

    /// <summary>Aborts what is under way at once.</summary>
    protected sealed override void StopProcessing() => _stop.Cancel();

    private protected abstract void ProcessInput();

    /// <summary>Whatever ends the pipeline early (Select-Object -First, a throw, an error that stops) ends the requests too.</summary>
    private void StopOnFailure(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            TellInterrupted();
            throw new PipelineStoppedException();
        }
        catch
        {
            _stop.Cancel();
            TellInterrupted();
            throw;
        }
    }

    /// <summary>Whether the cmdlet changes something, so that an interruption leaves a question open.</summary>
    private protected virtual bool ChangesBuckets => false;

    /// <summary>How many buckets were started so far.</summary>
    private protected long Started { get; private set; }

    /// <summary>Notes how much there is to do, where that is known before all of it is started.</summary>
    private protected void ExpectOnly(long? total) => _progress!.Total = total;

    private protected RequestTrace? NewTrace() => _isVerbose || _isDebug ? new RequestTrace(_isDebug) : null;

    private protected void WriteFailure(OssTarget target, Exception exception) =>
        Start(new Outcome(target, trace: null, result: null, exception));

    /// <summary>Tells what happened, in its turn.</summary>
    private protected void Tell(OssTarget target, RequestTrace? trace)
    {
        if (trace is not null)
        {
            Start(new Outcome(target, trace, result: null, error: null));
        }
    }

    /// <summary>Starts work on a target as soon as there is room, and writes what is ready meanwhile.</summary>
    /// <param name="target">What the work is about.</param>
    /// <param name="work">Gives what goes down the pipeline; null for nothing.</param>
    private protected void Start(OssTarget target, Func<RequestTrace?, CancellationToken, Task<object?>> work)
    {
        var inFlight = new InFlight(target);
        StartInTurn(inFlight, (trace, cancellation) =>
        {
            inFlight.IsSent = true;
            return work(trace, cancellation);
        });
    }

    /// <summary>Starts a listing, whose pages go down the pipeline as they come.</summary>
    /// <param name="target">What the listing is about.</param>
    /// <param name="nextPage">Gives a page's results, and whether it was the last.</param>
    private protected void StartPages(
        OssTarget target, Func<RequestTrace?, CancellationToken, Task<(object Results, bool IsLast)>> nextPage)
    {
        var pages = new EarlyPages();
        var inFlight = new InFlight(target, pages);
        CancellationToken stop = _stop.Token;
        Start(inFlight, async () =>
        {
            while (true)
            {
                RequestTrace? trace = NewTrace();
                try
                {
                    (object results, bool isLast) = await nextPage(trace, stop).ConfigureAwait(false);
                    var page = new Outcome(target, trace, results, error: null);
                    if (isLast)
                    {
                        return page;
                    }

                    pages.Add(page);
                    _tasks!.Wake();
                    await pages.RoomAsync(stop).ConfigureAwait(false);
                }
                catch (Exception e) when (IsFailure(e))
                {
                    return new Outcome(target, trace, result: null, e);
                }
            }
        });
    }

    /// <summary>Starts work that has a question for the user in between; the questions come in the order of the input.</summary>
    /// <remarks>
    /// Side by side, each finds out what its question needs to know. What is acted on is never older than a moment:
    /// where another change, or the user, took their time, it is found out again, and asked again where it has changed.
    /// </remarks>
    /// <param name="target">What the work is about.</param>
    /// <param name="prepare">Finds out what the question needs to know.</param>
    /// <param name="isConfirmed">The question, asked on the pipeline's thread.</param>
    /// <param name="work">What is done after a yes; gives what goes down the pipeline.</param>
    private protected void StartAfterQuestion<TKnown>(
        OssTarget target,
        Func<RequestTrace?, CancellationToken, Task<TKnown>> prepare,
        Func<TKnown, bool> isConfirmed,
        Func<TKnown, RequestTrace?, CancellationToken, Task<object?>> work)
        where TKnown : notnull
    {
        Task turnBefore = _lastTurn;
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _lastTurn = turn.Task;
        var inFlight = new InFlight(target);
        StartInTurn(inFlight, async (trace, cancellation) =>
        {
            TKnown known;
            try
            {
                known = await prepare(trace, cancellation).ConfigureAwait(false);
                var age = Stopwatch.StartNew();
                await turnBefore.ConfigureAwait(false);
                for (bool isAgreed = false; !isAgreed || age.Elapsed > Stale;)
                {
                    if (age.Elapsed > Stale)
                    {
                        TKnown present = await prepare(trace, cancellation).ConfigureAwait(false);
                        age.Restart();
                        isAgreed = isAgreed && present.Equals(known);
                        known = present;
                    }

                    if (!isAgreed)
                    {
                        TKnown asked = known;
                        Task<bool> answer = _questions.AskAsync(() => isConfirmed(asked), cancellation);
                        _tasks!.Wake();
                        if (!await answer.ConfigureAwait(false))
                        {
                            return null;
                        }

                        isAgreed = true;
                    }
                }
            }
            finally
            {
                await turnBefore.ConfigureAwait(false);
                turn.SetResult(true);
            }

            inFlight.IsSent = true;
            return await work(known, trace, cancellation).ConfigureAwait(false);
        });
    }

    /// <summary>Writes what is ready until so many of what was started are out.</summary>
    private protected void WriteUntil(long count)
    {
        while (_written < count && !_tasks!.IsEmpty)
        {
            WriteOrWait();
        }
    }

    /// <summary>Waits for one request whose result this thread needs, and writes what is ready meanwhile.</summary>
    private protected TResult Await<TResult>(Func<CancellationToken, Task<TResult>> work)
    {
        while (!_tasks!.HasFreeSlot)
        {
            WriteOrWait();
        }

        CancellationToken stop = _stop.Token;
        Task<TResult> task = Task.Run(() => work(stop), stop);
        _tasks.WakeAfter(task);
        while (!task.IsCompleted)
        {
            WriteOrWait();
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Changes of one target are made one after the other, in the order of the input.</summary>
    private void StartInTurn(InFlight inFlight, Func<RequestTrace?, CancellationToken, Task<object?>> work)
    {
        OssTarget target = inFlight.Target;
        RequestTrace? trace = NewTrace();
        CancellationToken stop = _stop.Token;
        TaskCompletionSource<bool>? end = ChangesBuckets ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        Task sameBefore = end is null ? Task.CompletedTask : _turnsByTarget.Queue(target.ToString()!, end.Task);
        Start(inFlight, async () =>
        {
            try
            {
                await sameBefore.ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                return new Outcome(target, trace, await work(trace, stop).ConfigureAwait(false), error: null);
            }
            catch (Exception e) when (IsFailure(e))
            {
                return new Outcome(target, trace, result: null, e);
            }
            finally
            {
                end?.SetResult(true);
            }
        });
    }

    /// <summary>Whether it is to be reported: all but that somebody stopped this.</summary>
    private bool IsFailure(Exception e) => e is OssServiceException or OssRequestException || !_stop.IsCancellationRequested;

    private void Start(Outcome outcome) => Start(new InFlight(outcome.Target), () => Task.FromResult(outcome));

    private void Start(InFlight inFlight, Func<Task<Outcome>> work)
    {
        while (!_tasks!.HasRoom)
        {
            WriteOrWait();
        }

        _tasks.Start(inFlight, work);
        Started++;
        while (TryWrite())
        {
        }
    }

    private void WriteOrWait()
    {
        if (!TryWrite())
        {
            _tasks!.WaitForOne(LongestWait, _stop.Token);
        }

        if (_progress!.Next(_written, Started, _failures) is { } progress)
        {
            WriteProgress(progress);
        }
    }

    /// <summary>Answers a question, or writes what is next in order, if either is there.</summary>
    private bool TryWrite()
    {
        if (_questions.TryAnswer())
        {
            return true;
        }

        InFlight? head = _tasks!.Head;
        if (head is not null && head.TryTakeEarly(out Outcome early))
        {
            Write(early);
            return true;
        }

        if (!_tasks.TryTake(out Outcome outcome))
        {
            return false;
        }

        // What came early and was not seen yet stands before what came last.
        while (head!.TryTakeEarly(out early))
        {
            Write(early);
        }

        _written++;
        Write(outcome);
        return true;
    }

    private void Write(Outcome outcome)
    {
        foreach ((bool isDebug, string text) in outcome.Trace?.Messages ?? [])
        {
            if (isDebug)
            {
                WriteDebug(text);
            }
            else if (_isVerbose)
            {
                // Only then, because -Debug alone makes PowerShell ask at every verbose message.
                WriteVerbose(text);
            }
        }

        if (outcome.Error is not null)
        {
            _failures++;
            WriteError(outcome.Error.ToErrorRecord(outcome.Target));
        }
        else if (outcome.Result is not null)
        {
            WriteObject(outcome.Result, enumerateCollection: true);
        }
    }

    /// <summary>Says what an interruption leaves done or in doubt. The streams are closed by then; the host is not.</summary>
    private void TellInterrupted()
    {
        if (ChangesBuckets && _tasks is { IsEmpty: false })
        {
            Host?.UI?.WriteWarningLine(InterruptionReport.Of(_tasks.Waiting));
        }
    }

    /// <summary>Whether a stream is on, by its common parameter or by its preference variable.</summary>
    private bool IsOn(string stream)
    {
        if (MyInvocation.BoundParameters.TryGetValue(stream, out object? bound))
        {
            return (SwitchParameter)bound;
        }

        return LanguagePrimitives.TryConvertTo(GetVariableValue($"{stream}Preference"), out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
