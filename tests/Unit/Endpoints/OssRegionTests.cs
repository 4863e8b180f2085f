using System;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Endpoints;

public sealed class OssRegionTests
{
    [Theory]
    [InlineData("cn-hangzhou", "cn-hangzhou")]
    [InlineData("oss-cn-hangzhou", "cn-hangzhou")]
    [InlineData("OSS-CN-Hangzhou", "cn-hangzhou")]
    [InlineData(" cn-hangzhou\n", "cn-hangzhou")]
    [InlineData("us-west-1", "us-west-1")]
    [InlineData("cn-wuhan-lr", "cn-wuhan-lr")]
    [InlineData("xx-not-open-yet-9", "xx-not-open-yet-9")]
    [InlineData("cn-hangzhou-finance", "cn-hangzhou-finance")]
    [InlineData("cn-hzfinance", "cn-hangzhou-finance")]
    [InlineData("oss-cn-hzfinance", "cn-hangzhou-finance")]
    [InlineData("oss-cn-shanghai-finance-1-pub", "cn-shanghai-finance-1")]
    public void A_region_ID_and_an_OSS_region_ID_are_accepted(string text, string region)
    {
        Assert.Equal(region, OssRegion.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a")]
    [InlineData("oss-")]
    [InlineData("-cn")]
    [InlineData("cn-")]
    [InlineData("cn hangzhou")]
    [InlineData("cn_hangzhou")]
    [InlineData("cn-hangzhou.aliyuncs.com")]
    [InlineData("cn-hangzhou/../x")]
    [InlineData("a.b@evil.example")]
    [InlineData("cn-hangzhou\nx")]
    [InlineData("cn-hängzhou")]
    [InlineData("cn-\u212Aorea")]
    [InlineData("cn-hangzhou-internal")]
    [InlineData("oss-cn-hangzhou-internal")]
    [InlineData("accelerate")]
    [InlineData("oss-accelerate")]
    [InlineData("oss-accelerate-overseas")]
    [InlineData("oss-oss-cn-hangzhou")]
    [InlineData("01234567890123456789012345678901234567890")]
    public void An_invalid_region_is_refused(string text)
    {
        var e = Assert.Throws<OssRequestException>(() => OssRegion.Parse(text));

        Assert.Equal(OssRequestError.InvalidRegion, e.Error);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("cn_hangzhou", "cn-hangzhou")]
    [InlineData("China Hangzhou", null)]
    [InlineData("Kuala Lumpur", "ap-southeast-3")]
    public void A_misspelled_region_gets_a_suggestion(string text, string? meant)
    {
        var e = Assert.Throws<OssRequestException>(() => OssRegion.Parse(text));

        Assert.Equal(meant is not null, e.Message.Contains($"Did you mean {meant}", StringComparison.Ordinal));
    }
}
