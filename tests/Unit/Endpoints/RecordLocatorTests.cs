using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Endpoints;

public sealed class RecordLocatorTests
{
    [Fact]
    public void A_record_without_a_place_uses_the_command_line_and_the_environment()
    {
        RecordLocator locator = Locator(region: "cn-beijing", defaultRegion: "cn-hangzhou");

        Assert.Equal("cn-beijing", locator.Locate("cn-beijing", null, listed: null).Region);
        Assert.Equal("cn-shanghai", locator.Locate("cn-shanghai", null, listed: null).Region);
        Assert.Equal("cn-beijing", locator.Locate("cn-beijing", null, listed: null).Region);
    }

    [Theory]
    [InlineData("cn-shanghai")]
    [InlineData("oss-cn-shanghai")]
    public void A_listed_bucket_is_in_the_region_of_the_listing(string listed)
    {
        OssLocation location = Locator(defaultRegion: "cn-hangzhou").Locate(null, null, new ListedPlace(listed, null, null));

        Assert.Equal(("cn-shanghai", "https://oss-cn-shanghai.aliyuncs.com"), (location.Region, location.Endpoint.ToString()));
    }

    [Fact]
    public void A_listed_region_that_is_not_valid_is_refused()
    {
        var e = Assert.Throws<OssRequestException>(() => Locator(defaultRegion: "cn-hangzhou").Locate(null, null, new ListedPlace("evil.example/", null, null)));

        Assert.Equal(OssRequestError.InvalidRegion, e.Error);
    }

    [Fact]
    public void All_fail_if_nothing_places_the_first_record()
    {
        RecordLocator locator = Locator();

        Assert.Throws<OssRequestException>(() => locator.Locate(null, null, listed: null));
        Assert.True(locator.FailsForAll(null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x y")]
    public void A_failure_of_a_record_with_its_own_region_concerns_only_that_record(string region)
    {
        RecordLocator locator = Locator();

        Assert.Throws<OssRequestException>(() => locator.Locate(region, null, listed: null));
        Assert.False(locator.FailsForAll(region, null));
    }

    [Fact]
    public void After_a_record_that_was_placed_the_others_fail_one_by_one()
    {
        RecordLocator locator = Locator();
        locator.Locate("cn-hangzhou", null, listed: null);

        Assert.Throws<OssRequestException>(() => locator.Locate(null, null, listed: null));
        Assert.False(locator.FailsForAll(null, null));
    }

    [Theory]
    [InlineData("http://localhost:9", true)]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com", false)]
    public void A_custom_endpoint_of_a_record_is_a_separate_service(string endpoint, bool isOfOneRecord)
    {
        RecordLocator locator = Locator(defaultRegion: "cn-hangzhou");

        Assert.Equal(isOfOneRecord, locator.Locate(null, endpoint, listed: null).IsOfOneRecord);
        Assert.False(locator.Locate(null, null, listed: null).IsOfOneRecord);
    }

    [Theory]
    [InlineData("cn-hangzhou")]
    [InlineData("cn-beijing")]
    public void A_bucket_from_the_listing_of_a_record_belongs_to_the_same_service(string region)
    {
        RecordLocator locator = Locator(defaultRegion: "cn-hangzhou");
        var listed = new ListedPlace(region, null, null);

        Assert.True(locator.Locate(null, "http://localhost:9", listed).IsOfOneRecord);
        Assert.False(locator.Locate(null, null, listed).IsOfOneRecord);
    }

    private static RecordLocator Locator(string? region = null, string? defaultRegion = null) => new(
        new LocationResolver(type: null, style: null),
        new LocationSource(region, endpoint: null),
        new LocationSource(defaultRegion, endpoint: null));
}
