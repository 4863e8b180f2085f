using System;
using System.Linq;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests;

public sealed class KnownRegionsTests
{
    [Fact]
    public void Each_is_a_region_with_a_place_in_the_order_of_the_ids()
    {
        Assert.All(KnownRegions.All, known => Assert.Equal(known.Id, OssRegion.Parse(known.Id)));
        Assert.All(KnownRegions.All, known => Assert.NotEmpty(known.Place));
        Assert.Equal(
            KnownRegions.All.Select(known => known.Id).Distinct().Order(StringComparer.Ordinal),
            KnownRegions.All.Select(known => known.Id));
    }

    [Theory]
    [InlineData("cn-hangzou", "cn-hangzhou (Hangzhou)")]
    [InlineData("cn-hanghzou", "cn-hangzhou (Hangzhou)")]
    [InlineData("hangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("hangzou", "cn-hangzhou (Hangzhou)")]
    [InlineData("cn_hangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("cnhangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("CN Hangzhou", "cn-hangzhou (Hangzhou)")]
    [InlineData("beijin", "cn-beijing (Beijing)")]
    [InlineData("Singapore", "ap-southeast-1 (Singapore)")]
    [InlineData("kuala-lumpur", "ap-southeast-3 (Kuala Lumpur)")]
    [InlineData("tokio", "ap-northeast-1 (Tokyo)")]
    [InlineData("us-west-2", "us-west-1 (Silicon Valley)")]
    [InlineData("cn-wuhan", "cn-wuhan-lr (Wuhan)")]
    public void The_one_that_was_probably_meant_is_suggested(string text, string meant)
    {
        Assert.Equal($"Did you mean {meant}?", KnownRegions.Suggest(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c")]
    [InlineData("cn")]
    [InlineData("ap-southeast-2")]
    [InlineData("xx-not-open-yet-9")]
    [InlineData("cn-hangzhou-internal")]
    [InlineData("accelerate")]
    [InlineData("evil.example")]
    [InlineData("\u0000\uD800")]
    public void Nothing_is_suggested_where_nothing_or_several_are_near(string text)
    {
        Assert.Empty(KnownRegions.Suggest(text));
    }

    [Fact]
    public void A_text_of_any_length_is_taken()
    {
        Assert.Empty(KnownRegions.Suggest(new string('x', 100_000)));
    }
}
