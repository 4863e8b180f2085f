using System.Collections.Generic;
using OssPayment.Endpoints;

namespace OssPayment.Operations;

/// <summary>A page of the account's buckets, in name order.</summary>
internal sealed class BucketPage(IReadOnlyList<(string Name, ListedPlace Place)> buckets, PageToken? next)
{
    /// <summary>
    /// Names, safe to show, and places as OSS sent them: an invalid one of them is that bucket's error.
    /// </summary>
    internal IReadOnlyList<(string Name, ListedPlace Place)> Buckets { get; } = buckets;

    /// <summary>The next page; null after the last one.</summary>
    internal PageToken? Next { get; } = next;
}
