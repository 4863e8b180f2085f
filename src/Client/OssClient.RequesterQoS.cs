using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;

namespace OssPayment.Client;

/// <summary>Get, List, Put and Delete of a requester's limits, at a bucket (…BucketRequesterQoSInfo) or a resource pool.</summary>
internal sealed partial class OssClient
{
    internal async Task<RequesterLimits> GetRequesterQoSInfoAsync(
        OssLocation location, QoSOwner owner, string requester, RequestTrace? trace, CancellationToken cancellation)
    {
        var operation = OssOperation.Get(owner.Bucket, QueryFor(owner, requester));
        OssAnswer answer = await SendAsync(operation, location, trace, cancellation).ConfigureAwait(false);
        RequesterLimits limits = Read(answer, a => ToModel(a, owner, a.Document("RequesterQoSInfo")));
        return limits.Requester == requester
            ? limits
            : throw answer.Invalid($"it is about the requester {limits.Requester}");
    }

    /// <param name="location">Where the owner is asked.</param>
    /// <param name="owner">The bucket or resource pool.</param>
    /// <param name="token">The page before's <see cref="RequesterPage.NextToken"/>; empty for the first.</param>
    /// <param name="trace">Where to tell what happened.</param>
    /// <param name="cancellation">Aborts the request.</param>
    internal async Task<RequesterPage> ListRequesterQoSInfosAsync(
        OssLocation location, QoSOwner owner, string token, RequestTrace? trace, CancellationToken cancellation)
    {
        List<KeyValuePair<string, string>> query = owner.Query();
        query.Add(new("max-keys", LargestPage));
        if (token.Length > 0)
        {
            query.Add(new("continuation-token", token));
        }

        OssAnswer answer = await SendAsync(OssOperation.Get(owner.Bucket, [.. query]), location, trace, cancellation)
            .ConfigureAwait(false);
        return Read(answer, a => ToPage(a, owner, token));
    }

    internal async Task<RequesterLimits> PutRequesterQoSInfoAsync(
        OssLocation location, QoSOwner owner, string requester, QoSConfiguration configuration, RequestTrace? trace, CancellationToken cancellation)
    {
        byte[] body = QoSXml.Write(configuration, owner.IsResourcePool);
        var operation = OssOperation.Put(owner.Bucket, body, QueryFor(owner, requester));
        OssAnswer answer = await SendAsync(operation, location, trace, cancellation).ConfigureAwait(false);
        answer.RequireNoBody();
        return ToModel(answer, owner, requester, configuration);
    }

    internal Task DeleteRequesterQoSInfoAsync(
        OssLocation location, QoSOwner owner, string requester, RequestTrace? trace, CancellationToken cancellation) =>
        SendAsync(OssOperation.Delete(owner.Bucket, QueryFor(owner, requester)), location, trace, cancellation);

    /// <summary>Whether OSS says that the requester has no limits there, and not that there is no such bucket or pool.</summary>
    internal static bool MeansNoLimits(OssServiceException e) =>
        e.StatusCode == 404 && e.ErrorCode.IndexOf("QoS", StringComparison.OrdinalIgnoreCase) >= 0;

    private static KeyValuePair<string, string>[] QueryFor(QoSOwner owner, string requester)
    {
        RequesterUid.Require(requester);
        return [.. owner.Query(), new("qosRequester", requester)];
    }

    private static RequesterPage ToPage(OssAnswer answer, QoSOwner owner, string token)
    {
        OssElement result = answer.Document(
            owner.IsResourcePool ? "ListResourcePoolRequesterQoSInfosResult" : "ListBucketRequesterQoSInfosResult");
        RequesterLimits[] requesters =
            [.. result.Children.Where(child => child.Name == "RequesterQoSInfo").Select(info => ToModel(answer, owner, info))];
        if (result.TextOf("IsTruncated") != "true")
        {
            return new RequesterPage(requesters, nextToken: null);
        }

        // A token that stays the same would make an endless listing, and so would pages with nothing on them.
        string next = result.Require("NextContinuationToken").Text;
        return next.Length > 0 && next != token && requesters.Length > 0
            ? new RequesterPage(requesters, next)
            : throw new XmlException("The listing says that it goes on, and does not move on.");
    }

    private static RequesterLimits ToModel(OssAnswer answer, QoSOwner owner, OssElement info)
    {
        (string requester, QoSConfiguration configuration) = QoSXml.Read(info);
        return ToModel(answer, owner, requester, configuration);
    }

    private static RequesterLimits ToModel(OssAnswer answer, QoSOwner owner, string requester, QoSConfiguration configuration) =>
        owner.ResourcePool is { } pool
            ? new ResourcePoolRequesterQoSInfo(
                pool, requester, configuration, answer.Location.Region, answer.Endpoint, answer.RequestId, answer.StatusCode)
            : new RequesterQoSInfo(
                owner.Bucket!, requester, configuration, answer.Location.Region, answer.Endpoint, answer.RequestId, answer.StatusCode);
}
