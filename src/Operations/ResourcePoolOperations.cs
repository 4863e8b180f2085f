using System;
using System.Collections.Generic;
using System.Globalization;
using System.Xml;
using OssPayment.Text;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>ListResourcePools, GetResourcePoolInfo and ListResourcePoolBuckets of OSS.</summary>
internal static class ResourcePoolOperations
{
    /// <summary>Lists the names of the account's resource pools in the region of the endpoint.</summary>
    internal static OssOperation<Page<string>> List(PageToken page) => OssOperation<Page<string>>.Get(
        "ListResourcePools",
        bucket: null,
        TokenListing.Query([new("resourcePool", "")], page),
        response => TokenListing.Read(
            response.Document("ListResourcePoolsResult"),
            "ResourcePool",
            page,
            pool => Sanitizer.Sanitize(pool.Require("Name").Text),
            name => name));

    internal static OssOperation<QoSInfo> Get(string pool) => OssOperation<QoSInfo>.Get(
        "GetResourcePoolInfo",
        bucket: null,
        QueryFor("resourcePoolInfo", pool),
        response =>
        {
            OssElement info = response.Document("GetResourcePoolInfoResponse");
            string read = info.Require("Name").Text;
            return read == pool
                ? ToModel(response, pool, info)
                : throw new XmlException($"it is about resource pool {read}");
        });

    /// <summary>Lists the buckets of a resource pool.</summary>
    internal static OssOperation<Page<Listed<ResourcePoolBucket>>> ListBuckets(string pool, PageToken page) =>
        OssOperation<Page<Listed<ResourcePoolBucket>>>.Get(
            "ListResourcePoolBuckets",
            bucket: null,
            TokenListing.Query(QueryFor("resourcePoolBuckets", pool), page),
            response => TokenListing.Read(
                response.Document("ListResourcePoolBucketsResult"),
                "ResourcePoolBucket",
                page,
                bucket => ToListed(response, pool, bucket),
                listed => listed.Name));

    private static KeyValuePair<string, string>[] QueryFor(string subResource, string pool)
    {
        ResourcePoolName.ThrowIfInvalid(pool);
        return [new(subResource, ""), new("resourcePool", pool)];
    }

    private static ResourcePoolInfo ToModel(OssResponse response, string pool, OssElement info) => new(
        pool,
        OwnerOf(info),
        TimeIn(info, "CreateTime"),
        QoSConfigurationXml.Read(info.Require("QoSConfiguration")),
        response.Origin);

    private static string OwnerOf(OssElement info)
    {
        string owner = info.TextOf("Owner");
        return owner.Length == 0 || RequesterUid.IsReadable(owner)
            ? owner
            : throw new XmlException($"Owner is '{owner}', which is not an account ID");
    }

    /// <summary>A bucket that cannot be read is an error of its own, and the others are still listed.</summary>
    private static Listed<ResourcePoolBucket> ToListed(OssResponse response, string pool, OssElement bucket)
    {
        try
        {
            string name = bucket.Require("Name").Text;
            return BucketName.IsValid(name)
                ? new(name, ToModel(response, pool, name, bucket))
                : throw new XmlException($"Name is '{name}', which is not a bucket name");
        }
        catch (XmlException e)
        {
            return new(pool, Value: null, response.Failure(e));
        }
    }

    private static ResourcePoolBucket ToModel(OssResponse response, string pool, string name, OssElement bucket) => new(
        name,
        pool,
        Sanitizer.Sanitize(bucket.TextOf("Group"), 128),
        TimeIn(bucket, "JoinTime"),
        response.Origin);

    /// <summary>A time in UTC; null if the element is missing or empty.</summary>
    private static DateTime? TimeIn(OssElement parent, string element)
    {
        string text = parent.TextOf(element);
        return text.Length == 0 ? null
            : DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime
            : throw new XmlException($"{element} of {parent.Name} is '{text}', which is not a time");
    }
}
