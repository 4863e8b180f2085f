using System.Collections.Generic;

namespace OssPayment.Operations;

/// <summary>A page of a listing.</summary>
internal sealed class Page<TItem>(IReadOnlyList<TItem> items, PageToken? next)
{
    internal IReadOnlyList<TItem> Items { get; } = items;

    /// <summary>The next page; null after the last one.</summary>
    internal PageToken? Next { get; } = next;
}
