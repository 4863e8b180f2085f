using System;
using System.Linq;
using System.Net;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Endpoints;

public sealed class OssEndpointTests
{
    private static readonly string LongestLabel = new('a', 63);

    [Theory]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", "https", "oss-cn-hangzhou.aliyuncs.com", 443)]
    [InlineData("OSS-cn-hangzhou.AliyunCS.com", "https", "oss-cn-hangzhou.aliyuncs.com", 443)]
    [InlineData(" oss-cn-hangzhou.aliyuncs.com\n", "https", "oss-cn-hangzhou.aliyuncs.com", 443)]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:8443", "https", "oss-cn-hangzhou.aliyuncs.com", 8443)]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com", "https", "oss-cn-hangzhou.aliyuncs.com", 443)]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com/", "https", "oss-cn-hangzhou.aliyuncs.com", 443)]
    [InlineData("HTTP://oss-cn-hangzhou.aliyuncs.com", "http", "oss-cn-hangzhou.aliyuncs.com", 80)]
    [InlineData("http://oss-cn-hangzhou.aliyuncs.com:1", "http", "oss-cn-hangzhou.aliyuncs.com", 1)]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:65535", "https", "oss-cn-hangzhou.aliyuncs.com", 65535)]
    [InlineData("localhost", "https", "localhost", 443)]
    [InlineData("localhost:9000", "https", "localhost", 9000)]
    [InlineData("static.example.com", "https", "static.example.com", 443)]
    [InlineData("xn--bcher-kva.example", "https", "xn--bcher-kva.example", 443)]
    [InlineData("3com.example", "https", "3com.example", 443)]
    [InlineData("1.2.3.example", "https", "1.2.3.example", 443)]
    [InlineData("127.0.0.1", "https", "127.0.0.1", 443)]
    [InlineData("http://127.0.0.1:8080", "http", "127.0.0.1", 8080)]
    [InlineData("255.255.255.255", "https", "255.255.255.255", 443)]
    [InlineData("[::1]", "https", "[::1]", 443)]
    [InlineData("[::1]:8080", "https", "[::1]", 8080)]
    [InlineData("http://[2001:DB8::7]:8080/", "http", "[2001:db8::7]", 8080)]
    public void The_contacted_host_is_exactly_the_specified_one(string text, string scheme, string host, int port)
    {
        Uri uri = OssEndpoint.Parse(text).Uri;

        Assert.Equal((scheme, host, port), (uri.Scheme, uri.Host, uri.Port));
        Assert.Equal(("/", "", "", ""), (uri.AbsolutePath, uri.Query, uri.Fragment, uri.UserInfo));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("localhost", false)]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", false)]
    [InlineData("1.2.3.4.example", false)]
    public void Addresses_are_distinguished_from_names(string text, bool isAddress)
    {
        Assert.Equal(isAddress, OssEndpoint.Parse(text).IsIPAddress);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("https://")]
    [InlineData("http://:80")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com/bucket")]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com//")]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com/bucket")]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com?acl")]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com/?acl")]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com#x")]
    [InlineData("https://user@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https://user:password@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com@evil.example")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:80@evil.example")]
    [InlineData("ftp://oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https:/oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https:\\\\oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com\\evil")]
    [InlineData("evil.example\\.aliyuncs.com")]
    [InlineData("oss cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com :80")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com\nevil.example")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com\r\nHost: evil.example")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com\0")]
    [InlineData("oss-cn-hangzhou%2ealiyuncs.com")]
    [InlineData("%6fss-cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com%00.evil.example")]
    [InlineData("bücher.example")]
    [InlineData("oss-cn-hangzhou。aliyuncs。com")]
    [InlineData("ｏss-cn-hangzhou.aliyuncs.com")]
    [InlineData("static.example.\u212Aom")]
    [InlineData("oſs-cn-hangzhou.aliyuncs.com")]
    [InlineData("ossİ.aliyuncs.com")]
    [InlineData("oss_cn.aliyuncs.com")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("0x7f000001")]
    [InlineData("0X7F.0.0.0x1")]
    [InlineData("2130706433")]
    [InlineData("017700000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.0.0.01")]
    [InlineData("256.0.0.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("example.0x10")]
    [InlineData("example.1")]
    [InlineData("[127.0.0.1]")]
    [InlineData("[::1")]
    [InlineData("::1")]
    [InlineData("[]")]
    [InlineData("[:::1]")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("[::1].evil.example")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:0")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:65536")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:99999")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:080000")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:-1")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:x")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:80:80")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com:٨٠")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com.")]
    [InlineData(".aliyuncs.com")]
    [InlineData("oss-cn-hangzhou..aliyuncs.com")]
    [InlineData("-oss.aliyuncs.com")]
    [InlineData("oss-.aliyuncs.com")]
    public void An_invalid_endpoint_is_refused(string text)
    {
        AssertRefused(text);
    }

    [Theory]
    [InlineData("https://user:hidden@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("user:hidden@oss-cn-hangzhou.aliyuncs.com:80")]
    [InlineData("hidden@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https://user:hid@den@oss-cn-hangzhou.aliyuncs.com/bucket")]
    [InlineData("https://user:hid den@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https://user:hid\nden@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https://user:hid/den@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("https://user:hid?den@oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("ftp://user:hidden@oss-cn-hangzhou.aliyuncs.com")]
    public void A_password_in_an_endpoint_is_not_shown(string text)
    {
        var e = Assert.Throws<OssRequestException>(() => OssEndpoint.Parse(text));

        Assert.DoesNotContain("hid", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("den", e.ToString(), StringComparison.Ordinal);
        Assert.Contains("oss-cn-hangzhou.aliyuncs.com", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_has_at_most_63_characters_and_a_name_253()
    {
        string longest = string.Join('.', Enumerable.Repeat(LongestLabel, 3)) + "." + new string('a', 61);

        Assert.Equal(253, longest.Length);
        Assert.Equal(longest, OssEndpoint.Parse(longest).Uri.Host);
        Assert.Equal($"{LongestLabel}.example", OssEndpoint.Parse($"{LongestLabel}.example").Uri.Host);
        AssertRefused(longest + "a");
        AssertRefused($"{LongestLabel}a.example");
        AssertRefused($"example.{LongestLabel}a");
    }

    [Fact]
    public void Each_notation_of_an_IP_address_gives_the_same_address()
    {
        foreach (string text in new[] { "::1", "0:0:0:0:0:0:0:1", "2001:db8:0:0::7", "::ffff:127.0.0.1" })
        {
            Assert.Equal(IPAddress.Parse(text), IPAddress.Parse(OssEndpoint.Parse($"[{text}]").Uri.Host));
        }
    }

    [Theory]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", "https://oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080")]
    [InlineData("[::1]:8080", "https://[::1]:8080")]
    public void An_endpoint_is_shown_in_a_form_that_can_be_specified_again(string text, string shown)
    {
        var endpoint = OssEndpoint.Parse(text);

        Assert.Equal(shown, endpoint.ToString());
        Assert.Equal(endpoint.Uri, OssEndpoint.Parse(endpoint.ToString()).Uri);
    }

    [Theory]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", "Public", "cn-hangzhou", false)]
    [InlineData("oss-cn-hangzhou-internal.aliyuncs.com", "Internal", "cn-hangzhou", false)]
    [InlineData("cn-hangzhou.oss.aliyuncs.com", "DualStack", "cn-hangzhou", false)]
    [InlineData("oss-accelerate.aliyuncs.com", "Accelerate", null, false)]
    [InlineData("oss-accelerate-overseas.aliyuncs.com", "AccelerateOverseas", null, false)]
    [InlineData("oss-cn-hzfinance.aliyuncs.com", "Public", "cn-hangzhou-finance", false)]
    [InlineData("oss-cn-hzfinance-internal.aliyuncs.com", "Internal", "cn-hangzhou-finance", false)]
    [InlineData("oss-cn-hzjbp-a-internal.aliyuncs.com", "Internal", "cn-hangzhou-finance", false)]
    [InlineData("oss-cn-hzjbp-b-internal.aliyuncs.com", "Internal", "cn-hangzhou-finance", false)]
    [InlineData("cn-hangzhou-finance.oss.aliyuncs.com", "DualStack", "cn-hangzhou-finance", false)]
    [InlineData("cn-shanghai-finance.oss.aliyuncs.com", "DualStack", "cn-shanghai-finance-1", false)]
    [InlineData("oss-cn-shanghai-finance-1-internal.aliyuncs.com", "Internal", "cn-shanghai-finance-1", false)]
    [InlineData("oss-xx-not-open-yet-9-internal.aliyuncs.com", "Internal", "xx-not-open-yet-9", false)]
    [InlineData("bucket.oss-cn-hzfinance.aliyuncs.com", "Public", "cn-hangzhou-finance", true)]
    [InlineData("bucket.oss-cn-hangzhou.aliyuncs.com", "Public", "cn-hangzhou", true)]
    [InlineData("bucket.oss-cn-hangzhou-internal.aliyuncs.com", "Internal", "cn-hangzhou", true)]
    [InlineData("bucket.cn-hangzhou.oss.aliyuncs.com", "DualStack", "cn-hangzhou", true)]
    [InlineData("bucket.oss-accelerate.aliyuncs.com", "Accelerate", null, true)]
    [InlineData("bucket.oss-accelerate-overseas.aliyuncs.com", "AccelerateOverseas", null, true)]
    public void A_standard_host_has_a_kind_a_region_and_perhaps_a_bucket(
        string host, string type, string? region, bool namesBucket)
    {
        OssHostName? standard = OssEndpoint.Parse(host).Standard;

        Assert.NotNull(standard);
        Assert.Equal((type, region, namesBucket), (standard.Type.ToString(), standard.Region, standard.NamesBucket));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("static.example.com")]
    [InlineData("aliyuncs.com")]
    [InlineData("oss.aliyuncs.com")]
    [InlineData("cn-hangzhou.aliyuncs.com")]
    [InlineData("a.b.oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com.evil.example")]
    [InlineData("oss-cn-hangzhou-aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.comx")]
    [InlineData("oss-accelerate-moon.aliyuncs.com")]
    [InlineData("oss-oss-cn-hangzhou.aliyuncs.com")]
    public void Any_other_host_has_no_type_region_or_bucket(string host)
    {
        Assert.Null(OssEndpoint.Parse(host).Standard);
    }

    [Theory]
    [InlineData("oss-cn-hangzhou.oss.aliyuncs.com", "Use oss-cn-hangzhou.aliyuncs.com. Dual-stack")]
    [InlineData("bucket.oss-cn-hangzhou.oss.aliyuncs.com", "Use oss-cn-hangzhou.aliyuncs.com. Dual-stack")]
    [InlineData("https://oss-cn-hangzhou-internal.oss.aliyuncs.com/", "Use oss-cn-hangzhou-internal.aliyuncs.com. Dual-stack")]
    [InlineData("s3.oss-cn-hangzhou.aliyuncs.com", "Use oss-cn-hangzhou.aliyuncs.com.")]
    [InlineData("S3.OSS-cn-hangzhou-internal.aliyuncs.com:443", "Use oss-cn-hangzhou-internal.aliyuncs.com.")]
    [InlineData("bucket.s3.oss-cn-hangzhou.aliyuncs.com", "Use oss-cn-hangzhou.aliyuncs.com.")]
    [InlineData("s3.cn-hangzhou.oss.aliyuncs.com", "Use cn-hangzhou.oss.aliyuncs.com.")]
    [InlineData("s3.oss-accelerate.aliyuncs.com", "Use oss-accelerate.aliyuncs.com.")]
    public void A_name_like_an_OSS_endpoint_is_refused_with_the_right_one(string text, string advice)
    {
        AssertRefused(text);
        var e = Assert.Throws<OssRequestException>(() => OssEndpoint.Parse(text));
        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3.example.com")]
    [InlineData("s3.aliyuncs.com")]
    [InlineData("my-s3.oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.oss.example.com")]
    public void Other_similar_names_are_accepted(string text)
    {
        Assert.Equal(text, OssEndpoint.Parse(text).Uri.Host);
    }

    private static void AssertRefused(string text)
    {
        var e = Assert.Throws<OssRequestException>(() => OssEndpoint.Parse(text));

        Assert.Equal(OssRequestError.InvalidEndpoint, e.Error);
        Assert.DoesNotContain('\n', e.Message);
    }
}
