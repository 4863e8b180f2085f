using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Pipeline;

/// <summary>
/// The pages of a listing that are not written yet: only a few, even if the pipeline is slow.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The semaphore holds no handle.")]
internal sealed class PageBuffer(Backlog backlog)
{
    private const int MaximumWaiting = 2;

    private readonly ConcurrentQueue<Outcome> _pages = new();
    private readonly SemaphoreSlim _room = new(MaximumWaiting - 1);

    internal void Add(Outcome page)
    {
        backlog.Add(page);
        _pages.Enqueue(page);
    }

    /// <summary>Waits until another page may be requested.</summary>
    internal Task RoomAsync(CancellationToken cancellation) => _room.WaitAsync(cancellation);

    internal bool TryPeek(out Outcome page) => _pages.TryPeek(out page);

    /// <summary>Takes the page out that <see cref="TryPeek"/> gave.</summary>
    internal void Remove()
    {
        _pages.TryDequeue(out Outcome page);
        backlog.Remove(page);
        _room.Release();
    }
}
