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
    public void Every_response_is_read_by_a_test()
    {
        Assert.Equal(
            VendorResponse.All.Select(response => response.Operation).Distinct().Order(),
            [
                VendorResponse.Error, "GetBucketQoSInfo", "GetBucketRequestPayment", "GetBucketRequesterQoSInfo",
                "GetResourcePoolInfo", "GetResourcePoolRequesterQoSInfo", "ListBucketRequesterQoSInfos", "ListBuckets",
                "ListResourcePoolBuckets", "ListResourcePoolRequesterQoSInfos", "ListResourcePools",
            ]);
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

        AssertRequester(response.Root, limits);
    }

    [Theory]
    [MemberData(nameof(RequesterLists))]
    public async Task The_limits_of_all_requesters_are_read(string file)
    {
        var response = VendorResponse.Find(file);
        await using RawServer server = Responding(response);

        Page<Listed<RequesterLimits>> page = await Clients.Create().ListQoSAsync(
            Clients.At(server.Uri), ResourceOf(response), response.Root.Element("ContinuationToken")!.Value);

        Assert.Equal((string?)response.Root.Element("NextContinuationToken"), page.Next?.Text);
        XElement[] infos = [.. response.Root.Elements("RequesterQoSInfo")];
        Assert.Equal(infos.Length, page.Items.Count);
        Assert.All(infos.Zip(page.Items), pair => AssertRequester(pair.First, pair.Second.Value!));
    }

    [Fact]
    public async Task The_limits_of_a_bucket_are_read()
    {
        var response = VendorResponse.Find("GetBucketQoSInfo.xml");
        await using RawServer server = Responding(response);

        AssertLimits(
            response.Root, await Clients.Create().SendAsync(BucketQoSOperations.Get(Clients.Bucket), Clients.At(server.Uri)));
    }

    [Fact]
    public async Task A_resource_pool_is_read()
    {
        var response = VendorResponse.Find("GetResourcePoolInfo.xml");
        await using RawServer server = Responding(response);

        var pool = Assert.IsType<ResourcePoolInfo>(await Clients.Create().SendAsync(
            ResourcePoolOperations.Get(Pool.ResourcePool!), Clients.At(server.Uri)));

        AssertLimits(response.Root.Element("QoSConfiguration")!, pool);
        Assert.Equal(response.Root.Element("Owner")!.Value, pool.Owner);
        Assert.Equal(((DateTimeOffset)response.Root.Element("CreateTime")!).UtcDateTime, pool.CreationTime);
    }

    [Fact]
    public async Task The_resource_pools_are_read()
    {
        var response = VendorResponse.Find("ListResourcePools.xml");
        await using RawServer server = Responding(response);

        Page<string> page = await Clients.Create().SendAsync(
            ResourcePoolOperations.List(Clients.Page("abcd")), Clients.At(server.Uri));

        Assert.Equal("xyz", page.Next?.Text);
        Assert.Equal(response.Root.Descendants("Name").Select(name => name.Value), page.Items);
    }

    [Fact]
    public async Task The_buckets_of_a_resource_pool_are_read()
    {
        var response = VendorResponse.Find("ListResourcePoolBuckets.xml");
        await using RawServer server = Responding(response);

        Page<Listed<ResourcePoolBucket>> page = await Clients.Create().SendAsync(
            ResourcePoolOperations.ListBuckets(Pool.ResourcePool!, Clients.Page("abcd")), Clients.At(server.Uri));

        Assert.Null(page.Next);
        Assert.Equal(
            response.Root.Elements("ResourcePoolBucket").Select(bucket => (
                bucket.Element("Name")!.Value, (DateTime?)((DateTimeOffset)bucket.Element("JoinTime")!).UtcDateTime)),
            page.Items.Select(listed => (listed.Value!.Bucket, listed.Value.JoinTime)));
    }

    [Theory]
    [MemberData(nameof(BucketLists))]
    public async Task The_buckets_of_an_account_are_read(string file)
    {
        var response = VendorResponse.Find(file);
        await using RawServer server = Responding(response);

        Page<ListedBucket> page = await Clients.Create().ListAsync(Clients.At(server.Uri));

        Assert.Equal((string?)response.Root.Element("NextMarker"), page.Next?.Text);
        Assert.Equal(
            response.Root.Descendants("Bucket")
                .Select(bucket => (bucket.Element("Name")!.Value, bucket.Element("Region")!.Value)),
            page.Items.Select(bucket => (bucket.Name, bucket.Place.Region)));
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

    private static void AssertRequester(XElement info, RequesterLimits limits)
    {
        Assert.Equal(info.Element("Requester")!.Value, limits.Requester);
        AssertLimits(info.Element("QoSConfiguration")!, limits);
    }

    /// <summary>Each limit that the response has is the property of that name.</summary>
    private static void AssertLimits(XElement configuration, QoSInfo limits)
    {
        Assert.All(configuration.Elements(), element =>
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
