using System.Collections.Concurrent;

namespace OssPayment.Commands;

/// <summary>A target that is being worked on, and what the work has given out so far.</summary>
internal sealed class InFlight
{
    /// <summary>What goes down the pipeline before the work has ended, in order; null for work that gives all of it at its end.</summary>
    private readonly ConcurrentQueue<Outcome>? _early;

    internal InFlight(OssTarget target, bool hasPages = false)
    {
        Target = target;
        _early = hasPages ? new() : null;
    }

    internal OssTarget Target { get; }

    internal void AddEarly(Outcome outcome) => _early!.Enqueue(outcome);

    internal bool TryTakeEarly(out Outcome outcome)
    {
        outcome = default;
        return _early is not null && _early.TryDequeue(out outcome);
    }
}
