using System;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Client;

/// <summary>The advice about the region if an OSS host sent no valid response.</summary>
public sealed class RegionAdviceTests
{
    [Theory]
    [InlineData("oss-cn-hangzou.aliyuncs.com", "'cn-hangzou' is not a known region. Did you mean cn-hangzhou (Hangzhou)?")]
    [InlineData("oss-hangzhou-internal.aliyuncs.com", "'hangzhou' is not a known region. Did you mean cn-hangzhou (Hangzhou)?")]
    [InlineData("hangzhou.oss.aliyuncs.com", "'hangzhou' is not a known region. Did you mean cn-hangzhou (Hangzhou)?")]
    [InlineData("oss-xx-nowhere-9.aliyuncs.com", "'xx-nowhere-9' is not a known region. Check the spelling.")]
    public void An_unknown_region_is_named_for_every_failure(string host, string advice)
    {
        Assert.Equal(advice, RegionAdvice.For(Failure(host, isHostUnknown: true)));
        Assert.Equal(advice, RegionAdvice.For(Failure(host, isHostUnknown: false)));
    }

    [Theory]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", "'cn-hangzhou' is a valid region. Check that this machine can resolve names (DNS).")]
    [InlineData("oss-cn-hangzhou-internal.aliyuncs.com", "'cn-hangzhou' is a valid region. Check that this machine can resolve names (DNS).")]
    [InlineData("oss-cn-hzjbp-a-internal.aliyuncs.com", "'cn-hangzhou-finance' is a valid region. Check that this machine can resolve names (DNS).")]
    [InlineData("cn-nanjing.oss.aliyuncs.com", "Region cn-nanjing has no DualStack endpoint. Use -EndpointType Public or Internal.")]
    [InlineData("oss-cn-hangzhou-finance.aliyuncs.com", "The Public endpoint of region cn-hangzhou-finance is oss-cn-hzfinance.aliyuncs.com.")]
    public void An_unknown_host_of_a_known_region_is_compared_with_the_table(string host, string advice)
    {
        Assert.Equal(advice, RegionAdvice.For(Failure(host, isHostUnknown: true)));
        Assert.Null(RegionAdvice.For(Failure(host, isHostUnknown: false)));
    }

    [Theory]
    [InlineData("oss-accelerate.aliyuncs.com")]
    [InlineData("static.example.com")]
    [InlineData("127.0.0.1")]
    public void A_host_without_a_region_gets_no_region_advice(string host)
    {
        Assert.Null(RegionAdvice.For(Failure(host, isHostUnknown: true)));
    }

    [Fact]
    public async Task The_error_of_a_client_contains_the_region_advice()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        OssLocation location = Clients.At(new Uri("http://oss-cn-hangzou.aliyuncs.com"), region: "cn-hangzou");

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.For(emulator.State, proxy: emulator.Proxy, retries: 1).GetPaymentAsync(location));

        Assert.Equal((OssRequestError.InvalidResponse, 502, 2), (e.Error, e.StatusCode, e.Attempts));
        Assert.Equal(location.Endpoint.Uri, e.Endpoint);
        Assert.StartsWith(
            $"examplebucket.oss-cn-hangzou.aliyuncs.com (through the proxy http://127.0.0.1:{emulator.Proxy.Port}) returned HTTP 502",
            e.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("Did you mean cn-hangzhou (Hangzhou)?", e.Message, StringComparison.Ordinal);
    }

    private static OssRequestException Failure(string host, bool isHostUnknown) => new(OssRequestError.RequestFailed, "Failed.")
    {
        Endpoint = new Uri($"https://{host}"),
        IsHostUnknown = isHostUnknown,
    };
}
