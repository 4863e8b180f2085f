using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Lists the caller's buckets in all regions, one page at a time.</summary>
internal static class ListBucketsOperation
{
    public static Response List(OperationCall call)
    {
        string prefix = call.Query.Value("prefix") ?? "";
        string marker = call.Query.Value("marker") ?? "";
        int limit = Math.Min(call.Query.PageSize(), call.State.MaxListPageSize);

        // Reads one bucket more than the limit, to know whether there is another page.
        var filter = BucketFilter.Of(call);
        IReadOnlyList<Bucket> found = call.State.Buckets.List(prefix, marker, limit + 1, filter.Matches);
        Bucket[] page = [.. found.Take(limit)];
        bool isTruncated = found.Count > limit;

        return call.Responses.Xml(new XElement(
            "ListAllMyBucketsResult",
            isTruncated ? Position(prefix, marker, limit, page[^1].Name) : [],
            new XElement(
                "Owner",
                new XElement("ID", call.Caller.Account),
                new XElement("DisplayName", call.Caller.Account)),
            new XElement("Buckets", page.Select(Describe))));
    }

    private static XElement[] Position(string prefix, string marker, int limit, string lastName) =>
    [
        new("Prefix", prefix),
        new("Marker", marker),
        new("MaxKeys", limit),
        new("IsTruncated", true),
        new("NextMarker", lastName),
    ];

    private static XElement Describe(Bucket bucket) => new(
        "Bucket",
        new XElement("CreationDate", Time(bucket.CreatedAt)),
        new XElement("ExtranetEndpoint", Regions.Public(bucket.Region)),
        Regions.Internal(bucket.Region) is { } host ? new XElement("IntranetEndpoint", host) : null,
        new XElement("Location", Regions.Public(bucket.Region).Split('.')[0]),
        new XElement("Name", bucket.Name),
        new XElement("Region", bucket.Region),
        new XElement("StorageClass", "Standard"),
        bucket.ResourceGroup == Bucket.DefaultResourceGroup
            ? null
            : new XElement("ResourceGroupId", bucket.ResourceGroup));

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
