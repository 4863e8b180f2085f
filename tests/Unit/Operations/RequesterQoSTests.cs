using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Operations;

public sealed class RequesterQoSTests
{
    private const string AllBandwidths =
        "<TotalUploadBandwidth>10</TotalUploadBandwidth><IntranetUploadBandwidth>-1</IntranetUploadBandwidth>"
        + "<ExtranetUploadBandwidth>0</ExtranetUploadBandwidth><TotalDownloadBandwidth>9223372036854775807</TotalDownloadBandwidth>"
        + "<IntranetDownloadBandwidth> 5 </IntranetDownloadBandwidth><ExtranetDownloadBandwidth>6</ExtranetDownloadBandwidth>";

    private const string OneRequester = "<RequesterQoSInfo><Requester>1</Requester><QoSConfiguration/></RequesterQoSInfo>";

    private static readonly QoSConfiguration SomeLimits = new QoSChanges
    {
        ["TotalUploadBandwidth"] = 10,
        ["ExtranetUploadBandwidth"] = 0,
        ["TotalDownloadBandwidth"] = 100,
        ["IntranetDownloadBandwidth"] = 50,
        ["ExtranetDownloadBandwidth"] = 5,
        ["TotalQps"] = 1000,
        ["IntranetQps"] = 0,
    }.AppliedTo(QoSConfiguration.Unlimited);

    [Fact]
    public async Task The_limits_of_a_requester_are_read()
    {
        await using OssEmulator emulator = await StartAsync();

        RequesterQoSInfo info = Assert.IsType<RequesterQoSInfo>(
            await Clients.For(emulator.State).GetQoSAsync(Clients.At(emulator.HttpEndpoint), "300200"));

        Assert.Equal(("examplebucket", "cn-hangzhou", "300200", 200), (info.Bucket, info.Region, info.Requester, info.StatusCode));
        Assert.Equal(emulator.HttpEndpoint, new Uri(info.Endpoint));
        Assert.Matches(@"\A[0-9A-F]{24}\z", info.RequestId);
        AssertBandwidths(info, 20, 10, 0, 100, 50, 5);
        RecordedRequest request = Assert.Single(emulator.State.Requests.All());
        Assert.True(request.Verified);
        Assert.Equal("GetBucketRequesterQoSInfo", request.Operation);
        Assert.Equal("/examplebucket/?qosRequester=300200&requesterQosInfo", request.RawTarget);
    }

    [Fact]
    public async Task A_requester_without_limits_is_the_error_of_OSS()
    {
        await using OssEmulator emulator = await StartAsync();

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.For(emulator.State).GetQoSAsync(Clients.At(emulator.HttpEndpoint), "999"));

