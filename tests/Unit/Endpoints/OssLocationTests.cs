using System;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Endpoints;

public sealed class OssLocationTests
{
    [Theory]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", AddressingStyle.Virtual, "https://bucket.oss-cn-hangzhou.aliyuncs.com/?requestPayment")]
    [InlineData("http://localhost:8080", AddressingStyle.Virtual, "http://bucket.localhost:8080/?requestPayment")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", AddressingStyle.Path, "https://oss-cn-hangzhou.aliyuncs.com/bucket/?requestPayment")]
    [InlineData("http://127.0.0.1:8080", AddressingStyle.Path, "http://127.0.0.1:8080/bucket/?requestPayment")]
    [InlineData("https://[::1]:8080", AddressingStyle.Path, "https://[::1]:8080/bucket/?requestPayment")]
    [InlineData("static.example.com:8443", AddressingStyle.CName, "https://static.example.com:8443/?requestPayment")]
    public void The_addressing_style_places_the_bucket_in_the_URL(string endpoint, AddressingStyle style, string url)
    {
        Assert.Equal(url, At(endpoint, style).UriFor("bucket", "requestPayment").AbsoluteUri);
    }

    [Theory]
    [InlineData(AddressingStyle.Virtual)]
    [InlineData(AddressingStyle.Path)]
    [InlineData(AddressingStyle.CName)]
    public void The_service_has_the_same_url_in_every_style(AddressingStyle style)
    {
        Assert.Equal("http://localhost:8080/?max-keys=1", At("http://localhost:8080", style).UriFor(null, "max-keys=1").AbsoluteUri);
        Assert.Equal("http://localhost:8080/", At("http://localhost:8080", style).UriFor(null, "").AbsoluteUri);
    }

    [Fact]
    public void The_query_is_sent_exactly_as_it_is_signed()
    {
        const string Query = "a=%2B%2F%3D%20%25%C3%BC&b=~-_.&c";

        Assert.Equal("?" + Query, At("localhost", AddressingStyle.Virtual).UriFor("bucket", Query).Query);
        Assert.EndsWith("/?" + Query, At("localhost", AddressingStyle.Virtual).UriFor("bucket", Query).PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("continuation-token=a%2e%2e")]
    [InlineData("continuation-token=%41")]
    [InlineData("%7Econtinuation-token")]
    public void A_query_that_NET_would_alter_after_signing_is_refused(string query)
    {
        var e = Assert.Throws<OssRequestException>(() => At("localhost", AddressingStyle.Virtual).UriFor("bucket", query));

        Assert.Equal(OssRequestError.InvalidResponse, e.Error);
        Assert.Contains("was not sent", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", AddressingStyle.Virtual, "https://oss-us-west-1.aliyuncs.com")]
    [InlineData("http://oss-cn-hangzhou-internal.aliyuncs.com:8080", AddressingStyle.Virtual, "http://oss-us-west-1-internal.aliyuncs.com:8080")]
    [InlineData("oss-accelerate.aliyuncs.com", AddressingStyle.Virtual, "https://oss-accelerate.aliyuncs.com")]
    [InlineData("oss-accelerate-overseas.aliyuncs.com", AddressingStyle.Virtual, "https://oss-accelerate-overseas.aliyuncs.com")]
    public void A_standard_endpoint_can_change_to_another_region(string endpoint, AddressingStyle style, string moved)
    {
        OssLocation location = At(endpoint, style);
        OssLocation other = location.InRegion("us-west-1");

        Assert.True(location.CanMove);
        Assert.Equal(("us-west-1", moved, style), (other.Region, other.Endpoint.ToString(), other.Style));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", AddressingStyle.Path)]
    [InlineData("oss.corp.example", AddressingStyle.Virtual)]
    [InlineData("static.example.com", AddressingStyle.CName)]
    [InlineData("bucket.oss-cn-hangzhou.aliyuncs.com", AddressingStyle.CName)]
    public void Any_other_endpoint_does_not_change(string endpoint, AddressingStyle style)
    {
        OssLocation location = At(endpoint, style);
        OssLocation other = location.InRegion("us-west-1");

        Assert.False(location.CanMove);
        Assert.Equal(("us-west-1", location.Endpoint.ToString(), style), (other.Region, other.Endpoint.ToString(), other.Style));
    }

    [Theory]
    [InlineData("cn-hangzhou.oss.aliyuncs.com", "cn-beijing", "https://cn-beijing.oss.aliyuncs.com")]
    [InlineData("cn-hangzhou.oss.aliyuncs.com", "xx-not-open-yet-9", "https://xx-not-open-yet-9.oss.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou-finance", "https://oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("http://oss-cn-hangzhou-internal.aliyuncs.com:8080", "cn-hangzhou-finance", "http://oss-cn-hzfinance-internal.aliyuncs.com:8080")]
    [InlineData("oss-cn-hzjbp-a-internal.aliyuncs.com", "cn-hangzhou-finance", "https://oss-cn-hzjbp-a-internal.aliyuncs.com")]
    public void A_standard_endpoint_changes_to_the_host_in_the_table(string endpoint, string region, string moved)
    {
        Assert.Equal(moved, At(endpoint, AddressingStyle.Virtual).InRegion(region).Endpoint.ToString());
    }

    [Theory]
    [InlineData("cn-hangzhou.oss.aliyuncs.com", "us-west-1")]
    [InlineData("oss-cn-hangzhou-internal.aliyuncs.com", "rg-china-mainland")]
    public void A_standard_endpoint_does_not_change_to_a_region_without_its_type(string endpoint, string region)
    {
        var e = Assert.Throws<OssRequestException>(() => At(endpoint, AddressingStyle.Virtual).InRegion(region));

        Assert.Equal(OssRequestError.InvalidEndpoint, e.Error);
    }

    private static OssLocation At(string endpoint, AddressingStyle style) => new("cn-hangzhou", OssEndpoint.Parse(endpoint), style);
}
