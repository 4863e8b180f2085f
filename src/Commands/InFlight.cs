using System.Collections.Concurrent;

namespace OssPayment.Commands;

/// <summary>A target that is being worked on, and what the work has given out so far.</summary>
internal sealed class InFlight
{
    internal InFlight(OssTarget target)
    {
        Target = target;
    }

    internal OssTarget Target { get; }

    /// <summary>What goes down the pipeline before the work has ended, in order.</summary>
    internal ConcurrentQueue<Outcome> Early { get; } = new();
}
