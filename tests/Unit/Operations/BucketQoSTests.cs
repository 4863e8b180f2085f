using System;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Operations;

/// <summary>A bucket's own limits.</summary>
public sealed class BucketQoSTests
{
    private const string Limits =
        "<TotalUploadBandwidth>10</TotalUploadBandwidth><IntranetUploadBandwidth>2</IntranetUploadBandwidth>"
        + "<ExtranetUploadBandwidth>-1</ExtranetUploadBandwidth><TotalDownloadBandwidth>20</TotalDownloadBandwidth>"
        + "<IntranetDownloadBandwidth>-1</IntranetDownloadBandwidth>"
        + "<ExtranetDownloadBandwidth>0</ExtranetDownloadBandwidth><TotalQps>3000000000</TotalQps>";

    [Fact]
    public async Task Limits_are_read_set_and_removed()
    {
        await using OssEmulator emulator =
            await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        OssClient client = Clients.For(emulator.State);
        OssLocation location = Clients.At(emulator.HttpEndpoint);
        QoSConfiguration some = new QoSChanges { ["TotalUploadBandwidth"] = 3, ["IntranetUploadBandwidth"] = 1 }
            .AppliedTo(QoSConfiguration.Unlimited);

        var put = Assert.IsType<BucketQoSInfo>(
            await client.SendAsync(BucketQoSOperations.Put("a-bucket", some), location));
        var got = Assert.IsType<BucketQoSInfo>(await client.SendAsync(BucketQoSOperations.Get("a-bucket"), location));
        await client.SendAsync(BucketQoSOperations.Delete("a-bucket"), location);
        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => client.SendAsync(BucketQoSOperations.Get("a-bucket"), location));

        Assert.All([put, got], limits =>
        {
            Assert.Equal(("a-bucket", "cn-hangzhou", 200), (limits.Bucket, limits.Region, limits.StatusCode));
            Assert.Equal(
                (3, 1, -1, -1), (limits.TotalUploadBandwidth, limits.IntranetUploadBandwidth,
                    limits.ExtranetUploadBandwidth, limits.TotalQps));
            Assert.Equal("a-bucket: up 3 Gbit/s, down unlimited", limits.ToString());
        });
        Assert.True(e.MeansNoLimits);
        Assert.All(emulator.State.Requests.All(), request => Assert.True(request.Verified));
    }

    [Fact]
    public async Task Everything_that_was_read_is_sent_back()
    {
        // The element Exclusive is in the models of aliyun/alibabacloud-gateway, Aug 14, 2026.
        await using RawServer server = RawServer.Responding(
            Http.FromOss(200, $"<QoSConfiguration><Exclusive>true</Exclusive>{Limits}</QoSConfiguration>"),
            Http.FromOss(200));
        OssLocation location = Clients.At(server.Uri);
        OssClient client = Clients.Create();

        QoSInfo read = await client.SendAsync(BucketQoSOperations.Get(Clients.Bucket), location);
        QoSConfiguration changed = new QoSChanges { ["TotalDownloadBandwidth"] = 30 }.AppliedTo(read.Configuration);
        await client.SendAsync(BucketQoSOperations.Put(Clients.Bucket, changed), location);

        Assert.Equal("GET /examplebucket/?qosInfo HTTP/1.1", server.Requests[0].Line);
        Assert.Equal("PUT /examplebucket/?qosInfo HTTP/1.1", server.Requests[1].Line);
        Assert.Equal(
            $"<QoSConfiguration><Exclusive>true</Exclusive>{Limits.Replace(">20<", ">30<", StringComparison.Ordinal)}"
            + "</QoSConfiguration>",
            Encoding.UTF8.GetString(server.Requests[1].Body));
    }

    [Theory]
    [InlineData("<BucketQoSInfo/>")]
    [InlineData("<QoSConfiguration><TotalQps>-2</TotalQps></QoSConfiguration>")]
    [InlineData("")]
    public async Task A_response_without_valid_limits_is_refused(string body)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200, body));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().SendAsync(BucketQoSOperations.Get(Clients.Bucket), Clients.At(server.Uri)));

        Assert.Equal(OssRequestError.InvalidResponse, e.Error);
    }
}
