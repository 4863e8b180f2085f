using System.Collections.Generic;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>
/// Get…, List…, Put… and Delete…RequesterQoSInfo of OSS, each for buckets (…BucketRequesterQoSInfo) and for resource
/// pools (…ResourcePoolRequesterQoSInfo).
/// </summary>
internal static class RequesterQoSOperations
{
    /// <summary>Some pages of Alibaba Cloud name the one action, others the other.</summary>
    private const string BucketListPermission =
        "oss:ListBucketRequesterQoSInfo and oss:ListBucketRequesterQoSInfos (the OSS documentation has both names)";

    internal static OssOperation<QoSInfo> Get(LimitedResource resource, string requester) =>
        OssOperation<QoSInfo>.Get(
            NameOf("Get", resource),
            resource.Bucket,
            QueryFor(resource, requester),
            response =>
            {
                OssElement info = response.Document("RequesterQoSInfo");
                string read = RequesterOf(info);
                return read == requester
                    ? ToModel(resource, requester, ConfigurationOf(info), response.Origin)
                    : throw new XmlException($"it is about requester {read}");
            });

    /// <summary>The limits of a requester that has no limits, according to OSS.</summary>
    internal static QoSInfo WithoutLimits(
        LimitedResource resource, string requester, OssServiceException refusal) =>
        ToModel(resource, requester, QoSConfiguration.Unlimited, Origin.Of(refusal));

    internal static OssOperation<Page<Listed<RequesterLimits>>> List(LimitedResource resource, PageToken page) =>
        OssOperation<Page<Listed<RequesterLimits>>>.Get(
            NameOf("List", resource, "s"),
            resource.Bucket,
            TokenListing.Query(QueryFor(resource), page),
            response => TokenListing.Read(
                response.Document(NameOf("List", resource, "sResult")),
                "RequesterQoSInfo",
                page,
                info => ToListed(response, resource, info),
                listed => listed.Name),
            resource.IsResourcePool ? null : BucketListPermission);

    internal static OssOperation<QoSInfo> Put(
        LimitedResource resource, string requester, QoSConfiguration configuration) =>
        OssOperation<QoSInfo>.Put(
            NameOf("Put", resource),
            resource.Bucket,
            QueryFor(resource, requester),
            XmlDocumentWriter.Write(configuration.Element),
            response => ToModel(resource, requester, configuration, response.Origin));

    /// <returns>An operation whose result is the requester.</returns>
    internal static OssOperation<string> Delete(LimitedResource resource, string requester) =>
        OssOperation<string>.Delete(
            NameOf("Delete", resource), resource.Bucket, QueryFor(resource, requester), _ => requester);

    private static string NameOf(string verb, LimitedResource resource, string plural = "") =>
        $"{verb}{(resource.IsResourcePool ? "ResourcePool" : "Bucket")}RequesterQoSInfo{plural}";

    private static List<KeyValuePair<string, string>> QueryFor(LimitedResource resource, string? requester = null)
    {
        var query = new List<KeyValuePair<string, string>> { new("requesterQosInfo", "") };
        if (resource.ResourcePool is { } pool)
        {
            ResourcePoolName.ThrowIfInvalid(pool);
            query.Add(new("resourcePool", pool));
        }

        if (requester is not null)
        {
            RequesterUid.ThrowIfInvalid(requester);
            query.Add(new("qosRequester", requester));
        }

        return query;
    }

    /// <summary>Limits that cannot be read concern one requester, and the others are still listed.</summary>
    private static Listed<RequesterLimits> ToListed(OssResponse response, LimitedResource resource, OssElement info)
    {
        string requester = RequesterOf(info);
        try
        {
            QoSConfiguration limits = ConfigurationOf(info).WithoutElement();
            return new(requester, ToModel(resource, requester, limits, response.Origin));
        }
        catch (XmlException e)
        {
            return new(requester, Value: null, response.Failure(e));
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
        LimitedResource resource, string requester, QoSConfiguration configuration, Origin origin) =>
        resource.ResourcePool is { } pool
            ? new ResourcePoolRequesterQoSInfo(pool, requester, configuration, origin)
            : new RequesterQoSInfo(resource.Bucket!, requester, configuration, origin);
}
