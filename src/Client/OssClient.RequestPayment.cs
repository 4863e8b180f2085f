using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;

namespace OssPayment.Client;

/// <summary>GetBucketRequestPayment and PutBucketRequestPayment.</summary>
internal sealed partial class OssClient
{
    private static readonly KeyValuePair<string, string> RequestPayment = new("requestPayment", "");

    internal async Task<BucketRequestPayment> GetBucketRequestPaymentAsync(
        OssLocation location, string bucket, RequestTrace? trace, CancellationToken cancellation)
    {
        OssAnswer answer = await SendAsync(OssOperation.Get(bucket, RequestPayment), location, trace, cancellation)
            .ConfigureAwait(false);
        Payer payer = Read(answer, static a => ToPayer(a.Document("RequestPaymentConfiguration").Require("Payer").Text));
        return ToModel(answer, bucket, payer);
    }

    internal async Task<BucketRequestPayment> PutBucketRequestPaymentAsync(
        OssLocation location, string bucket, Payer payer, RequestTrace? trace, CancellationToken cancellation)
    {
        byte[] body = Encoding.UTF8.GetBytes(
            $"<RequestPaymentConfiguration><Payer>{payer}</Payer></RequestPaymentConfiguration>");
        OssAnswer answer = await SendAsync(OssOperation.Put(bucket, body, RequestPayment), location, trace, cancellation)
            .ConfigureAwait(false);
        answer.RequireNoBody();
        return ToModel(answer, bucket, payer);
    }

    private static Payer ToPayer(string text) => text switch
    {
        nameof(Payer.BucketOwner) => Payer.BucketOwner,
        nameof(Payer.Requester) => Payer.Requester,
        _ => throw new XmlException($"'{text}' is no payer."),
    };

    private static BucketRequestPayment ToModel(OssAnswer answer, string bucket, Payer payer) =>
        new(bucket, payer, answer.Location.Region, answer.Endpoint, answer.RequestId, answer.StatusCode);
}
