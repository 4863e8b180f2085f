using System.Collections.Generic;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>GetBucketQoSInfo, PutBucketQoSInfo and DeleteBucketQoSInfo of OSS: a bucket's own limits.</summary>
internal static class BucketQoSOperations
{
    private static readonly KeyValuePair<string, string>[] Query = [new("qosInfo", "")];

    internal static OssOperation<QoSInfo> Get(string bucket) => OssOperation<QoSInfo>.Get(
        "GetBucketQoSInfo",
        bucket,
        Query,
        response => new BucketQoSInfo(
            bucket, QoSConfigurationXml.Read(response.Document("QoSConfiguration")), response.Origin));

    /// <summary>The limits of a bucket that has none of its own, according to OSS.</summary>
    internal static QoSInfo WithoutLimits(string bucket, OssServiceException refusal) =>
        new BucketQoSInfo(bucket, QoSConfiguration.Unlimited, Origin.Of(refusal));

    internal static OssOperation<QoSInfo> Put(string bucket, QoSConfiguration configuration) =>
        OssOperation<QoSInfo>.Put(
            "PutBucketQoSInfo",
            bucket,
            Query,
            XmlDocumentWriter.Write(configuration.Element),
            response => new BucketQoSInfo(bucket, configuration, response.Origin));

    /// <returns>An operation whose result is the bucket.</returns>
    internal static OssOperation<string> Delete(string bucket) =>
        OssOperation<string>.Delete("DeleteBucketQoSInfo", bucket, Query, _ => bucket);
}
