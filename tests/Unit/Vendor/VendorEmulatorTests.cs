using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using System.Xml.Linq;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using Xunit;

namespace OssPayment.Tests.Vendor;

/// <summary>The emulator writes the responses that the vendor documents: the same elements in the same order.</summary>
public sealed class VendorEmulatorTests
{
    private const string PoolName = "resource-pool-for-ai";

    [Theory]
    [InlineData("GetBucketRequestPayment.xml", "requestPayment")]
    [InlineData("GetBucketRequesterQoSInfo.xml", "requesterQosInfo&qosRequester=111")]
    [InlineData("GetBucketRequesterQoSInfo-nine.xml", "requesterQosInfo&qosRequester=333")]
    [InlineData("ListBucketRequesterQoSInfos.xml", "requesterQosInfo&max-keys=2&continuation-token={token}")]
    [InlineData("GetBucketQoSInfo.xml", "qosInfo")]
    public async Task A_response_for_a_bucket_has_the_documented_elements(string file, string query)
    {
        await AssertShapeAsync(file, "mybucket", query);
    }

    [Theory]
    [InlineData("GetResourcePoolRequesterQoSInfo.xml", $"requesterQosInfo&resourcePool={PoolName}&qosRequester=333")]
    [InlineData(
        "ListResourcePoolRequesterQoSInfos.xml",
        $"requesterQosInfo&resourcePool={PoolName}&max-keys=2&continuation-token={{token}}")]
    [InlineData("ListResourcePools.xml", "resourcePool&max-keys=10")]
    [InlineData("GetResourcePoolInfo.xml", $"resourcePoolInfo&resourcePool={PoolName}")]
    [InlineData("ListResourcePoolBuckets.xml", $"resourcePoolBuckets&resourcePool={PoolName}&max-keys=2")]
    [InlineData("ListBuckets.xml", "prefix=app")]
    [InlineData("ListBuckets-truncated.xml", "prefix=my&marker=mybucket&max-keys=1")]
    public async Task A_response_for_the_account_has_the_documented_elements(string file, string query)
    {
        await AssertShapeAsync(file, bucket: null, query);
    }

    [Theory]
    [InlineData("Error-NoSuchBucket.xml", "no-such-bucket", "owner", "")]
    [InlineData("Error-RequestTimeTooSkewed.xml", "mybucket", "owner", "clock")]
    [InlineData("Error-WrongEndpoint.xml", "mybucket", "owner", "region")]
    [InlineData("Error-SignatureDoesNotMatch.xml", "mybucket", "owner", "signature")]
    [InlineData("Error-InvalidAccessKeyId.xml", "mybucket", "owner", "id")]
    [InlineData("Error-AccessDenied.xml", "mybucket", "reader", "")]
    public async Task An_error_has_the_documented_elements(string file, string bucket, string keyPair, string cause)
    {
        var documented = VendorResponse.Find(file);
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ClockOffset = cause == "clock" ? TimeSpan.FromHours(1) : TimeSpan.Zero;
        emulator.State.LoopbackRegion = cause == "region" ? "cn-beijing" : null;

        var response = await new SignedRequest(emulator, HttpMethod.Put, bucket, "requestPayment")
        {
            KeyPair = keyPair,
            Body = "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>",
            Authorization = (credential, signature) => cause switch
            {
                "id" => $"OSS4-HMAC-SHA256 Credential=No{credential},Signature={signature}",
                "signature" => $"OSS4-HMAC-SHA256 Credential={credential},Signature={signature[1..]}0",
                _ => $"OSS4-HMAC-SHA256 Credential={credential},Signature={signature}",
            },
        }.SendAsync();

        // The copies of older pages and tests lack elements that newer ones have.
        Assert.Equal(documented.Status, response.Status);
        XElement root = XDocument.Parse(response.Body).Root!;
        Assert.Equal(documented.Root.Element("Code")!.Value, root.Element("Code")!.Value);
        string[] expected = VendorResponse.Shape(documented.Root);
        Assert.Equal(expected, VendorResponse.Shape(root).Intersect(expected));
    }

    private static async Task AssertShapeAsync(string file, string? bucket, string query)
    {
        var documented = VendorResponse.Find(file);
        await using OssEmulator emulator = await StartAsync();
        string token = query.Contains("{token}", StringComparison.Ordinal)
            ? await FirstTokenAsync(emulator, bucket, query)
            : "";

        var response = await new SignedRequest(
            emulator, HttpMethod.Get, bucket, query.Replace("{token}", token, StringComparison.Ordinal)).SendAsync();

        Assert.Equal(documented.Status, response.Status);
        Assert.Equal(
            VendorResponse.Shape(documented.Root), VendorResponse.Shape(XDocument.Parse(response.Body).Root!));
    }

    private static async Task<string> FirstTokenAsync(OssEmulator emulator, string? bucket, string query)
    {
        string first = query.Replace("&continuation-token={token}", "", StringComparison.Ordinal);
        var response = await new SignedRequest(emulator, HttpMethod.Get, bucket, first).SendAsync();
        return Uri.EscapeDataString(XDocument.Parse(response.Body).Root!.Element("NextContinuationToken")!.Value);
    }

    private static async Task<OssEmulator> StartAsync()
    {
        OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        foreach (string name in Seed.Buckets.Keys)
        {
            emulator.State.Buckets.Remove(name);
        }

        emulator.State.Buckets.Add("app-base-oss", "cn-shanghai");
        emulator.State.Buckets.Add("mybucket", "cn-hangzhou");
        foreach (string name in new[] { "mybucket10", "mybucket11" })
        {
            emulator.State.Buckets.Add(name, "cn-hangzhou").ResourceGroup = "rg-aek27tc";
        }

        var pool = new ResourcePool(PoolName, "cn-hangzhou", Seed.OwnerAccount)
        {
            Limits = new(200, 16, 112, 210, 120, 150, 400, 260, 270),
        };
        pool.Add("mybucket");
        emulator.State.ResourcePools[PoolName] = pool;
        emulator.State.Buckets["mybucket"].Limits = new(10, -1, -1, 10, -1, -1);
        foreach (RequesterQoSTable requesters in new[]
        {
            emulator.State.Buckets["mybucket"].Requesters, emulator.State.ResourcePools[PoolName].Requesters,
        })
        {
            requesters.Set("111", new(10, -1, -1, 10, -1, -1));
            foreach (string uid in new[] { "222", "333", "444", "555", "666" })
            {
                requesters.Set(uid, new(10, -1, -1, 10, -1, -1, 1000, -1, -1));
            }
        }

        return emulator;
    }
}
