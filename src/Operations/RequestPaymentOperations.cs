using System.Collections.Generic;
using System.Text;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>GetBucketRequestPayment and PutBucketRequestPayment of OSS.</summary>
internal static class RequestPaymentOperations
{
    private const string Root = "RequestPaymentConfiguration";

    private static readonly KeyValuePair<string, string>[] Query = [new("requestPayment", "")];

    internal static OssOperation<BucketRequestPayment> Get(string bucket) => OssOperation<BucketRequestPayment>.Get(
        "GetBucketRequestPayment",
        bucket,
        Query,
        response => new BucketRequestPayment(bucket, Read(response.Document(Root)), response.Origin));

    internal static OssOperation<BucketRequestPayment> Put(string bucket, Payer payer) =>
        OssOperation<BucketRequestPayment>.Put(
            "PutBucketRequestPayment",
            bucket,
            Query,
            Encoding.UTF8.GetBytes($"<{Root}><Payer>{payer}</Payer></{Root}>"),
            response => new BucketRequestPayment(bucket, payer, response.Origin));

    private static Payer Read(OssElement configuration) => configuration.Require("Payer").Text switch
    {
        nameof(Payer.BucketOwner) => Payer.BucketOwner,
        nameof(Payer.Requester) => Payer.Requester,
        string other => throw new XmlException($"Payer is '{other}', which is not a payer"),
    };
}
