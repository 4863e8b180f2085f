using System.Collections.Generic;

namespace OssPayment.Operations;

/// <summary>A page of the requesters that have limits at a bucket or a resource pool.</summary>
internal sealed class RequesterPage(IReadOnlyList<ListedRequester> requesters, PageToken? next)
{
    internal IReadOnlyList<ListedRequester> Requesters { get; } = requesters;

    /// <summary>The next page; null after the last one.</summary>
    internal PageToken? Next { get; } = next;
}
