using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Commands;

/// <summary>The pages of a listing that have come and are not written yet: only a few, however slow the pipeline is.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The semaphore holds no handle.")]
internal sealed class EarlyPages
{
    private const int MostWaiting = 2;

    private readonly ConcurrentQueue<Outcome> _pages = new();
    private readonly SemaphoreSlim _room = new(MostWaiting - 1);

    internal void Add(Outcome page) => _pages.Enqueue(page);

    /// <summary>Waits until another page may be asked for.</summary>
    internal Task RoomAsync(CancellationToken cancellation) => _room.WaitAsync(cancellation);

    internal bool TryTake(out Outcome page)
    {
        if (!_pages.TryDequeue(out page))
        {
            return false;
        }

        _room.Release();
        return true;
    }
}
