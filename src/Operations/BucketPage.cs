using System.Collections.Generic;

namespace OssPayment.Operations;

/// <summary>A page of the account's buckets, in name order.</summary>
internal sealed class BucketPage
{
    internal BucketPage(IReadOnlyList<(string Name, string Region)> buckets, string? nextMarker)
    {
        Buckets = buckets;
        NextMarker = nextMarker;
    }

    /// <summary>Names and regions as OSS gave them: neither is checked here, so that an odd one fails alone.</summary>
    internal IReadOnlyList<(string Name, string Region)> Buckets { get; }

    /// <summary>What to ask the next page with; null after the last one.</summary>
    internal string? NextMarker { get; }
}
