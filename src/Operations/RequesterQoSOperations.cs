using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>
/// Get…, List…, Put… and Delete…RequesterQoSInfo of OSS, each for buckets (…BucketRequesterQoSInfo) and for resource
/// pools (…ResourcePoolRequesterQoSInfo).
/// </summary>
internal static class RequesterQoSOperations
{
    /// <summary>The maximum of OSS.</summary>
    private const string LargestPage = "1000";

    /// <summary>Some pages of Alibaba Cloud name the one action, others the other.</summary>
    private const string BucketListPermission =
        "oss:ListBucketRequesterQoSInfo and oss:ListBucketRequesterQoSInfos (the OSS documentation has both names)";

    internal static OssOperation<RequesterLimits> Get(LimitedResource resource, string requester) =>
        OssOperation<RequesterLimits>.Get(
            NameOf("Get", resource),
            resource.Bucket,
            QueryFor(resource, requester),
            response =>
            {
                OssElement info = response.Document("RequesterQoSInfo");
                string read = RequesterOf(info);
                return read == requester
                    ? ToModel(response, resource, requester, ConfigurationOf(info))
                    : throw new XmlException($"it is about requester {read}");
            });

    /// <summary>The limits of a requester that has no limits, according to OSS.</summary>
    internal static RequesterLimits WithoutLimits(
        LimitedResource resource, string requester, OssServiceException refusal) =>
        ToModel(
            resource,
            requester,
            QoSConfiguration.Unlimited,
            refusal.SignedRegion,
            refusal.Endpoint!.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped),
            refusal.RequestId,
            refusal.StatusCode);

    /// <param name="resource">The bucket or resource pool.</param>
    /// <param name="page">The <see cref="RequesterPage.Next"/> of the page before.</param>
    internal static OssOperation<RequesterPage> List(LimitedResource resource, PageToken page)
    {
        List<KeyValuePair<string, string>> query = QueryFor(resource);
        query.Add(new("max-keys", LargestPage));
        if (page.Text.Length > 0)
        {
            query.Add(new("continuation-token", page.Text));
        }

        return OssOperation<RequesterPage>.Get(
            NameOf("List", resource, "s"),
            resource.Bucket,
            query,
            response => ToPage(response, resource, page),
            resource.IsResourcePool ? null : BucketListPermission);
    }

    internal static OssOperation<RequesterLimits> Put(
        LimitedResource resource, string requester, QoSConfiguration configuration) =>
        OssOperation<RequesterLimits>.Put(
            NameOf("Put", resource),
            resource.Bucket,
            QueryFor(resource, requester),
            XmlDocumentWriter.Write(configuration.Element),
            response =>
            {
                response.ThrowIfBody();
                return ToModel(response, resource, requester, configuration);
            });

    /// <returns>An operation whose result is the requester.</returns>
    internal static OssOperation<string> Delete(LimitedResource resource, string requester) =>
        OssOperation<string>.Delete(
            NameOf("Delete", resource), resource.Bucket, QueryFor(resource, requester), _ => requester);

    private static string NameOf(string verb, LimitedResource resource, string plural = "") =>
        $"{verb}{(resource.IsResourcePool ? "ResourcePool" : "Bucket")}RequesterQoSInfo{plural}";

    private static List<KeyValuePair<string, string>> QueryFor(LimitedResource resource)
    {
        var query = new List<KeyValuePair<string, string>> { new("requesterQosInfo", "") };
        if (resource.ResourcePool is { } pool)
        {
            ResourcePoolName.ThrowIfInvalid(pool);
            query.Add(new("resourcePool", pool));
        }

        return query;
    }

    private static List<KeyValuePair<string, string>> QueryFor(LimitedResource resource, string requester)
    {
        List<KeyValuePair<string, string>> query = QueryFor(resource);
        RequesterUid.ThrowIfInvalid(requester);
        query.Add(new("qosRequester", requester));
        return query;
    }

    private static RequesterPage ToPage(OssResponse response, LimitedResource resource, PageToken page)
    {
        OssElement result = response.Document(
            resource.IsResourcePool ? "ListResourcePoolRequesterQoSInfosResult" : "ListBucketRequesterQoSInfosResult");
        ListedRequester[] requesters =
        [
            .. result.Children
                .Where(child => child.Name == "RequesterQoSInfo")
                .Select(info => ToListed(response, resource, info)),
        ];
        return new RequesterPage(
            requesters, page.Next(result, "NextContinuationToken", requesters.Select(listed => listed.Requester)));
    }

    /// <summary>Limits that cannot be read concern one requester, and the others are still listed.</summary>
    private static ListedRequester ToListed(OssResponse response, LimitedResource resource, OssElement info)
    {
        string requester = RequesterOf(info);
        try
        {
            return new ListedRequester(
                ToModel(response, resource, requester, ConfigurationOf(info).WithoutElement()));
        }
        catch (XmlException e)
        {
            return new ListedRequester(requester, response.Failure(e));
        }
    }

    private static string RequesterOf(OssElement info)
    {
        string requester = info.Require("Requester").Text;
        return RequesterUid.IsReadable(requester)
            ? requester
            : throw new XmlException($"Requester is '{requester}', which is not a user ID");
    }

    private static QoSConfiguration ConfigurationOf(OssElement info) =>
        QoSConfigurationXml.Read(info.Require("QoSConfiguration"));

    private static RequesterLimits ToModel(
        OssResponse response, LimitedResource resource, string requester, QoSConfiguration configuration) =>
        ToModel(
            resource,
            requester,
            configuration,
            response.Region,
            response.Endpoint,
            response.RequestId,
            response.StatusCode);

    private static RequesterLimits ToModel(
        LimitedResource resource,
        string requester,
        QoSConfiguration configuration,
        string region,
        string endpoint,
        string requestId,
        int statusCode) =>
        resource.ResourcePool is { } pool
            ? new ResourcePoolRequesterQoSInfo(
                pool, requester, configuration, region, endpoint, requestId, statusCode)
            : new RequesterQoSInfo(
                resource.Bucket!, requester, configuration, region, endpoint, requestId, statusCode);
}
