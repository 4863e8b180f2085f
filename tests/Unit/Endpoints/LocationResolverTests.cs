using System;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Endpoints;

public sealed class LocationResolverTests
{
    private static readonly LocationSource Nothing = new(null, null);

    [Theory]
    [InlineData(null, "https://oss-cn-hangzhou.aliyuncs.com")]
    [InlineData(nameof(EndpointType.Public), "https://oss-cn-hangzhou.aliyuncs.com")]
    [InlineData(nameof(EndpointType.Internal), "https://oss-cn-hangzhou-internal.aliyuncs.com")]
    [InlineData(nameof(EndpointType.DualStack), "https://cn-hangzhou.oss.aliyuncs.com")]
    [InlineData(nameof(EndpointType.Accelerate), "https://oss-accelerate.aliyuncs.com")]
    [InlineData(nameof(EndpointType.AccelerateOverseas), "https://oss-accelerate-overseas.aliyuncs.com")]
    public void Only_a_region_means_its_endpoint_of_the_specified_type(string? type, string endpoint)
    {
        OssLocation location = Resolve(type, null, new LocationSource("oss-cn-hangzhou", null));

        AssertIs(location, "cn-hangzhou", endpoint, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("oss-cn-beijing.aliyuncs.com")]
    [InlineData("oss-cn-beijing-internal.aliyuncs.com")]
    [InlineData("cn-beijing.oss.aliyuncs.com")]
    public void Only_a_standard_endpoint_determines_its_region(string endpoint)
    {
        OssLocation location = Resolve(null, null, new LocationSource(null, endpoint));

        AssertIs(location, "cn-beijing", "https://" + endpoint, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData(null, null, "cn-hangzhou", null, true)]
    [InlineData(null, null, null, "oss-cn-hangzhou.aliyuncs.com", true)]
    [InlineData("cn-hangzhou", null, null, null, false)]
    [InlineData("cn-hangzhou", null, "cn-hangzhou", "oss-cn-hangzhou.aliyuncs.com", false)]
    [InlineData(null, "oss-cn-hangzhou.aliyuncs.com", "cn-beijing", null, false)]
    [InlineData(null, "oss-accelerate.aliyuncs.com", "cn-hangzhou", null, true)]
    public void A_region_from_only_the_last_source_is_a_default(
        string? region, string? endpoint, string? defaultRegion, string? defaultEndpoint, bool isDefault)
    {
        OssLocation location = Resolve(
            null, null, Nothing, new LocationSource(region, endpoint), new LocationSource(defaultRegion, defaultEndpoint));

        Assert.Equal(("cn-hangzhou", isDefault), (location.Region, location.IsDefaultRegion));
        Assert.False(location.InRegion("us-west-1").IsDefaultRegion);
    }

    [Fact]
    public void The_region_of_the_first_source_takes_precedence()
    {
        OssLocation location = Resolve(
            null, null, Nothing, new LocationSource("cn-beijing", null), new LocationSource("cn-shanghai", null));

        AssertIs(location, "cn-beijing", "https://oss-cn-beijing.aliyuncs.com", AddressingStyle.Virtual);
    }

    [Fact]
    public void The_endpoint_of_the_first_source_takes_precedence()
    {
        OssLocation location = Resolve(
            null, null, Nothing, new LocationSource("cn-beijing", "first.example"), new LocationSource(null, "second.example"));

        AssertIs(location, "cn-beijing", "https://first.example", AddressingStyle.Virtual);
    }

    [Fact]
    public void A_region_from_the_pipeline_changes_a_standard_endpoint_of_the_command_line_or_environment()
    {
        var pipeline = new LocationSource("us-west-1", null);
        var standard = new LocationSource("cn-hangzhou", "http://oss-cn-hangzhou-internal.aliyuncs.com:8080");

        AssertIs(
            Resolve(null, null, pipeline, standard, Nothing),
            "us-west-1", "http://oss-us-west-1-internal.aliyuncs.com:8080", AddressingStyle.Virtual);
        AssertIs(
            Resolve(null, null, pipeline, Nothing, standard),
            "us-west-1", "http://oss-us-west-1-internal.aliyuncs.com:8080", AddressingStyle.Virtual);
    }

    [Fact]
    public void A_specified_region_moves_a_standard_endpoint_of_the_pipeline()
    {
        OssLocation location = Resolve(
            null, null, new LocationSource(null, "oss-us-west-1-internal.aliyuncs.com"), new LocationSource("cn-hangzhou", null), Nothing);

        AssertIs(location, "cn-hangzhou", "https://oss-cn-hangzhou-internal.aliyuncs.com", AddressingStyle.Virtual);
    }

    [Fact]
    public void A_default_region_does_not_move_a_specified_standard_endpoint()
    {
        var standard = new LocationSource(null, "oss-us-west-1.aliyuncs.com");
        var fallback = new LocationSource("cn-hangzhou", null);

        AssertIs(Resolve(null, null, standard, Nothing, fallback), "us-west-1", "https://oss-us-west-1.aliyuncs.com", AddressingStyle.Virtual);
        AssertIs(Resolve(null, null, Nothing, standard, fallback), "us-west-1", "https://oss-us-west-1.aliyuncs.com", AddressingStyle.Virtual);
    }

    [Fact]
    public void Empty_values_and_spaces_count_as_not_specified()
    {
        OssLocation location = Resolve(null, null, new LocationSource("", " "), new LocationSource("cn-hangzhou", ""));

        AssertIs(location, "cn-hangzhou", "https://oss-cn-hangzhou.aliyuncs.com", AddressingStyle.Virtual);
    }

    [Fact]
    public void A_matching_region_and_standard_endpoint_of_one_source_are_both_used()
    {
        OssLocation location = Resolve(null, null, new LocationSource("cn-hangzhou", "oss-cn-hangzhou.aliyuncs.com"));

        AssertIs(location, "cn-hangzhou", "https://oss-cn-hangzhou.aliyuncs.com", AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou-internal.aliyuncs.com")]
    [InlineData("cn-hangzhou.oss.aliyuncs.com")]
    public void A_region_and_a_different_standard_endpoint_from_one_source_are_refused(string endpoint)
    {
        AssertRefused(OssRequestError.InvalidEndpoint, null, null, new LocationSource("cn-beijing", endpoint));
    }

    [Theory]
    [InlineData(nameof(EndpointType.Public), "https://oss-cn-hangzhou.aliyuncs.com")]
    [InlineData(nameof(EndpointType.DualStack), "https://cn-hangzhou.oss.aliyuncs.com")]
    [InlineData(nameof(EndpointType.Accelerate), "https://oss-accelerate.aliyuncs.com")]
    [InlineData(nameof(EndpointType.AccelerateOverseas), "https://oss-accelerate-overseas.aliyuncs.com")]
    public void The_chosen_type_overrides_that_of_a_standard_endpoint(string type, string endpoint)
    {
        OssLocation location = Resolve(type, null, new LocationSource(null, "oss-cn-hangzhou-internal.aliyuncs.com"));

        AssertIs(location, "cn-hangzhou", endpoint, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("oss-accelerate.aliyuncs.com")]
    [InlineData("oss-accelerate-overseas.aliyuncs.com")]
    public void An_acceleration_endpoint_uses_the_region_of_any_source(string endpoint)
    {
        OssLocation location =
            Resolve(null, null, new LocationSource(null, endpoint), new LocationSource("cn-hangzhou", null));

        AssertIs(location, "cn-hangzhou", "https://" + endpoint, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("oss-accelerate.aliyuncs.com")]
    [InlineData("oss-accelerate-overseas.aliyuncs.com")]
    [InlineData("static.example.com")]
    [InlineData("127.0.0.1:8080")]
    public void An_endpoint_without_a_region_requires_one(string endpoint)
    {
        AssertRefused(OssRequestError.RegionNotFound, null, null, Nothing, new LocationSource(null, endpoint));
        AssertRefused(OssRequestError.RegionNotFound, null, AddressingStyle.CName, new LocationSource(null, endpoint));
    }

    [Fact]
    public void Without_region_and_endpoint_a_region_is_required()
    {
        AssertRefused(OssRequestError.RegionNotFound, null, null, Nothing, Nothing, Nothing);
        AssertRefused(OssRequestError.RegionNotFound, null, null);
    }

    [Fact]
    public void A_custom_endpoint_does_not_change_for_any_type_and_region()
    {
        OssLocation location = Resolve(
            nameof(EndpointType.Internal), null,
            new LocationSource("us-west-1", null), new LocationSource(null, "http://oss.corp.example:8080"));

        AssertIs(location, "us-west-1", "http://oss.corp.example:8080", AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("127.0.0.1:8080", null)]
    [InlineData("[::1]:8080", null)]
    [InlineData("127.0.0.1:8080", AddressingStyle.Virtual)]
    [InlineData("127.0.0.1:8080", AddressingStyle.Path)]
    [InlineData("localhost:8080", AddressingStyle.Path)]
    public void Path_style_is_used_if_specified_and_always_for_an_address(string endpoint, AddressingStyle? style)
    {
        OssLocation location = Resolve(null, style, new LocationSource("cn-hangzhou", endpoint));

        AssertIs(location, "cn-hangzhou", "https://" + endpoint, AddressingStyle.Path);
    }

    [Theory]
    [InlineData("bucket.oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https://bucket.oss-cn-hangzhou-internal.aliyuncs.com")]
    [InlineData("bucket.cn-hangzhou.oss.aliyuncs.com")]
    [InlineData("bucket.oss-accelerate.aliyuncs.com")]
    [InlineData("bucket.oss-accelerate-overseas.aliyuncs.com")]
    public void An_endpoint_that_contains_a_bucket_is_refused(string endpoint)
    {
        AssertRefused(OssRequestError.InvalidEndpoint, null, null, new LocationSource(null, endpoint));
        AssertRefused(OssRequestError.InvalidEndpoint, null, AddressingStyle.Path, new LocationSource("cn-hangzhou", endpoint));
    }

    [Fact]
    public void CName_keeps_the_domain_and_uses_the_region_of_any_source()
    {
        OssLocation location = Resolve(
            null, AddressingStyle.CName, new LocationSource(null, "static.example.com"), new LocationSource("cn-hangzhou", null));

        AssertIs(location, "cn-hangzhou", "https://static.example.com", AddressingStyle.CName);
    }

    [Fact]
    public void CName_uses_the_region_of_a_standard_host_too()
    {
        OssLocation location = Resolve(
            null, AddressingStyle.CName, new LocationSource(null, "bucket.oss-cn-beijing.aliyuncs.com"));

        AssertIs(location, "cn-beijing", "https://bucket.oss-cn-beijing.aliyuncs.com", AddressingStyle.CName);
    }

    [Fact]
    public void CName_without_an_endpoint_is_refused()
    {
        AssertRefused(OssRequestError.InvalidEndpoint, null, AddressingStyle.CName, new LocationSource("cn-hangzhou", null));
    }

    [Fact]
    public void An_invalid_region_or_endpoint_is_refused()
    {
        AssertRefused(OssRequestError.InvalidRegion, null, null, new LocationSource("cn hangzhou", null));
        AssertRefused(OssRequestError.InvalidEndpoint, null, null, new LocationSource("cn-hangzhou", "https://example.com/x"));
    }

    [Theory]
    [InlineData("cn-hangzhou-finance", null, "https://oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("oss-cn-hzfinance", null, "https://oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", nameof(EndpointType.Internal), "https://oss-cn-hzfinance-internal.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", nameof(EndpointType.DualStack), "https://cn-hangzhou-finance.oss.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", nameof(EndpointType.Accelerate), "https://oss-accelerate.aliyuncs.com")]
    public void A_region_in_the_table_selects_the_hosts_of_its_row(string region, string? type, string endpoint)
    {
        AssertIs(
            Resolve(type, null, new LocationSource(region, null)),
            "cn-hangzhou-finance", endpoint, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData(null, "https://oss-xx-not-open-yet-9.aliyuncs.com")]
    [InlineData(nameof(EndpointType.Internal), "https://oss-xx-not-open-yet-9-internal.aliyuncs.com")]
    [InlineData(nameof(EndpointType.DualStack), "https://xx-not-open-yet-9.oss.aliyuncs.com")]
    public void A_region_without_a_row_follows_the_naming_rule(string? type, string endpoint)
    {
        AssertIs(
            Resolve(type, null, new LocationSource("xx-not-open-yet-9", null)),
            "xx-not-open-yet-9", endpoint, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("oss-cn-hzfinance-internal.aliyuncs.com")]
    [InlineData("oss-cn-hzjbp-a-internal.aliyuncs.com")]
    [InlineData("oss-cn-hzjbp-b-internal.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance.oss.aliyuncs.com")]
    public void An_endpoint_in_the_table_selects_the_region_of_its_row(string endpoint)
    {
        foreach (string? region in new[] { null, "cn-hangzhou-finance", "cn-hzfinance" })
        {
            AssertIs(
                Resolve(null, null, new LocationSource(region, endpoint)),
                "cn-hangzhou-finance", "https://" + endpoint, AddressingStyle.Virtual);
        }
    }

    [Theory]
    [InlineData("xx-new-finance-1", "oss-xx-newfinance.aliyuncs.com")]
    [InlineData("cn-hangzhou", "oss-xx-not-open-yet-9-internal.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", "oss-cn-hangzhou-finance.aliyuncs.com")]
    [InlineData("cn-nanjing", "cn-nanjing.oss.aliyuncs.com")]
    public void A_region_and_an_endpoint_from_one_source_are_both_used(string region, string endpoint)
    {
        var pair = new LocationSource(region, "http://" + endpoint + ":8080");

        foreach (LocationSource[] sources in new LocationSource[][] { [pair, Nothing, Nothing], [Nothing, pair, Nothing], [Nothing, Nothing, pair] })
        {
            AssertIs(Resolve(null, null, sources), region, $"http://{endpoint}:8080", AddressingStyle.Virtual);
        }
    }

    [Theory]
    [InlineData(nameof(EndpointType.Public), "https://oss-xx-newfinance.aliyuncs.com")]
    [InlineData(nameof(EndpointType.DualStack), "https://xx-newfinance.oss.aliyuncs.com")]
    [InlineData(nameof(EndpointType.Accelerate), "https://oss-accelerate.aliyuncs.com")]
    public void The_specified_type_determines_the_endpoint_if_both_are_used(string type, string endpoint)
    {
        OssLocation location = Resolve(
            type, null, new LocationSource("xx-new-finance-1", "oss-xx-newfinance-internal.aliyuncs.com"));

        AssertIs(location, "xx-new-finance-1", endpoint, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("cn-hangzhou", "oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", "oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("xx-not-open-yet-9", "oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("cn-shanghai-finance-1", "oss-cn-shanghai-internal.aliyuncs.com")]
    public void An_endpoint_of_another_known_region_is_refused(string region, string endpoint)
    {
        AssertRefused(OssRequestError.InvalidEndpoint, null, null, new LocationSource(region, endpoint));
    }

    [Theory]
    [InlineData("cn-nanjing", nameof(EndpointType.DualStack), "Region cn-nanjing has no DualStack endpoint. Use -EndpointType Public or Internal.")]
    [InlineData("us-west-1", nameof(EndpointType.DualStack), "Region us-west-1 has no DualStack endpoint. Use -EndpointType Public or Internal.")]
    [InlineData("rg-china-mainland", nameof(EndpointType.Internal), "Region rg-china-mainland has no Internal endpoint. Use -EndpointType Public.")]
    [InlineData("rg-china-mainland", nameof(EndpointType.DualStack), "Region rg-china-mainland has no DualStack endpoint. Use -EndpointType Public.")]
    public void A_type_that_the_region_does_not_have_is_refused(string region, string type, string message)
    {
        AssertRefused(OssRequestError.InvalidEndpoint, type, null, new LocationSource(region, null));
        AssertRefused(OssRequestError.InvalidEndpoint, type, null, new LocationSource(null, $"oss-{region}.aliyuncs.com"));

        var e = Assert.Throws<OssRequestException>(() => Resolve(type, null, new LocationSource(region, null)));
        Assert.Equal(message, e.Message);
    }

    [Theory]
    [InlineData("oss-cn-beijing.aliyuncs.com", "cn-hangzhou-finance", "oss-cn-hzfinance.aliyuncs.com", "oss-cn-hzfinance-internal.aliyuncs.com", "oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("oss-cn-beijing-internal.aliyuncs.com", "cn-hangzhou-finance", "oss-cn-hzfinance.aliyuncs.com", "oss-cn-hzfinance-internal.aliyuncs.com", "oss-cn-hzfinance-internal.aliyuncs.com")]
    [InlineData("oss-cn-beijing.aliyuncs.com", "xx-new-finance-1", "oss-xx-newfinance.aliyuncs.com", "oss-xx-newfinance-internal.aliyuncs.com", "oss-xx-newfinance.aliyuncs.com")]
    [InlineData("oss-cn-beijing-internal.aliyuncs.com", "xx-new-finance-1", "oss-xx-newfinance.aliyuncs.com", "oss-xx-newfinance-internal.aliyuncs.com", "oss-xx-newfinance-internal.aliyuncs.com")]
    [InlineData("oss-cn-beijing.aliyuncs.com", "xx-new-finance-1", null, null, "oss-xx-new-finance-1.aliyuncs.com")]
    [InlineData("cn-beijing.oss.aliyuncs.com", "cn-hangzhou-finance", "oss-cn-hzfinance.aliyuncs.com", "oss-cn-hzfinance-internal.aliyuncs.com", "cn-hangzhou-finance.oss.aliyuncs.com")]
    [InlineData("oss-accelerate.aliyuncs.com", "cn-hangzhou-finance", "oss-cn-hzfinance.aliyuncs.com", null, "oss-accelerate.aliyuncs.com")]
    [InlineData("oss-cn-hzjbp-a-internal.aliyuncs.com", "cn-hangzhou-finance", null, "oss-cn-hzfinance-internal.aliyuncs.com", "oss-cn-hzjbp-a-internal.aliyuncs.com")]
    [InlineData("oss-cn-beijing-internal.aliyuncs.com", "rg-china-mainland", null, "oss-rg-china-mainland-internal.aliyuncs.com", "oss-rg-china-mainland-internal.aliyuncs.com")]
    public void A_listed_bucket_is_at_its_listed_place(
        string endpoint, string region, string? extranet, string? intranet, string host)
    {
        OssLocation location = Listed(
            null, $"http://{endpoint}:8080", new ListedPlace(region, extranet, intranet), RegionOf(endpoint));

        AssertIs(location, region, $"http://{host}:8080", AddressingStyle.Virtual);
        Assert.False(location.IsDefaultRegion);
    }

    [Theory]
    [InlineData("cn-hangzhou-finance", nameof(EndpointType.Internal), "oss-cn-hzfinance-internal.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", nameof(EndpointType.DualStack), "cn-hangzhou-finance.oss.aliyuncs.com")]
    [InlineData("cn-hangzhou-finance", nameof(EndpointType.Accelerate), "oss-accelerate.aliyuncs.com")]
    [InlineData("xx-new-finance-1", nameof(EndpointType.Internal), "oss-xx-newfinance-internal.aliyuncs.com")]
    [InlineData("xx-new-finance-1", nameof(EndpointType.DualStack), "xx-new-finance-1.oss.aliyuncs.com")]
    public void The_chosen_type_takes_precedence_over_the_listing(string region, string type, string host)
    {
        string name = region == "xx-new-finance-1" ? "xx-newfinance" : "cn-odd";

        AssertIs(
            Listed(
                type, "oss-cn-beijing.aliyuncs.com",
                new ListedPlace(region, $"oss-{name}.aliyuncs.com", $"oss-{name}-internal.aliyuncs.com")),
            region, "https://" + host, AddressingStyle.Virtual);
    }

    [Theory]
    [InlineData("us-west-1", nameof(EndpointType.DualStack))]
    [InlineData("rg-china-mainland", nameof(EndpointType.Internal))]
    public void A_listed_bucket_in_a_region_without_the_chosen_type_is_refused(string region, string type)
    {
        var place = new ListedPlace(region, $"oss-{region}.aliyuncs.com", $"oss-{region}-internal.aliyuncs.com");

        var e = Assert.Throws<OssRequestException>(() => Listed(type, "oss-cn-beijing.aliyuncs.com", place));

        Assert.Equal(OssRequestError.InvalidEndpoint, e.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("evil.example")]
    [InlineData("evil.example/oss-us-west-1.aliyuncs.com")]
    [InlineData("http://oss-xx-new.aliyuncs.com")]
    [InlineData("oss-xx-new.aliyuncs.com:8080")]
    [InlineData("oss-xx-new.aliyuncs.com.evil.example")]
    [InlineData("oss-xx-new.aliyuncs.com\n")]
    [InlineData("oss-xx-new.aliyuncs.com.")]
    [InlineData(" oss-xx-new.aliyuncs.com")]
    [InlineData("OSS-XX-NEW.aliyuncs.com")]
    [InlineData("user@oss-xx-new.aliyuncs.com")]
    [InlineData("oss-xx-new.aliyuncs.com#")]
    [InlineData("oss-xx-new.aliyuncs.com@evil.example")]
    [InlineData("oss-evil.example/.aliyuncs.com")]
    [InlineData("oss-\u0430b.aliyuncs.com")]
    [InlineData("bucket.oss-xx-new.aliyuncs.com")]
    [InlineData("xx-new.oss.aliyuncs.com")]
    [InlineData("oss-xx-new-internal.aliyuncs.com")]
    [InlineData("oss-accelerate.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("sts.aliyuncs.com")]
    [InlineData("169.254.169.254")]
    public void A_host_in_a_listing_is_used_only_if_it_belongs_to_the_region(string host)
    {
        var place = new ListedPlace("us-west-1", host, host);

        AssertIs(
            Listed(null, "oss-cn-beijing.aliyuncs.com", place),
            "us-west-1", "https://oss-us-west-1.aliyuncs.com", AddressingStyle.Virtual);
        if (host != "oss-xx-new-internal.aliyuncs.com")
        {
            AssertIs(
                Listed(null, "oss-cn-beijing-internal.aliyuncs.com", place),
                "us-west-1", "https://oss-us-west-1-internal.aliyuncs.com", AddressingStyle.Virtual);
        }
    }

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("us-west-1.evil.example")]
    [InlineData("a.b@evil.example")]
    [InlineData("us-west-1-internal")]
    [InlineData("accelerate")]
    [InlineData("")]
    public void A_region_in_a_listing_that_is_not_valid_is_not_used(string region)
    {
        var place = new ListedPlace(region, "oss-us-west-1.aliyuncs.com", "oss-us-west-1-internal.aliyuncs.com");

        var e = Assert.Throws<OssRequestException>(() => Listed(null, "oss-cn-beijing.aliyuncs.com", place));

        Assert.Equal(OssRequestError.InvalidRegion, e.Error);
    }

    [Theory]
    [InlineData(null, "http://oss.corp.example:8080", AddressingStyle.Virtual)]
    [InlineData(nameof(EndpointType.Internal), "http://oss.corp.example:8080", AddressingStyle.Virtual)]
    [InlineData(null, "http://127.0.0.1:8080", AddressingStyle.Path)]
    public void A_listing_never_changes_a_custom_endpoint(string? type, string endpoint, AddressingStyle style)
    {
        var place = new ListedPlace("us-west-1", "oss-us-west-1.aliyuncs.com", "oss-us-west-1-internal.aliyuncs.com");

        AssertIs(Listed(type, endpoint, place, "cn-beijing"), "us-west-1", endpoint, style);
    }

    [Fact]
    public void A_bucket_in_the_region_of_the_listing_keeps_the_endpoint_of_the_listing()
    {
        OssLocation location = Listed(
            null, "xx-newfinance.oss.aliyuncs.com", new ListedPlace("xx-new-finance-1", null, null), "xx-new-finance-1");

        AssertIs(location, "xx-new-finance-1", "https://xx-newfinance.oss.aliyuncs.com", AddressingStyle.Virtual);
    }

    /// <summary>The region to specify with an endpoint; null where the endpoint contains one.</summary>
    private static string? RegionOf(string endpoint) => endpoint.Contains("accelerate") ? "cn-beijing" : null;

    private static OssLocation Listed(string? type, string endpoint, ListedPlace place, string? region = null)
    {
        var resolver = new LocationResolver(type is null ? null : Enum.Parse<EndpointType>(type), style: null);
        return resolver.Resolve(resolver.Resolve(new LocationSource(region, endpoint)), place);
    }

    private static OssLocation Resolve(string? type, AddressingStyle? style, params LocationSource[] sources) =>
        new LocationResolver(type is null ? null : Enum.Parse<EndpointType>(type), style).Resolve(sources);

    private static void AssertIs(OssLocation location, string region, string endpoint, AddressingStyle style)
    {
        Assert.Equal((region, endpoint, style), (location.Region, location.Endpoint.ToString(), location.Style));
    }

    private static void AssertRefused(OssRequestError error, string? type, AddressingStyle? style, params LocationSource[] sources)
    {
        var e = Assert.Throws<OssRequestException>(() => Resolve(type, style, sources));

        Assert.Equal(error, e.Error);
    }
}
