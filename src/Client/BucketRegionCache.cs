using System;
using System.Collections.Concurrent;

namespace OssPayment.Client;

/// <summary>The regions of buckets as OSS's own answers taught them, for the life of the process.</summary>
internal static class BucketRegionCache
{
    private const int Capacity = 10_000;

    private static readonly ConcurrentDictionary<string, string> Regions = new(StringComparer.Ordinal);

    internal static string? Recall(string bucket) => Regions.TryGetValue(bucket, out string? region) ? region : null;

    internal static void Learn(string bucket, string region)
    {
        if (Regions.Count >= Capacity)
        {
            Regions.Clear();
        }

        Regions[bucket] = region;
    }
}
