using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Vendor;

/// <summary>The module reads the responses that the vendor documents.</summary>
public sealed class VendorResponseTests
{
    private static readonly string[] NotSent =
        ["GetBucketQoSInfo", "GetResourcePoolInfo", "ListResourcePoolBuckets", "ListResourcePools"];

    private static readonly LimitedResource Pool = LimitedResource.OfResourcePool("resource-pool-for-ai");

    public static TheoryData<string> Errors => Files(VendorResponse.Error);

    public static TheoryData<string> RequesterInfos =>
        Files("GetBucketRequesterQoSInfo", "GetResourcePoolRequesterQoSInfo");

    public static TheoryData<string> RequesterLists =>
        Files("ListBucketRequesterQoSInfos", "ListResourcePoolRequesterQoSInfos");

    public static TheoryData<string> BucketLists => Files("ListBuckets");

    [Fact]
    public void Every_file_is_in_the_index_with_its_source()
    {
        Assert.Equal(
            Directory.EnumerateFiles(VendorResponse.Folder, "*.xml").Select(file => Path.GetFileName(file)).Order(),
            VendorResponse.All.Select(response => response.File).Order());
        Assert.All(VendorResponse.All, response => Assert.Matches(@"\(.*\b\d{4}\)|without a date", response.Source));
    }

    [Fact]
    public void Every_response_is_read_by_a_test_unless_the_module_does_not_send_the_operation()
    {
        string source = string.Concat(Repository.Sources().Select(source => source.Text));

        Assert.Equal(
            VendorResponse.All.Select(response => response.Operation).Distinct().Order(),
            NotSent.Concat(
            [
                VendorResponse.Error, "GetBucketRequestPayment", "GetBucketRequesterQoSInfo",
                "GetResourcePoolRequesterQoSInfo", "ListBucketRequesterQoSInfos", "ListBuckets",
                "ListResourcePoolRequesterQoSInfos",
            ]).Order());
        Assert.All(NotSent, operation => Assert.DoesNotContain($"\"{operation}\"", source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_payer_is_read()
    {
        var response = VendorResponse.Find("GetBucketRequestPayment.xml");
        await using RawServer server = Responding(response);

        BucketRequestPayment payment = await Clients.Create().GetPaymentAsync(Clients.At(server.Uri));

        Assert.Equal((string?)response.Root.Element("Payer"), payment.Payer.ToString());
    }

    [Theory]
    [MemberData(nameof(RequesterInfos))]
    public async Task The_limits_of_a_requester_are_read(string file)
    {
        var response = VendorResponse.Find(file);
        await using RawServer server = Responding(response);

        RequesterLimits limits = await Clients.Create().GetQoSAsync(
            Clients.At(server.Uri), response.Root.Element("Requester")!.Value, ResourceOf(response));

        AssertLimits(response.Root, limits);
    }

    [Theory]
    [MemberData(nameof(RequesterLists))]
    public async Task The_limits_of_all_requesters_are_read(string file)
    {
        var response = VendorResponse.Find(file);
        await using RawServer server = Responding(response);

        RequesterPage page = await Clients.Create().ListQoSAsync(
            Clients.At(server.Uri), ResourceOf(response), response.Root.Element("ContinuationToken")!.Value);

        Assert.Equal((string?)response.Root.Element("NextContinuationToken"), page.Next?.Text);
        XElement[] infos = [.. response.Root.Elements("RequesterQoSInfo")];
        Assert.Equal(infos.Length, page.Requesters.Count);
        Assert.All(infos.Zip(page.Requesters), pair => AssertLimits(pair.First, pair.Second.Limits!));
    }

    [Theory]
    [MemberData(nameof(BucketLists))]
    public async Task The_buckets_of_an_account_are_read(string file)
    {
        var response = VendorResponse.Find(file);
        await using RawServer server = Responding(response);

        BucketPage page = await Clients.Create().ListAsync(Clients.At(server.Uri));

        Assert.Equal((string?)response.Root.Element("NextMarker"), page.Next?.Text);
        Assert.Equal(
            response.Root.Descendants("Bucket")
                .Select(bucket => (bucket.Element("Name")!.Value, bucket.Element("Region")!.Value)),
            page.Buckets.Select(bucket => (bucket.Name, bucket.Place.Region)));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_is_read(string file)
    {
        var response = VendorResponse.Find(file);
        await using RawServer server = Responding(response);

        OssServiceException e = await Clients.ServiceFailureAsync(server);

        Assert.Equal(response.Status, e.StatusCode);
        string Field(string name) => (string?)response.Root.Element(name) ?? "";
        Assert.Equal((Field("Code"), Field("Message")), (e.ErrorCode, e.Message));
        Assert.Equal((Field("EC"), Field("HostId"), Field("RecommendDoc")), (e.EC, e.HostId, e.RecommendDoc));
        Assert.Equal(Field("RequestId") is { Length: > 0 } id ? id : Http.RequestId, e.RequestId);
        Assert.Equal(Field("Endpoint"), e.NamedEndpoint);
        Assert.Equal((DateTimeOffset?)response.Root.Element("ServerTime"), e.ServerTime);
    }

    /// <summary>Each limit that the response has is the property of that name.</summary>
    private static void AssertLimits(XElement info, RequesterLimits limits)
    {
        Assert.Equal(info.Element("Requester")!.Value, limits.Requester);
        Assert.All(info.Element("QoSConfiguration")!.Elements(), element =>
        {
            object? value = limits.GetType().GetProperty(element.Name.LocalName)?.GetValue(limits);
            Assert.Equal(element.Value, $"{value}");
        });
    }

    private static LimitedResource ResourceOf(VendorResponse response) =>
        response.Operation.Contains("ResourcePool", StringComparison.Ordinal) ? Pool : Clients.AnyResource;

    private static RawServer Responding(VendorResponse response) =>
        RawServer.Responding(Http.FromOss(response.Status, response.Text));

    private static TheoryData<string> Files(params IReadOnlyCollection<string> operations) =>
    [
        .. VendorResponse.All
            .Where(response => operations.Contains(response.Operation))
            .Select(response => response.File),
    ];
}
