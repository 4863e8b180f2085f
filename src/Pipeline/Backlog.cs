using System.Threading;

namespace OssPayment.Pipeline;

/// <summary>How much waits to be written behind slow work: about as many bytes as it takes in memory.</summary>
internal sealed class Backlog
{
    /// <summary>The results of what already runs may come on top of it.</summary>
    private const long Maximum = 64 * 1024 * 1024;

    private long _size;

    /// <summary>Whether no further work should start before some of it is written.</summary>
    internal bool IsFull => Volatile.Read(ref _size) >= Maximum;

    internal void Add(Outcome outcome) => Interlocked.Add(ref _size, outcome.Size);

    internal void Remove(Outcome outcome) => Interlocked.Add(ref _size, -outcome.Size);
}
