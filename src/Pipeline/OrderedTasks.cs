using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Pipeline;

/// <summary>Runs work in parallel and returns the results in the order in which the work was started.</summary>
/// <remarks>
/// One thread starts work and takes results. Slow work delays the results behind it, not the other slots.
/// </remarks>
/// <typeparam name="TSubject">What a piece of work is about.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
[SuppressMessage(
    "Reliability",
    "CA1001",
    Justification = "Work that outlives its caller still releases the semaphore, which holds no handle.")]
internal sealed class OrderedTasks<TSubject, TResult>
    where TSubject : class
{
    /// <summary>The maximum number of results that wait for a slow one before them.</summary>
    private const int MaximumWaiting = 4096;

    private readonly Queue<Piece> _pieces = new();
    private readonly Queue<Piece> _next = new();
    private readonly SemaphoreSlim _finished = new(0);
    private readonly int _limit;
    private readonly int _ahead;
    private int _takenOn;

    /// <param name="limit">The maximum number of parallel work items.</param>
    /// <param name="ahead">
    /// The number of further items in the queue, so that a free slot need not wait for the starting thread.
    /// </param>
    internal OrderedTasks(int limit, int ahead)
    {
        _limit = limit;
        _ahead = ahead;
    }

    /// <summary>Whether another item can start or queue.</summary>
    internal bool HasRoom => Volatile.Read(ref _takenOn) < _limit + _ahead && _pieces.Count < MaximumWaiting;

    /// <summary>Whether fewer run than may run.</summary>
    internal bool HasFreeSlot => Volatile.Read(ref _takenOn) < _limit;

    internal bool IsEmpty => _pieces.Count == 0;

    /// <summary>The items whose results were not taken, in order.</summary>
    internal IEnumerable<(TSubject Subject, Task<TResult> Task)> Waiting =>
        _pieces.Select(piece => (piece.Subject, piece.Result));

    /// <summary>Starts a piece of work, at once or as soon as a slot is free.</summary>
    internal void Start(TSubject subject, Func<Task<TResult>> work)
    {
        var piece = new Piece(subject, work);
        _pieces.Enqueue(piece);
        lock (_next)
        {
            if (_takenOn++ >= _limit)
            {
                _next.Enqueue(piece);
                return;
            }
        }

        Task.Run(() => RunInTurnAsync(piece));
    }

    /// <summary>Adds a known result in its turn. It takes no slot.</summary>
    internal void Add(TSubject subject, TResult result) => _pieces.Enqueue(new Piece(subject, Task.FromResult(result)));

    /// <summary>Looks at the next result in order, if it is there.</summary>
    internal bool TryPeek(out TResult result)
    {
        if (_pieces.Count > 0 && _pieces.Peek().Result is { IsCompleted: true } finished)
        {
            result = finished.GetAwaiter().GetResult();
            return true;
        }

        result = default!;
        return false;
    }

    /// <summary>Takes the result out that <see cref="TryPeek"/> gave.</summary>
    internal void Remove() => _pieces.Dequeue();

    /// <summary>The next in order; null if all results were taken.</summary>
    internal TSubject? Head => _pieces.Count > 0 ? _pieces.Peek().Subject : null;

    /// <summary>Makes <see cref="WaitForOne"/> return.</summary>
    internal void Wake() => _finished.Release();

    /// <summary>Makes <see cref="WaitForOne"/> return also when that task has finished.</summary>
    internal void WakeAfter(Task task) => task.ContinueWith(
        _ => Wake(),
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>
    /// Waits until some piece of work has finished or woke this since the last wait, or until the time is over.
    /// </summary>
    internal void WaitForOne(TimeSpan longest, CancellationToken cancellation) => _finished.Wait(longest, cancellation);

    /// <summary>One slot: runs that piece of work, and what comes next, until there is nothing.</summary>
    private async Task RunInTurnAsync(Piece piece)
    {
        piece.Begin();
        for (Piece? current = piece; current is not null;)
        {
            try
            {
                await current.Result.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // TryPeek rethrows it.
            }

            lock (_next)
            {
                _takenOn--;
                current = _next.Count > 0 ? _next.Dequeue() : null;
            }

            // The next one begins first, because waking takes time.
            current?.Begin();
            Wake();
        }
    }

    private sealed class Piece
    {
        private static readonly Task<TResult> NotBegun = new TaskCompletionSource<TResult>().Task;

        private readonly Func<Task<TResult>>? _work;
        private volatile Task<TResult> _result = NotBegun;

        internal Piece(TSubject subject, Func<Task<TResult>> work)
        {
            Subject = subject;
            _work = work;
        }

        internal Piece(TSubject subject, Task<TResult> result)
        {
            Subject = subject;
            _result = result;
        }

        internal TSubject Subject { get; }

        internal Task<TResult> Result => _result;

        internal void Begin()
        {
            try
            {
                _result = _work!();
            }
            catch (Exception e)
            {
                _result = Task.FromException<TResult>(e);
            }
        }
    }
}
