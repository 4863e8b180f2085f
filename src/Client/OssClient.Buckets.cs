using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;

namespace OssPayment.Client;

/// <summary>ListBuckets (GetService).</summary>
internal sealed partial class OssClient
{
    private const string LargestPage = "1000";

    /// <param name="location">Whose service host is asked; it lists the buckets of every region.</param>
    /// <param name="prefix">What the names begin with; empty for all.</param>
    /// <param name="marker">The page before's <see cref="BucketPage.NextMarker"/>; empty for the first.</param>
    /// <param name="trace">Where to tell what happened.</param>
    /// <param name="cancellation">Aborts the request.</param>
    internal async Task<BucketPage> ListBucketsAsync(
        OssLocation location, string prefix, string marker, RequestTrace? trace, CancellationToken cancellation)
    {
        var query = new List<KeyValuePair<string, string>> { new("max-keys", LargestPage) };
        if (prefix.Length > 0)
        {
            query.Add(new("prefix", prefix));
        }

        if (marker.Length > 0)
        {
            query.Add(new("marker", marker));
        }

        OssAnswer answer = await SendAsync(OssOperation.Get(bucket: null, [.. query]), location, trace, cancellation)
            .ConfigureAwait(false);
        return Read(answer, a => ToPage(a.Document("ListAllMyBucketsResult"), marker));
    }

    private static BucketPage ToPage(OssElement result, string marker)
    {
        var buckets = new List<(string, string)>();
        foreach (OssElement bucket in result.Child("Buckets")?.Children ?? [])
        {
            if (bucket.Name == "Bucket")
            {
                buckets.Add((ValidName(bucket.Require("Name").Text), ValidRegion(bucket)));
            }
        }

        if (result.TextOf("IsTruncated") != "true")
        {
            return new BucketPage(buckets, nextMarker: null);
        }

        // A marker that does not move on would make an endless listing.
        string next = result.Require("NextMarker").Text;
        return string.CompareOrdinal(next, marker) > 0
            ? new BucketPage(buckets, next)
            : throw new XmlException($"NextMarker is '{next}', which is not beyond '{marker}'.");
    }

    private static string ValidName(string name) =>
        BucketName.IsValid(name) ? name : throw new XmlException($"'{name}' is no bucket name.");

    private static string ValidRegion(OssElement bucket)
    {
        string region = bucket.Child("Region")?.Text ?? bucket.Require("Location").Text;
        return OssRegion.TryParse(region) ?? throw new XmlException($"'{region}' is no region.");
    }
}
