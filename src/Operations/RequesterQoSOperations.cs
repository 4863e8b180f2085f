using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>
/// OSS's Get…, List…, Put… and Delete…RequesterQoSInfo, each for buckets (…BucketRequesterQoSInfo) and for resource
/// pools (…ResourcePoolRequesterQoSInfo).
/// </summary>
internal static class RequesterQoSOperations
{
    /// <summary>The most requesters that OSS puts on a page.</summary>
    private const string LargestPage = "1000";

    internal static OssOperation<RequesterLimits> Get(QoSOwner owner, string requester) =>
        OssOperation<RequesterLimits>.Get(
            NameOf("Get", owner),
            owner.Bucket,
            QueryFor(owner, requester),
            response => ToModel(response, owner, response.Document("RequesterQoSInfo")) is var limits
                && limits.Requester == requester
                ? limits
                : throw new XmlException($"it is about the requester {limits.Requester}"));

    /// <param name="owner">The bucket or resource pool.</param>
    /// <param name="token">The <see cref="RequesterPage.NextToken"/> of the page before; empty for the first.</param>
    internal static OssOperation<RequesterPage> List(QoSOwner owner, string token)
    {
        List<KeyValuePair<string, string>> query = QueryFor(owner);
        query.Add(new("max-keys", LargestPage));
        if (token.Length > 0)
        {
            query.Add(new("continuation-token", token));
        }

        return OssOperation<RequesterPage>.Get(
            NameOf("List", owner, "s"), owner.Bucket, query, response => ToPage(response, owner, token));
    }

    internal static OssOperation<RequesterLimits> Put(
        QoSOwner owner, string requester, QoSConfiguration configuration) =>
        OssOperation<RequesterLimits>.Put(
            NameOf("Put", owner),
            owner.Bucket,
            QueryFor(owner, requester),
            QoSConfigurationXml.Write(configuration, owner.IsResourcePool),
            response =>
            {
                response.ThrowIfBody();
                return ToModel(response, owner, requester, configuration);
            });

    /// <returns>An operation whose result is the requester, whose limits are gone.</returns>
    internal static OssOperation<string> Delete(QoSOwner owner, string requester) =>
        OssOperation<string>.Delete(
            NameOf("Delete", owner), owner.Bucket, QueryFor(owner, requester), _ => requester);

    /// <summary>
    /// Whether OSS says that the requester has no limits there, and not that there is no such bucket or pool.
    /// </summary>
    internal static bool MeansNoLimits(OssServiceException e) =>
        e.StatusCode == 404 && e.ErrorCode.IndexOf("QoS", StringComparison.OrdinalIgnoreCase) >= 0;

    private static string NameOf(string verb, QoSOwner owner, string plural = "") =>
        $"{verb}{(owner.IsResourcePool ? "ResourcePool" : "Bucket")}RequesterQoSInfo{plural}";

    private static List<KeyValuePair<string, string>> QueryFor(QoSOwner owner)
    {
        var query = new List<KeyValuePair<string, string>> { new("requesterQosInfo", "") };
        if (owner.ResourcePool is { } pool)
        {
            ResourcePoolName.ThrowIfInvalid(pool);
            query.Add(new("resourcePool", pool));
        }

        return query;
    }

    private static List<KeyValuePair<string, string>> QueryFor(QoSOwner owner, string requester)
    {
        List<KeyValuePair<string, string>> query = QueryFor(owner);
        RequesterUid.ThrowIfInvalid(requester);
        query.Add(new("qosRequester", requester));
        return query;
    }

    private static RequesterPage ToPage(OssResponse response, QoSOwner owner, string token)
    {
        OssElement result = response.Document(
            owner.IsResourcePool ? "ListResourcePoolRequesterQoSInfosResult" : "ListBucketRequesterQoSInfosResult");
        RequesterLimits[] requesters =
        [
            .. result.Children
                .Where(child => child.Name == "RequesterQoSInfo")
                .Select(info => ToModel(response, owner, info)),
        ];
        if (result.TextOf("IsTruncated") != "true")
        {
            return new RequesterPage(requesters, nextToken: null);
        }

        // A token that stays the same would make an endless listing, and so would pages with nothing on them.
        string next = result.Require("NextContinuationToken").Text;
        return next.Length > 0 && next != token && requesters.Length > 0
            ? new RequesterPage(requesters, next)
            : throw new XmlException("it is truncated, but its continuation token does not advance");
    }

    private static RequesterLimits ToModel(OssResponse response, QoSOwner owner, OssElement info)
    {
        string requester = info.Require("Requester").Text;
        return RequesterUid.IsReadable(requester)
            ? ToModel(response, owner, requester, QoSConfigurationXml.Read(info.Require("QoSConfiguration")))
            : throw new XmlException($"Requester is '{requester}', which is not an account id");
    }

    private static RequesterLimits ToModel(
        OssResponse response, QoSOwner owner, string requester, QoSConfiguration configuration) =>
        owner.ResourcePool is { } pool
            ? new ResourcePoolRequesterQoSInfo(
                pool,
                requester,
                configuration,
                response.Region,
                response.Endpoint,
                response.RequestId,
                response.StatusCode)
            : new RequesterQoSInfo(
                owner.Bucket!,
                requester,
                configuration,
                response.Region,
                response.Endpoint,
                response.RequestId,
                response.StatusCode);
}
