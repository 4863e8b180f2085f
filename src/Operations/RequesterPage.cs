using System.Collections.Generic;

namespace OssPayment.Operations;

/// <summary>A page of the requesters that have limits at a bucket or a resource pool.</summary>
internal sealed class RequesterPage
{
    internal RequesterPage(IReadOnlyList<RequesterLimits> requesters, string? nextToken)
    {
        Requesters = requesters;
        NextToken = nextToken;
    }

    internal IReadOnlyList<RequesterLimits> Requesters { get; }

    /// <summary>What to ask the next page with; null after the last one.</summary>
    internal string? NextToken { get; }
}
