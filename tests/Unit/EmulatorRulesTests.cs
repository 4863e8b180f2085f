using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using System.Xml.Linq;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using Xunit;

namespace OssPayment.Tests;

/// <summary>Rules of the service that the emulator has from the vendor's pages. Its README names them.</summary>
public sealed class EmulatorRulesTests
{
    [Theory]
    [InlineData("tag-key=team", "a-bucket,b-bucket")]
    [InlineData("tag-key=team&tag-value=red", "a-bucket")]
    [InlineData("tag-key=none", "")]
    [InlineData("tagging=%22team%22%3A%22blue%22%2C%22stage%22%3A%22test%22", "b-bucket")]
    [InlineData("tagging=team:red", "a-bucket")]
    [InlineData("tagging=team:red,stage:test", "")]
    [InlineData("prefix=b&tag-key=team", "b-bucket")]
    public async Task A_listing_can_be_filtered_by_tags(string query, string buckets)
    {
        await using OssEmulator emulator = await StartAsync();

        Assert.Equal(buckets, await ListAsync(new SignedRequest(emulator, HttpMethod.Get, bucket: null, query)));
    }

    [Theory]
    [InlineData("tag-value=red")]
    [InlineData("tag-key=team&tagging=team:red")]
    [InlineData("tagging=team")]
    public async Task Tags_that_contradict_each_other_are_refused(string query)
    {
        await using OssEmulator emulator = await StartAsync();

        var response = await new SignedRequest(emulator, HttpMethod.Get, bucket: null, query).SendAsync();

        Assert.Equal(400, response.Status);
    }

    [Theory]
    [InlineData("rg-aek27tc", "c-bucket")]
    [InlineData("rg-default-id", "a-bucket")]
    [InlineData("", "a-bucket")]
    [InlineData("rg-other", "")]
    public async Task A_listing_can_be_filtered_by_resource_group(string group, string first)
    {
        await using OssEmulator emulator = await StartAsync();
        var request = new SignedRequest(emulator, HttpMethod.Get, bucket: null, "");
        request.Headers["x-oss-resource-group-id"] = group;

        Assert.Equal(first, (await ListAsync(request)).Split(',')[0]);
    }

    [Theory]
    [InlineData("<RequestPaymentConfiguration><Payer>Other</Payer></RequestPaymentConfiguration>", "0035-00000002")]
    [InlineData("<RequestPaymentConfiguration/>", "0035-00000001")]
    [InlineData("<Payer>Requester</Payer>", "0035-00000001")]
    [InlineData("<RequestPaymentConfiguration>", "0035-00000001")]
    public async Task A_payer_that_is_not_valid_has_the_documented_EC(string body, string ec)
    {
        await using OssEmulator emulator = await StartAsync();

        var request = new SignedRequest(emulator, HttpMethod.Put, Clients.Bucket, "requestPayment") { Body = body };
        var response = await request.SendAsync();

        Assert.Equal((400, ec), (response.Status, response.EC));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task The_module_accepts_both_statuses_of_a_delete(HttpStatusCode status)
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.DeleteStatus = status;

        await Clients.For(emulator.State).DeleteQoSAsync(Clients.At(emulator.HttpEndpoint), "300100");

        Assert.Equal((int)status, Assert.Single(emulator.State.Requests.All()).Status);
    }

    [Theory]
    [InlineData("qosInfo", "TotalDownloadBandwidth", 501, false, "TotalDownloadBandwidth of the resource pool")]
    [InlineData("qosInfo", "ExtranetDownloadBandwidth", 500, false, "ExtranetDownloadBandwidth of the resource pool")]
    [InlineData("qosInfo", "IntranetDownloadBandwidth", 501, false, "TotalDownloadBandwidth of the resource pool")]
    [InlineData("qosInfo", "TotalDownloadBandwidth", 500, true, "")]
    [InlineData("qosInfo", "TotalDownloadBandwidth", 2, true, "")]
    [InlineData("qosInfo", "TotalDownloadBandwidth", -1, true, "")]
    [InlineData("requesterQosInfo&qosRequester=1", "TotalDownloadBandwidth", 201, false, "TotalDownloadBandwidth of the bucket")]
    [InlineData("requesterQosInfo&qosRequester=1", "ExtranetUploadBandwidth", 150, false, "TotalUploadBandwidth of the bucket")]
    [InlineData("requesterQosInfo&qosRequester=1", "TotalDownloadBandwidth", 200, true, "")]
    [InlineData("requesterQosInfo&qosRequester=1", "TotalDownloadBandwidth", 2, false, "at least 5")]
    public async Task A_limit_does_not_exceed_those_above_it(
        string query, string limit, int value, bool isAccepted, string reason)
    {
        await using OssEmulator emulator = await StartAsync();
        var request = new SignedRequest(emulator, HttpMethod.Put, Clients.Bucket, query)
        {
            Body = $"<QoSConfiguration><{limit}>{value}</{limit}></QoSConfiguration>",
        };

        var response = await request.SendAsync();

        Assert.Equal(isAccepted ? (200, "") : (400, "0004-00000114"), (response.Status, response.EC ?? ""));
        Assert.Contains(reason, response.Body, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", 404, "0004-00000002")]
    [InlineData("PUT", 400, "0004-00000114")]
    [InlineData("DELETE", 400, "0004-00000114")]
    public async Task Only_buckets_in_a_resource_pool_have_limits_of_their_own(string method, int status, string ec)
    {
        await using OssEmulator emulator = await StartAsync();
        var request = new SignedRequest(emulator, new HttpMethod(method), "b-bucket", "qosInfo")
        {
            Body = method == "PUT" ? "<QoSConfiguration/>" : null,
        };

        var response = await request.SendAsync();

        Assert.Equal((status, ec), (response.Status, response.EC));
    }

    private static async Task<string> ListAsync(SignedRequest request)
    {
        var response = await request.SendAsync();
        Assert.Equal(200, response.Status);
        return string.Join(',', XDocument.Parse(response.Body).Descendants("Name").Select(name => name.Value));
    }

    private static async Task<OssEmulator> StartAsync()
    {
        OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        BucketStore buckets = emulator.State.Buckets;
        buckets["a-bucket"].Tags = new() { ["team"] = "red" };
        buckets["b-bucket"].Tags = new() { ["team"] = "blue", ["stage"] = "test" };
        buckets["c-bucket"].ResourceGroup = "rg-aek27tc";
        return emulator;
    }
}
