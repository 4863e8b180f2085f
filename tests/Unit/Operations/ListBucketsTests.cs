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

public sealed class ListBucketsTests
{
    private const string Truncated = "<IsTruncated>true</IsTruncated>";
    private const string OneBucket = "<Buckets><Bucket><Name>abc</Name><Region>cn-beijing</Region></Bucket></Buckets>";

    [Fact]
    public async Task The_buckets_of_every_region_are_listed_in_name_order()
    {
        await using OssEmulator emulator = await StartAsync();

        Page<ListedBucket> page = await Clients.For(emulator.State).ListAsync(Clients.At(emulator.HttpEndpoint));

        Assert.Equal(Seed.Buckets.Select(bucket => new ListedBucket(bucket.Key, PlaceIn(bucket.Value))), page.Items);
        Assert.Null(page.Next);
        RecordedRequest request = Assert.Single(emulator.State.Requests.All());
        Assert.True(request.Verified);
        Assert.Equal("/?max-keys=1000", request.RawTarget);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task All_pages_together_are_the_complete_listing(int size)
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.MaxListPageSize = size;
        var names = new List<string>();
        string? marker = "";
        while (marker is not null)
        {
            Page<ListedBucket> page = await Clients.For(emulator.State).ListAsync(Clients.At(emulator.HttpEndpoint), marker: marker);
            Assert.InRange(page.Items.Count, 1, size);
            names.AddRange(page.Items.Select(bucket => bucket.Name));
            marker = page.Next?.Text;
        }

        Assert.Equal(Seed.Buckets.Keys, names);
    }

    [Fact]
    public async Task A_prefix_and_a_marker_narrow_the_listing()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.Buckets.Add("s-last", "cn-hangzhou");

        Page<ListedBucket> page = await Clients.For(emulator.State).ListAsync(Clients.At(emulator.HttpEndpoint), "s", "shanghai-bucket");

        Assert.Equal(["singapore-bucket"], page.Items.Select(bucket => bucket.Name));
        Assert.Equal("/?marker=shanghai-bucket&max-keys=1000&prefix=s", Assert.Single(emulator.State.Requests.All()).RawTarget);
    }

    [Fact]
    public async Task An_account_without_buckets_has_an_empty_page()
    {
        await using OssEmulator emulator = await StartAsync();

        Page<ListedBucket> page = await Clients.For(emulator.State, "stranger").ListAsync(Clients.At(emulator.HttpEndpoint));

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task The_service_is_requested_at_the_endpoints_own_host()
    {
        await using OssEmulator emulator = await StartAsync();
        OssLocation location = Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com"));

        Page<ListedBucket> page = await Clients.For(emulator.State, "temporary", emulator.Proxy).ListAsync(location);

        Assert.Equal(Seed.Buckets.Count, page.Items.Count);
        Assert.Equal("oss-cn-hangzhou.aliyuncs.com", Assert.Single(emulator.State.Requests.All()).Host);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Buckets/>")]
    [InlineData("<Buckets></Buckets><IsTruncated>false</IsTruncated>")]
    [InlineData("<Buckets><Other/></Buckets><IsTruncated/>")]
    [InlineData("<Buckets/><NextMarker>ignored</NextMarker>")]
    public async Task A_listing_that_is_not_truncated_ends(string content)
    {
        Page<ListedBucket> page = await ListAsync(content);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData("<Region>cn-beijing</Region><Location>oss-cn-hangzhou</Location>")]
    [InlineData("<Location>oss-cn-beijing</Location>")]
    [InlineData("<Region>oss-cn-beijing</Region>")]
    public async Task A_region_is_read_in_every_form_that_OSS_sends(string region)
    {
        Page<ListedBucket> page = await ListAsync($"<Buckets><Bucket><New/><Name>abc</Name>{region}</Bucket></Buckets>");

        (string name, ListedPlace place) = Assert.Single(page.Items);
        Assert.Equal(("abc", "cn-beijing"), (name, OssRegion.Parse(place.Region)));
        Assert.Equal((null, null), (place.ExtranetEndpoint, place.IntranetEndpoint));
    }

    [Theory]
    [InlineData("<Buckets><Bucket><Region>cn-beijing</Region></Bucket></Buckets>")]
    [InlineData("<Buckets><Bucket><Name>abc</Name></Bucket></Buckets>")]
    [InlineData("<Buckets><Bucket><Name>abc</Name><Name>def</Name><Region>cn-beijing</Region></Bucket></Buckets>")]
    [InlineData("<Buckets/><Buckets/>")]
    [InlineData(Truncated + OneBucket)]
    [InlineData(Truncated + OneBucket + "<NextMarker/>")]
    [InlineData(Truncated + OneBucket + "<NextMarker>mark</NextMarker>")]
    [InlineData(Truncated + "<NextMarker>next</NextMarker>")]
    [InlineData("<IsTruncated>1</IsTruncated>" + OneBucket)]
    [InlineData("<IsTruncated>true</IsTruncated><IsTruncated>false</IsTruncated>" + OneBucket)]
    public async Task An_invalid_or_endless_listing_is_refused(string content)
    {
        var e = await Assert.ThrowsAsync<OssRequestException>(() => ListAsync(content, marker: "mark"));

        Assert.Equal((OssRequestError.InvalidResponse, 200), (e.Error, e.StatusCode));
    }

    [Fact]
    public async Task An_invalid_name_or_region_does_not_fail_the_page()
    {
        Page<ListedBucket> page = await ListAsync(
            "<Buckets><Bucket><Name>x/../y</Name><Region>cn-beijing</Region></Bucket>"
            + "<Bucket><Name>abc</Name><Region>evil.example/</Region><ExtranetEndpoint>evil.example</ExtranetEndpoint>"
            + "<IntranetEndpoint/></Bucket></Buckets>");

        Assert.Equal(
            [new ListedBucket("x/../y", new("cn-beijing", null, null)), new("abc", new("evil.example/", null, null))],
            page.Items);
    }

    [Fact]
    public async Task A_name_is_safe_to_show()
    {
        Page<ListedBucket> page = await ListAsync(
            "<Buckets><Bucket><Name>a&#x202E;b&#10;c&#x9B;d</Name><Region>cn-beijing</Region></Bucket></Buckets>");

        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd", Assert.Single(page.Items).Name);
    }

    private static ListedPlace PlaceIn(string region) =>
        new(region, $"oss-{region}.aliyuncs.com", $"oss-{region}-internal.aliyuncs.com");

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<Page<ListedBucket>> ListAsync(string content, string marker = "")
    {
        await using RawServer server = RawServer.Responding(
            Http.FromOss(200, $"<ListAllMyBucketsResult>{content}</ListAllMyBucketsResult>"));
        return await Clients.Create().ListAsync(Clients.At(server.Uri), marker: marker);
    }
}
