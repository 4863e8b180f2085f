using System.Collections.Generic;

namespace OssPayment.Client;

/// <summary>A page of the account's buckets, in name order.</summary>
internal sealed class BucketPage
{
    internal BucketPage(IReadOnlyList<(string Name, string Region)> buckets, string? nextMarker)
    {
        Buckets = buckets;
        NextMarker = nextMarker;
    }

    internal IReadOnlyList<(string Name, string Region)> Buckets { get; }

    /// <summary>What to ask the next page with; null after the last one.</summary>
    internal string? NextMarker { get; }
}
