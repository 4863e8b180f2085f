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
