using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Operations;

/// <summary>Resource pools, their limits and their buckets.</summary>
public sealed class ResourcePoolTests
{
    private const string Pool = "example-pool";

    [Fact]
    public async Task The_resource_pools_of_a_region_are_listed()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ResourcePools["a-pool"] = new ResourcePool("a-pool", "cn-beijing", Seed.OwnerAccount);
        emulator.State.ResourcePools["b-pool"] = new ResourcePool("b-pool", "cn-hangzhou", Seed.StrangerAccount);
        emulator.State.MaxListPageSize = 1;

        IReadOnlyList<string> pools = await AllAsync(emulator, ResourcePoolOperations.List);

        Assert.Equal([Pool, "other-pool"], pools);
        Assert.Equal(
            ["/?max-keys=1000&resourcePool", "/?continuation-token=example-pool&max-keys=1000&resourcePool"],
            emulator.State.Requests.All().Select(request => request.RawTarget));
    }

    [Fact]
    public async Task A_resource_pool_is_read_with_its_limits()
    {
        await using OssEmulator emulator = await StartAsync();

        var pool = Assert.IsType<ResourcePoolInfo>(
            await Clients.For(emulator.State).SendAsync(ResourcePoolOperations.Get(Pool), At(emulator)));

        Assert.Equal((Pool, "cn-hangzhou", Seed.OwnerAccount), (pool.ResourcePool, pool.Region, pool.Owner));
        Assert.Equal(new DateTime(2024, 7, 24, 8, 42, 32, DateTimeKind.Utc), pool.CreationTime);
        Assert.Equal(DateTimeKind.Utc, pool.CreationTime!.Value.Kind);
        Assert.Equal((300, 500, -1), (pool.TotalUploadBandwidth, pool.TotalDownloadBandwidth, pool.TotalQps));
        Assert.Equal("example-pool: up 300 Gbit/s, down 500 Gbit/s", pool.ToString());
        Assert.Equal("/?resourcePool=example-pool&resourcePoolInfo", Assert.Single(emulator.State.Requests.All()).RawTarget);
    }

    [Fact]
    public async Task The_buckets_of_a_resource_pool_are_listed()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.MaxListPageSize = 1;

        ResourcePoolBucket[] buckets =
        [
            .. (await AllAsync(emulator, token => ResourcePoolOperations.ListBuckets(Pool, token)))
                .Select(listed => listed.Value!),
        ];

        Assert.Equal(["a-bucket", "examplebucket"], buckets.Select(bucket => bucket.Bucket));
        Assert.Equal(["test-group", ""], buckets.Select(bucket => bucket.Group));
        Assert.All(buckets, bucket =>
        {
            Assert.Equal((Pool, "cn-hangzhou", 200), (bucket.Pool, bucket.Region, bucket.StatusCode));
            Assert.Equal(new DateTime(2024, 11, 29, 8, 42, 32, DateTimeKind.Utc), bucket.JoinTime);
        });
    }

    [Theory]
    [InlineData("<JoinTime>2024-07-24T08:42:32.000Z</JoinTime>", "Name is missing")]
    [InlineData("", "Name is missing")]
    [InlineData("<Name>../x</Name>", "'../x', which is not a bucket name")]
    [InlineData("<Name>c-bucket</Name><JoinTime>soon</JoinTime>", "JoinTime of ResourcePoolBucket is 'soon'")]
    public async Task A_bucket_that_cannot_be_read_is_an_error_of_its_own(string content, string reason)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(
            200,
            $"<ListResourcePoolBucketsResult><ResourcePoolBucket>{content}</ResourcePoolBucket><ResourcePoolBucket>"
            + "<Name>a-bucket</Name></ResourcePoolBucket></ListResourcePoolBucketsResult>"));

        Page<Listed<ResourcePoolBucket>> page = await Clients.Create().SendAsync(
            ResourcePoolOperations.ListBuckets(Pool, PageToken.First()), Clients.At(server.Uri));

        Assert.Contains(reason, page.Items[0].Error!.Message, StringComparison.Ordinal);
        ResourcePoolBucket other = page.Items[1].Value!;
        Assert.Equal(("a-bucket", "", (DateTime?)null), (other.Bucket, other.Group, other.JoinTime));
    }

    [Theory]
    [InlineData("<Name>other-pool</Name><QoSConfiguration/>")]
    [InlineData("<QoSConfiguration/>")]
    [InlineData("<Name>example-pool</Name>")]
    [InlineData("<Name>example-pool</Name><CreateTime>soon</CreateTime><QoSConfiguration/>")]
    [InlineData("<Name>example-pool</Name><Owner>a&#x202E;b</Owner><QoSConfiguration/>")]
    [InlineData("<Name>example-pool</Name><QoSConfiguration><TotalQps>x</TotalQps></QoSConfiguration>")]
    public async Task A_response_that_is_not_about_the_resource_pool_is_refused(string content)
    {
        await using RawServer server = RawServer.Responding(
            Http.FromOss(200, $"<GetResourcePoolInfoResponse>{content}</GetResourcePoolInfoResponse>"));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().SendAsync(ResourcePoolOperations.Get(Pool), Clients.At(server.Uri)));

        Assert.Equal(OssRequestError.InvalidResponse, e.Error);
        Assert.DoesNotContain('\u202E', e.Message);
    }

    [Fact]
    public async Task A_listing_that_does_not_advance_is_refused()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(
            200, "<ListResourcePoolsResult><IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken>"
            + "<ResourcePool><Name>a-pool</Name></ResourcePool></ListResourcePoolsResult>"));

        await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().SendAsync(ResourcePoolOperations.List(Clients.Page("a")), Clients.At(server.Uri)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("pool&acl")]
    public void An_invalid_name_is_refused_when_the_operation_is_created(string name)
    {
        Assert.Equal(
            [OssRequestError.InvalidResourcePool, OssRequestError.InvalidResourcePool],
            new Action[] { () => ResourcePoolOperations.Get(name), () => ResourcePoolOperations.ListBuckets(name, PageToken.First()) }
                .Select(create => Assert.Throws<OssRequestException>(create).Error));
    }

    private static async Task<IReadOnlyList<TItem>> AllAsync<TItem>(
        OssEmulator emulator, Func<PageToken, OssOperation<Page<TItem>>> list)
    {
        var items = new List<TItem>();
        for (PageToken? token = PageToken.First(); token is not null;)
        {
            Page<TItem> page = await Clients.For(emulator.State).SendAsync(list(token), At(emulator));
            items.AddRange(page.Items);
            token = page.Next;
        }

        return items;
    }

    private static OssLocation At(OssEmulator emulator) => Clients.At(emulator.HttpEndpoint);

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
}
