using System.Collections.Generic;
using OssPayment.Endpoints;

namespace OssPayment.Operations;

/// <summary>A page of the account's buckets, in name order.</summary>
internal sealed class BucketPage(IReadOnlyList<(string Name, ListedPlace Place)> buckets, string? nextMarker)
{
    /// <summary>
    /// Names and places as OSS sent them: neither is checked here, so that an invalid one is that bucket's error.
    /// </summary>
    internal IReadOnlyList<(string Name, ListedPlace Place)> Buckets { get; } = buckets;

    /// <summary>The marker of the next page; null after the last one.</summary>
    internal string? NextMarker { get; } = nextMarker;
}
