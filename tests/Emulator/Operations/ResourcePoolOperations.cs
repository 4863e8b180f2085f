using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Lists and describes the caller's resource pools in the region of the request (rule 14).</summary>
internal static class ResourcePoolOperations
{
    public static Response List(OperationCall call)
    {
        IReadOnlyList<ResourcePool> pools = call.State.ResourcePools.List(call.Caller.Account, call.Region);
        return call.Responses.Xml(Page(
            call,
            "ListResourcePoolsResult",
            [new("Region", RegionId(call.Region)), new("Owner", call.Caller.Account)],
            pools,
            pool => pool.Name,
            pool => new XElement(
                "ResourcePool", new XElement("Name", pool.Name), new XElement("CreateTime", Time(pool.CreatedAt)))));
    }

    public static Response Get(OperationCall call)
    {
        ResourcePool pool = PoolQoSOperations.Pool(call);
        return call.Responses.Xml(new XElement(
            "GetResourcePoolInfoResponse",
            new XElement("Region", RegionId(pool.Region)),
            new XElement("Name", pool.Name),
            new XElement("Owner", pool.Account),
            new XElement("CreateTime", Time(pool.CreatedAt)),
            QoSXml.Write(pool.Limits)));
    }

    public static Response ListBuckets(OperationCall call)
    {
        ResourcePool pool = PoolQoSOperations.Pool(call);
        return call.Responses.Xml(Page(
            call,
            "ListResourcePoolBucketsResult",
            [new("ResourcePool", pool.Name)],
            [.. pool.Buckets.OrderBy(bucket => bucket.Key, StringComparer.Ordinal)],
            bucket => bucket.Key,
            bucket => new XElement(
                "ResourcePoolBucket",
                new XElement("Name", bucket.Key),
                bucket.Value.Group is { } group ? new XElement("Group", group) : null,
                new XElement("JoinTime", Time(bucket.Value.JoinedAt)))));
    }

    /// <summary>One page; a continuation token is the name of the last item of the page before.</summary>
    private static XElement Page<TItem>(
        OperationCall call,
        string rootName,
        XElement[] head,
        IReadOnlyList<TItem> items,
        Func<TItem, string> nameOf,
        Func<TItem, XElement> describe)
    {
        int limit = Math.Min(call.Query.PageSize(), call.State.MaxListPageSize);
        string token = call.Query.Value("continuation-token") ?? "";
        TItem[] rest = [.. items.Where(item => string.CompareOrdinal(nameOf(item), token) > 0)];
        TItem[] page = [.. rest.Take(limit)];
        bool isTruncated = page.Length < rest.Length;
        return new XElement(
            rootName,
            head,
            new XElement("ContinuationToken", token),
            new XElement("NextContinuationToken", isTruncated ? nameOf(page[^1]) : ""),
            new XElement("IsTruncated", isTruncated),
            page.Select(describe));
    }

    private static string RegionId(string region) => Regions.Public(region).Split('.')[0];

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
