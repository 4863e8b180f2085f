using System.Collections.Generic;
using System.Linq;
using System.Xml;
using OssPayment.Endpoints;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>ListBuckets (GetService) of OSS: lists the account's buckets of all regions in name order.</summary>
internal static class ListBucketsOperation
{
    /// <summary>The maximum of OSS.</summary>
    private const string LargestPage = "1000";

    /// <param name="prefix">The beginning of the names; empty for all.</param>
    /// <param name="marker">The <see cref="BucketPage.NextMarker"/> of the page before; empty for the first.</param>
    internal static OssOperation<BucketPage> Create(string prefix, string marker)
    {
        BucketName.ThrowIfInvalidPrefix(prefix);
        var query = new List<KeyValuePair<string, string>> { new("max-keys", LargestPage) };
        if (prefix.Length > 0)
        {
            query.Add(new("prefix", prefix));
        }

        if (marker.Length > 0)
        {
            query.Add(new("marker", marker));
        }

        return OssOperation<BucketPage>.Get(
            "ListBuckets", bucket: null, query, response => Read(response.Document("ListAllMyBucketsResult"), marker));
    }

    private static BucketPage Read(OssElement result, string marker)
    {
        (string, ListedPlace)[] buckets =
        [
            .. (result.Child("Buckets")?.Children ?? [])
                .Where(bucket => bucket.Name == "Bucket")
                .Select(bucket => (bucket.Require("Name").Text, PlaceOf(bucket))),
        ];
        if (result.TextOf("IsTruncated") != "true")
        {
            return new BucketPage(buckets, nextMarker: null);
        }

        // A marker that does not advance would make the listing endless.
        string next = result.Require("NextMarker").Text;
        return string.CompareOrdinal(next, marker) > 0
            ? new BucketPage(buckets, next)
            : throw new XmlException($"NextMarker is '{next}', which does not come after '{marker}'");
    }

    private static ListedPlace PlaceOf(OssElement bucket) => new(
        bucket.Child("Region")?.Text ?? bucket.Require("Location").Text,
        HostIn(bucket, "ExtranetEndpoint"),
        HostIn(bucket, "IntranetEndpoint"));

    /// <summary>A host of OSS itself; null if the listing names another host, or none.</summary>
    private static string? HostIn(OssElement bucket, string element) =>
        bucket.Child(element)?.Text is { } host && OssHostName.Parse(host) is { NamesBucket: false } ? host : null;
}