        Assert.Equal((404, "NoSuchRequesterQoSInfo"), (e.StatusCode, e.ErrorCode));
        Assert.True(e.MeansNoLimits);
    }

    [Fact]
    public async Task Every_bandwidth_is_read_from_its_own_element()
    {
        RequesterLimits info = await AskAsync($"<Requester>300100</Requester><QoSConfiguration>{AllBandwidths}</QoSConfiguration>");

        AssertBandwidths(info, 10, -1, 0, long.MaxValue, 5, 6);
    }

    [Theory]
    [InlineData("<QoSConfiguration/>")]
    [InlineData("<QoSConfiguration></QoSConfiguration>")]
    [InlineData("<QoSConfiguration><TotalQps>7</TotalQps><NewBandwidth>x</NewBandwidth></QoSConfiguration>")]
    public async Task A_missing_bandwidth_is_unlimited(string configuration)
    {
        RequesterLimits info = await AskAsync($"<New/><Requester>300100</Requester>{configuration}");

        AssertBandwidths(info, -1, -1, -1, -1, -1, -1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-2")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("5 Gbit/s")]
    [InlineData("unlimited")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999")]
    [InlineData("٥")]
    [InlineData("1\u202E0")]
    public async Task An_invalid_bandwidth_is_refused(string text)
    {
        string body = string.Concat(text.Select(c => $"&#{(int)c};"));

        OssRequestException e = await RefusedAsync(
            $"<Requester>300100</Requester><QoSConfiguration><TotalUploadBandwidth>{body}</TotalUploadBandwidth></QoSConfiguration>");

        Assert.Contains("TotalUploadBandwidth", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Requester>300100</Requester>")]
    [InlineData("<QoSConfiguration/>")]
    [InlineData("<Requester/><QoSConfiguration/>")]
    [InlineData("<Requester>300 100</Requester><QoSConfiguration/>")]
    [InlineData("<Requester>&lt;script&gt;</Requester><QoSConfiguration/>")]
    [InlineData("<Requester>1</Requester><Requester>2</Requester><QoSConfiguration/>")]
    [InlineData("<Requester>1</Requester><QoSConfiguration/><QoSConfiguration/>")]
    [InlineData("<Requester>1</Requester><QoSConfiguration><TotalUploadBandwidth>1</TotalUploadBandwidth><TotalUploadBandwidth>2</TotalUploadBandwidth></QoSConfiguration>")]
    public async Task A_response_without_the_limits_is_refused(string content)
    {
        OssRequestException e = await RefusedAsync(content);

        Assert.Equal((200, Http.RequestId), (e.StatusCode, e.RequestId));
    }

    [Theory]
    [InlineData(404, "NoSuchRequesterQoSInfo", true)]
    [InlineData(404, "NoSuchQosConfiguration", true)]
    [InlineData(404, "NoSuchBucket", false)]
    [InlineData(404, "NoSuchResourcePool", false)]
    [InlineData(403, "QoSNotAllowed", false)]
    [InlineData(404, "NoSuchBucket", true, "0004-00000003")]
    [InlineData(400, "InvalidArgument", true, "0004-00000003")]
    [InlineData(404, "NoSuchConfiguration", true, "0004-00000002")]
    [InlineData(400, "InvalidArgument", false, "0004-00000114")]
    public void The_EC_or_a_404_that_names_the_QoS_means_that_a_requester_has_no_limits(
        int status, string code, bool meansNoLimits, string ec = "")
    {
        var e = new OssServiceException(code, "No.", status, new Uri("http://localhost")) { EC = ec };

        Assert.Equal(meansNoLimits, e.MeansNoLimits);
    }

    [Fact]
    public async Task Limits_are_set_read_listed_and_removed_at_a_bucket()
    {
        await AssertKeepsLimitsAsync(LimitedResource.OfBucket("examplebucket"), "owner");
    }

    [Fact]
    public async Task Limits_are_set_read_listed_and_removed_at_a_resource_pool()
    {
        await AssertKeepsLimitsAsync(LimitedResource.OfResourcePool("example-pool"), "temporary");
    }

    [Fact]
    public async Task A_put_at_a_bucket_contains_every_bandwidth_and_the_named_request_rates()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200));

        await Clients.Create().PutQoSAsync(Clients.At(server.Uri), "300100", SomeLimits);

        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal("PUT /examplebucket/?qosRequester=300100&requesterQosInfo HTTP/1.1", request.Line);
        Assert.Equal(
            "<QoSConfiguration><TotalUploadBandwidth>10</TotalUploadBandwidth><IntranetUploadBandwidth>-1</IntranetUploadBandwidth>"
            + "<ExtranetUploadBandwidth>0</ExtranetUploadBandwidth><TotalDownloadBandwidth>100</TotalDownloadBandwidth>"
            + "<IntranetDownloadBandwidth>50</IntranetDownloadBandwidth><ExtranetDownloadBandwidth>5</ExtranetDownloadBandwidth>"
            + "<TotalQps>1000</TotalQps><IntranetQps>0</IntranetQps></QoSConfiguration>",
            Encoding.UTF8.GetString(request.Body));
        Assert.NotNull(request.Header("Content-MD5"));
    }

    [Fact]
    public async Task A_put_at_a_resource_pool_has_the_same_body_without_a_bucket()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200));

        await Clients.Create().PutQoSAsync(Clients.At(server.Uri), "300100", SomeLimits, LimitedResource.OfResourcePool("pool"));

        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal("PUT /?qosRequester=300100&requesterQosInfo&resourcePool=pool HTTP/1.1", request.Line);
        Assert.EndsWith(
            "<TotalQps>1000</TotalQps><IntranetQps>0</IntranetQps></QoSConfiguration>",
            Encoding.UTF8.GetString(request.Body),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_about_another_requester_is_refused()
    {
        OssRequestException e = await RefusedAsync("<Requester>300200</Requester><QoSConfiguration/>");

        Assert.Contains("300200", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, e.Attempts);
    }

    [Fact]
    public async Task A_response_to_a_put_with_a_body_is_refused()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200, "<html/>"));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().PutQoSAsync(Clients.At(server.Uri), "300100", SomeLimits));

        Assert.Equal((OssRequestError.InvalidResponse, 1), (e.Error, e.Attempts));
    }

    [Fact]
    public async Task A_delete_succeeds_with_200_and_204()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200), Http.Head(204, Http.RequestIdHeader));

        await Clients.Create().DeleteQoSAsync(Clients.At(server.Uri), "300100");
        await Clients.Create().DeleteQoSAsync(Clients.At(server.Uri), "300100");

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request =>
            Assert.Equal("DELETE /examplebucket/?qosRequester=300100&requesterQosInfo HTTP/1.1", request.Line));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(206)]
    public async Task A_delete_with_another_status_is_an_error(int status)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(status));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().DeleteQoSAsync(Clients.At(server.Uri), "300100"));

        Assert.Equal((OssRequestError.InvalidResponse, status), (e.Error, e.StatusCode));
    }

    [Fact]
    public async Task A_delete_without_a_request_id_is_an_error()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().DeleteQoSAsync(Clients.At(server.Uri), "300100"));

        Assert.Equal(OssRequestError.InvalidResponse, e.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task All_pages_together_are_the_complete_listing(int size)
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.MaxListPageSize = size;
        for (int i = 0; i < 5; i++)
        {
            emulator.State.Buckets["examplebucket"].Requesters.Set($"40010{i}", new(5 + i, -1, -1, -1, -1, -1));
        }

        var limits = new List<RequesterLimits>();
        string? token = "";
        while (token is not null)
        {
            Page<Listed<RequesterLimits>> page = await Clients.For(emulator.State).ListQoSAsync(Clients.At(emulator.HttpEndpoint), token: token);
            limits.AddRange(page.Items.Select(requester => requester.Value!));
            token = page.Next?.Text;
        }

        Assert.Equal(
            ["300100", "300200", "400100", "400101", "400102", "400103", "400104"], limits.Select(limit => limit.Requester));
        Assert.Equal([10L, 20, 5, 6, 7, 8, 9], limits.Select(limit => limit.TotalUploadBandwidth));
        Assert.All(emulator.State.Requests.All(), request => Assert.Equal("ListBucketRequesterQoSInfos", request.Operation));
    }

    [Fact]
    public async Task A_continuation_token_is_sent_back_unchanged()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(
            200,
            "<ListBucketRequesterQoSInfosResult><IsTruncated>true</IsTruncated><NextContinuationToken>a+b/c=d e%</NextContinuationToken>"
            + "<RequesterQoSInfo><Requester>1</Requester><QoSConfiguration/></RequesterQoSInfo></ListBucketRequesterQoSInfosResult>"));

        Page<Listed<RequesterLimits>> page = await Clients.Create().ListQoSAsync(Clients.At(server.Uri));
        await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().ListQoSAsync(Clients.At(server.Uri), token: page.Next!.Text));

        Assert.Equal("GET /examplebucket/?max-keys=1000&requesterQosInfo HTTP/1.1", server.Requests[0].Line);
        Assert.Equal(
            "GET /examplebucket/?continuation-token=a%2Bb%2Fc%3Dd%20e%25&max-keys=1000&requesterQosInfo HTTP/1.1",
            server.Requests[1].Line);
    }

    [Theory]
    [InlineData("<IsTruncated>true</IsTruncated>")]
    [InlineData("<IsTruncated>true</IsTruncated>" + OneRequester)]
    [InlineData("<IsTruncated>true</IsTruncated><NextContinuationToken/>" + OneRequester)]
    [InlineData("<IsTruncated>true</IsTruncated><NextContinuationToken>token</NextContinuationToken>" + OneRequester)]
    [InlineData("<IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>")]
    [InlineData("<IsTruncated>yes</IsTruncated>" + OneRequester)]
    [InlineData("<RequesterQoSInfo/>")]
    [InlineData("<RequesterQoSInfo><QoSConfiguration/></RequesterQoSInfo>")]
    [InlineData("<RequesterQoSInfo><Requester>a b</Requester><QoSConfiguration/></RequesterQoSInfo>")]
    public async Task An_invalid_or_endless_listing_of_requesters_is_refused(string content)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(
            200, $"<ListBucketRequesterQoSInfosResult>{content}</ListBucketRequesterQoSInfosResult>"));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().ListQoSAsync(Clients.At(server.Uri), token: "token"));

        Assert.Equal(OssRequestError.InvalidResponse, e.Error);
    }

    [Theory]
    [InlineData("<QoSConfiguration><TotalQps>9223372036854775808</TotalQps></QoSConfiguration>", "TotalQps")]
    [InlineData("<QoSConfiguration><TotalUploadBandwidth>many</TotalUploadBandwidth></QoSConfiguration>", "TotalUploadBandwidth")]
    [InlineData("<QoSConfiguration><TotalQps>1</TotalQps><TotalQps>2</TotalQps></QoSConfiguration>", "TotalQps")]
    [InlineData("", "QoSConfiguration")]
    public async Task Limits_that_cannot_be_read_are_an_error_for_that_requester_only(
        string configuration, string named)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(
            200,
            $"<ListBucketRequesterQoSInfosResult>{OneRequester}<RequesterQoSInfo><Requester>2</Requester>{configuration}"
            + "</RequesterQoSInfo><RequesterQoSInfo><Requester>3</Requester><QoSConfiguration><TotalQps>3000000000</TotalQps>"
            + "</QoSConfiguration></RequesterQoSInfo></ListBucketRequesterQoSInfosResult>"));

        Page<Listed<RequesterLimits>> page = await Clients.Create().ListQoSAsync(Clients.At(server.Uri));

        Assert.Equal(["1", "2", "3"], page.Items.Select(requester => requester.Name));
        Assert.Equal([true, false, true], page.Items.Select(requester => requester.Value is not null));
        Assert.Equal(3_000_000_000, page.Items[2].Value!.TotalQps);
        OssRequestException error = page.Items[1].Error!;
        Assert.Equal((OssRequestError.InvalidResponse, Http.RequestId, 1), (error.Error, error.RequestId, error.Attempts));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buckets_and_resource_pools_have_separate_listings()
    {
        await using RawServer server = RawServer.Responding(
            Http.FromOss(200, "<ListBucketRequesterQoSInfosResult/>"),
            Http.FromOss(200, "<ListResourcePoolRequesterQoSInfosResult/>"));
        OssLocation location = Clients.At(server.Uri);

        await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().ListQoSAsync(location, LimitedResource.OfResourcePool("pool")));
        await Assert.ThrowsAsync<OssRequestException>(() => Clients.Create().ListQoSAsync(location));
    }

    [Theory]
    [InlineData("")]
    [InlineData("300 100")]
    [InlineData("300100&acl")]
    [InlineData("300100\n")]
    public async Task An_invalid_requester_is_refused_before_anything_is_sent(string requester)
    {
        await AssertRefusedUnsentAsync(OssRequestError.InvalidRequester, LimitedResource.OfBucket("examplebucket"), requester);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("pool&acl")]
    [InlineData("../pool")]
    [InlineData("pool\n")]
    [InlineData("pöol")]
    public async Task An_invalid_resource_pool_is_refused_before_anything_is_sent(string pool)
    {
        await AssertRefusedUnsentAsync(OssRequestError.InvalidResourcePool, LimitedResource.OfResourcePool(pool), "300100");
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("a.b@evil.example")]
    public async Task An_invalid_bucket_is_refused_before_anything_is_sent(string bucket)
    {
        await AssertRefusedUnsentAsync(OssRequestError.InvalidBucketName, LimitedResource.OfBucket(bucket), "300100");
    }

    private static async Task AssertRefusedUnsentAsync(OssRequestError error, LimitedResource resource, string requester)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200));
        OssLocation location = Clients.At(server.Uri);
        OssClient client = Clients.Create();
        Func<Task>[] operations =
        [
            () => client.GetQoSAsync(location, requester, resource),
            () => client.PutQoSAsync(location, requester, SomeLimits, resource),
            () => client.DeleteQoSAsync(location, requester, resource),
        ];
        foreach (Func<Task> operation in operations)
        {
            Assert.Equal(error, (await Assert.ThrowsAsync<OssRequestException>(operation)).Error);
        }

        Assert.Equal(0, server.Connections);
    }

    private static async Task AssertKeepsLimitsAsync(LimitedResource resource, string keyPair)
    {
        await using OssEmulator emulator = await StartAsync();
        OssLocation location = Clients.At(emulator.HttpEndpoint);
        OssClient client = Clients.For(emulator.State, keyPair);

        RequesterLimits put = await client.PutQoSAsync(location, "500100", SomeLimits, resource);
        RequesterLimits got = await client.GetQoSAsync(location, "500100", resource);
        Page<Listed<RequesterLimits>> page = await client.ListQoSAsync(location, resource);
        await client.DeleteQoSAsync(location, "500100", resource);
        var e = await Assert.ThrowsAsync<OssServiceException>(() => client.GetQoSAsync(location, "500100", resource));

        RequesterLimits listed = Assert.Single(page.Items, listed => listed.Name == "500100").Value!;
        Assert.Null(page.Next);
        Assert.All([put, got, listed], limits =>
        {
            AssertBandwidths(limits, 10, -1, 0, 100, 50, 5);
            Assert.Equal(("500100", "cn-hangzhou", 200), (limits.Requester, limits.Region, limits.StatusCode));
            Assert.Matches(@"\A[0-9A-F]{24}\z", limits.RequestId);
            Assert.Equal((1000, 0, -1), (limits.TotalQps, limits.IntranetQps, limits.ExtranetQps));
            if (resource.IsResourcePool)
            {
                Assert.Equal(resource.ResourcePool, Assert.IsType<ResourcePoolRequesterQoSInfo>(limits).ResourcePool);
            }
            else
            {
                Assert.Equal(resource.Bucket, Assert.IsType<RequesterQoSInfo>(limits).Bucket);
            }
        });
        Assert.True(e.MeansNoLimits);
        Assert.All(emulator.State.Requests.All(), request => Assert.True(request.Verified));
    }

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<RequesterLimits> AskAsync(string content)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200, $"<RequesterQoSInfo>{content}</RequesterQoSInfo>"));
        return await Clients.Create().GetQoSAsync(Clients.At(server.Uri), "300100");
    }

    private static async Task<OssRequestException> RefusedAsync(string content)
    {
        var e = await Assert.ThrowsAsync<OssRequestException>(() => AskAsync(content));
        Assert.Equal(OssRequestError.InvalidResponse, e.Error);
        return e;
    }

    private static void AssertBandwidths(
        RequesterLimits info, long totalUpload, long intranetUpload, long extranetUpload, long totalDownload, long intranetDownload, long extranetDownload)
    {
        Assert.Equal(
            (totalUpload, intranetUpload, extranetUpload, totalDownload, intranetDownload, extranetDownload),
            (info.TotalUploadBandwidth, info.IntranetUploadBandwidth, info.ExtranetUploadBandwidth,
                info.TotalDownloadBandwidth, info.IntranetDownloadBandwidth, info.ExtranetDownloadBandwidth));
    }
}
