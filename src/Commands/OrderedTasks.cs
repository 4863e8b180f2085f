using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Commands;

/// <summary>Runs work side by side and hands its results out in the order in which it was started.</summary>
/// <remarks>One thread starts and takes; a slow piece of work holds back what is behind it, not the other slots.</remarks>
/// <typeparam name="TSubject">What a piece of work is about.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
[SuppressMessage("Reliability", "CA1001", Justification = "Work that outlives its cmdlet still releases the semaphore, which holds no handle.")]
internal sealed class OrderedTasks<TSubject, TResult>
    where TSubject : class
{
    /// <summary>How many results wait for a slow one before them at the most, so that memory stays bounded.</summary>
    private const int MaximumWaiting = 4096;

    private readonly Queue<(TSubject Subject, Task<TResult> Task)> _tasks = new();
    private readonly SemaphoreSlim _finished = new(0);
    private readonly int _limit;
    private int _running;

    /// <param name="limit">How many pieces of work run at once.</param>
    internal OrderedTasks(int limit)
    {
        _limit = limit;
    }

    internal bool HasRoom => Volatile.Read(ref _running) < _limit && _tasks.Count < MaximumWaiting;

    internal bool IsEmpty => _tasks.Count == 0;

    /// <summary>What was started and not taken, in order.</summary>
    internal IEnumerable<(TSubject Subject, Task<TResult> Task)> Waiting => _tasks;

    internal void Start(TSubject subject, Func<Task<TResult>> work)
    {
        Interlocked.Increment(ref _running);
        Task<TResult> task = Task.Run(work);
        _tasks.Enqueue((subject, task));

        // Continuations, so that whoever is woken finds the task completed and the slot free.
        task.ContinueWith(
            _ => Interlocked.Decrement(ref _running),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        WakeAfter(task);
    }

    /// <summary>Takes the next result in order, if it is there.</summary>
    internal bool TryTake(out TResult result)
    {
        if (_tasks.Count > 0 && _tasks.Peek().Task.IsCompleted)
        {
            result = _tasks.Dequeue().Task.GetAwaiter().GetResult();
            return true;
        }

        result = default!;
        return false;
    }

    /// <summary>The next in order; null where nothing was started that was not taken.</summary>
    internal TSubject? Head => _tasks.Count > 0 ? _tasks.Peek().Subject : null;

    /// <summary>Makes <see cref="WaitForOne"/> return.</summary>
    internal void Wake() => _finished.Release();

    /// <summary>Makes <see cref="WaitForOne"/> return when that task has finished, too.</summary>
    internal void WakeAfter(Task task) => task.ContinueWith(
        _ => Wake(),
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>Waits until some piece of work has finished or woke this since the last wait, or until the time is over.</summary>
    internal void WaitForOne(TimeSpan longest, CancellationToken cancellation) => _finished.Wait(longest, cancellation);
}
