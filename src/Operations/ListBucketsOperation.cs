using System.Collections.Generic;
using System.Linq;
using OssPayment.Endpoints;
using OssPayment.Text;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>ListBuckets (GetService) of OSS: lists the account's buckets of all regions in name order.</summary>
internal static class ListBucketsOperation
{
    /// <param name="prefix">The beginning of the names; empty for all.</param>
    /// <param name="page">The <see cref="Page{TItem}.Next"/> of the page before.</param>
    internal static OssOperation<Page<ListedBucket>> Create(string prefix, PageToken page)
    {
        BucketName.ThrowIfInvalidPrefix(prefix);
        KeyValuePair<string, string>[] query = prefix.Length > 0 ? [new("prefix", prefix)] : [];
        return OssOperation<Page<ListedBucket>>.Get(
            "ListBuckets",
            bucket: null,
            TokenListing.Query(query, page, "marker"),
            response => Read(response.Document("ListAllMyBucketsResult"), page));
    }

    private static Page<ListedBucket> Read(OssElement result, PageToken page)
    {
        ListedBucket[] buckets =
        [
            .. (result.Child("Buckets")?.Children ?? [])
                .Where(bucket => bucket.Name == "Bucket")
                .Select(bucket => new ListedBucket(Sanitizer.Sanitize(bucket.Require("Name").Text), PlaceOf(bucket))),
        ];
        return new Page<ListedBucket>(
            buckets, page.Next(result, "NextMarker", buckets.Select(bucket => bucket.Name)));
    }

    private static ListedPlace PlaceOf(OssElement bucket) => new(
        bucket.Child("Region")?.Text ?? bucket.Require("Location").Text,
        HostIn(bucket, "ExtranetEndpoint"),
        HostIn(bucket, "IntranetEndpoint"));

    /// <summary>A host of OSS itself; null if the listing names another host, or none.</summary>
    private static string? HostIn(OssElement bucket, string element) =>
        bucket.Child(element)?.Text is { } host && OssHostName.Parse(host) is { NamesBucket: false } ? host : null;
}
