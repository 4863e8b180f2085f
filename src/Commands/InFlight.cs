namespace OssPayment.Commands;

/// <summary>A target that is being worked on, and how far the work is.</summary>
internal sealed class InFlight
{
    private readonly EarlyPages? _pages;
    private volatile bool _isSent;

    /// <param name="target">What the work is about.</param>
    /// <param name="pages">Where the work gives out pages before its end; null where it gives all at its end.</param>
    internal InFlight(OssTarget target, EarlyPages? pages = null)
    {
        Target = target;
        _pages = pages;
    }

    internal OssTarget Target { get; }

    /// <summary>Whether what changes the target was, or is about to be, sent.</summary>
    internal bool IsSent
    {
        get => _isSent;
        set => _isSent = value;
    }

    /// <summary>Takes what goes down the pipeline before the work has ended, if there is any.</summary>
    internal bool TryTakeEarly(out Outcome page)
    {
        page = default;
        return _pages is not null && _pages.TryTake(out page);
    }
}
