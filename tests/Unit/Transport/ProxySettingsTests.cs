using System;
using System.Net;
using System.Runtime.InteropServices;
using OssPayment.Parameters;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

public sealed class ProxySettingsTests
{
    private static readonly Uri Http = new("http://bucket.oss-cn-hangzhou.aliyuncs.com/");
    private static readonly Uri Https = new("https://bucket.oss-cn-hangzhou.aliyuncs.com/");

    [Fact]
    public void A_specified_proxy_applies_to_every_host_and_its_address_has_no_user_info()
    {
        var settings = ProxySettings.Of(new Uri("http://us%40er:p%3Aw@proxy.example:8080"));

        Assert.Equal("http://proxy.example:8080/", settings.GetProxy(Http)?.OriginalString + "/");
        Assert.Equal(settings.GetProxy(Http), settings.GetProxy(Https));
        Assert.False(settings.IsBypassed(new Uri("http://127.0.0.1/")));
        NetworkCredential credential = settings.Credentials!.GetCredential(settings.GetProxy(Https)!, "Basic")!;
        Assert.Equal(("us@er", "p:w"), (credential.UserName, credential.Password));
        Assert.Null(settings.Credentials.GetCredential(new Uri("http://other.example:8080"), "Basic"));
    }

    [Fact]
    public void A_credential_overrides_the_user_info_and_distinguishes_settings()
    {
        var proxy = new Uri("http://user:password@proxy.example:8080");
        var settings = ProxySettings.Of(proxy, new NetworkCredential("other", "p:w"));

        NetworkCredential credential = settings.Credentials!.GetCredential(settings.GetProxy(Https)!, "Basic")!;
        Assert.Equal(("other", "p:w"), (credential.UserName, credential.Password));
        Assert.Same(credential, Assert.Single(settings.Logins));
        Assert.Equal(settings, ProxySettings.Of(new Uri("http://proxy.example:8080"), new NetworkCredential("other", "p:w")));
        Assert.NotEqual(settings, ProxySettings.Of(proxy));
        Assert.NotEqual(settings, ProxySettings.Of(proxy, new NetworkCredential("other", "another")));
    }

    [Theory]
    [InlineData("https_proxy", "http://p.example:1", null, "http://p.example:1/")]
    [InlineData("HTTPS_PROXY", "p.example:1", null, "http://p.example:1/")]
    [InlineData("http_proxy", "http://p.example:1", "http://p.example:1/", null)]
    [InlineData("HTTP_PROXY", "http://p.example:1", "http://p.example:1/", null)]
    [InlineData("all_proxy", "http://p.example:1", "http://p.example:1/", "http://p.example:1/")]
    [InlineData("ALL_PROXY", "socks5://p.example:1", "socks5://p.example:1/", "socks5://p.example:1/")]
    public void The_environments_proxies_are_used_as_in_NET(string name, string value, string? http, string? https)
    {
        ProxySettings settings = FromEnvironment((name, value))!;

        Assert.Equal(http, settings.GetProxy(Http)?.AbsoluteUri);
        Assert.Equal(https, settings.GetProxy(Https)?.AbsoluteUri);
        Assert.Equal((http is null, https is null), (settings.IsBypassed(Http), settings.IsBypassed(Https)));
    }

    [Fact]
    public void The_specific_variable_and_lower_case_take_precedence()
    {
        ProxySettings settings = FromEnvironment(
            ("all_proxy", "a.example"), ("https_proxy", "l.example"), ("HTTPS_PROXY", "u.example"))!;

        Assert.Equal(("l.example", "a.example"), (settings.GetProxy(Https)!.Host, settings.GetProxy(Http)!.Host));
    }

    [Fact]
    public void HTTP_PROXY_is_ignored_in_a_CGI_process()
    {
        ProxySettings settings = FromEnvironment(
            ("HTTP_PROXY", "h.example"), ("https_proxy", "s.example"), ("GATEWAY_INTERFACE", "CGI/1.1"))!;

        Assert.True(settings.IsBypassed(Http));
    }

    [Theory]
    [InlineData("aliyuncs.com", false)]
    [InlineData(".aliyuncs.com", true)]
    [InlineData("*.aliyuncs.com", true)]
    [InlineData("other.example, .ALIYUNCS.com", true)]
    [InlineData("bucket.oss-cn-hangzhou.aliyuncs.com", true)]
    [InlineData(".bucket.oss-cn-hangzhou.aliyuncs.com", true)]
    [InlineData("oss-cn-hangzhou.aliyuncs.com", false)]
    [InlineData(".yuncs.com", false)]
    [InlineData(", ,", false)]
    public void Hosts_in_NO_PROXY_bypass_the_proxy(string names, bool isBypassed)
    {
        foreach (string variable in new[] { "no_proxy", "NO_PROXY" })
        {
            Assert.Equal(isBypassed, FromEnvironment(("all_proxy", "p.example"), (variable, names))!.IsBypassed(Https));
        }
    }

    [Theory]
    [InlineData("*", "bucket.oss-cn-hangzhou.aliyuncs.com", true)]
    [InlineData("other.example *", "bucket.oss-cn-hangzhou.aliyuncs.com", true)]
    [InlineData("10.0.0.0/8", "10.255.1.2", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "10.example.com", false)]
    [InlineData("192.168.1.128/25", "192.168.1.129", true)]
    [InlineData("192.168.1.128/25", "192.168.1.127", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("0.0.0.0/0", "[::1]", false)]
    [InlineData("10.0.0.0/33", "10.0.0.0", false)]
    [InlineData("10.0.0.0/x", "10.0.0.0", false)]
    [InlineData("10.0.0.0/", "10.0.0.0", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.11", false)]
    [InlineData("::1", "[::1]", true)]
    [InlineData("[::1]", "[::1]", true)]
    [InlineData("[::1]:443", "[::1]", true)]
    [InlineData("[::1]:80", "[::1]", false)]
    [InlineData("0:0:0:0:0:0:0:1", "[::1]", true)]
    [InlineData("fd00::/8", "[fd12:3456::1]", true)]
    [InlineData("fd00::/8", "[fe80::1]", false)]
    [InlineData("bucket.example.com:443", "bucket.example.com", true)]
    [InlineData("bucket.example.com:80", "bucket.example.com", false)]
    [InlineData(".example.com:443", "bucket.example.com", true)]
    [InlineData("10.0.0.1:443", "10.0.0.1", true)]
    [InlineData("10.0.0.1:8443", "10.0.0.1", false)]
    [InlineData("bucket.example.com.", "bucket.example.com", true)]
    [InlineData("bucket.example.com", "bucket.example.com.", true)]
    [InlineData("\"other.example,bucket.example.com\"", "bucket.example.com", true)]
    [InlineData("/8", "8.8.8.8", false)]
    [InlineData(":", "bucket.example.com", false)]
    [InlineData(".", "bucket.example.com", false)]
    public void NO_PROXY_is_read_as_curl_reads_it(string names, string host, bool isBypassed) => Assert.Equal(
        isBypassed, FromEnvironment(("all_proxy", "p.example"), ("no_proxy", names))!.IsBypassed(new Uri($"https://{host}/")));

    [Theory]
    [InlineData("2024#Spring")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a@b")]
    [InlineData("@")]
    [InlineData("a\\b")]
    [InlineData("a://b")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("50%")]
    [InlineData("pässwörd\U0001F511")]
    [InlineData("[::1]")]
    public void The_user_info_of_a_proxy_ends_at_the_last_at_sign(string password)
    {
        foreach (ProxySettings settings in new[]
        {
            FromEnvironment(("https_proxy", $"http://alice:{password}@proxy.example:8080"))!,
            FromEnvironment(("https_proxy", $"alice:{password}@proxy.example:8080/"))!,
            ProxySettings.Of((Uri)new ProxyAttribute().Transform(null!, $"http://alice:{password}@proxy.example:8080")!),
        })
        {
            NetworkCredential credential = Assert.Single(settings.Logins);
            Assert.Equal("http://proxy.example:8080/", settings.GetProxy(Https)?.AbsoluteUri);
            Assert.Equal(("alice", password), (credential.UserName, credential.Password));
        }
    }

    [Fact]
    public void A_URI_object_keeps_what_its_user_wrote()
    {
        var settings = ProxySettings.Of(new Uri("http://alice:2024#Spring@proxy.example:8080"));

        Assert.Equal(("proxy.example", "2024#Spring"), (settings.GetProxy(Https)!.Host, Assert.Single(settings.Logins).Password));
    }

    [Theory]
    [InlineData("http://p.example:1/Hidden")]
    [InlineData("http://p.example:1?Hidden")]
    [InlineData("http://p.example:1/?Hidden")]
    [InlineData("http://p.example:1#Hidden")]
    [InlineData("http://u:Hidden@p.example:1/Hidden")]
    public void A_proxy_with_a_path_a_query_or_a_fragment_is_refused(string url)
    {
        foreach (Action use in new Action[]
        {
            () => FromEnvironment(("https_proxy", url)), () => ProxySettings.Of(new Uri(url)),
        })
        {
            var e = Assert.Throws<OssRequestException>(use);
            Assert.Equal(OssRequestError.InvalidProxy, e.Error);
            Assert.Contains("path, query or fragment", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Hidden", $"{e}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https_proxy")]
    [InlineData("HTTP_PROXY")]
    [InlineData("ALL_PROXY")]
    public void A_variable_that_is_not_a_valid_URL_is_refused_and_not_shown(string variable)
    {
        foreach (string value in new[] { "http://Hidden:Hidden@p.example:99999", "http://", "Hidden Hidden" })
        {
            var e = Assert.Throws<OssRequestException>(() => FromEnvironment((variable, value)));

            Assert.Equal(OssRequestError.InvalidProxy, e.Error);
            Assert.Contains(variable, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Hidden", $"{e}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_a_variable_the_system_settings_apply_except_on_Linux()
    {
        ProxySettings? settings = FromEnvironment(("https_proxy", ""), ("HTTPS_PROXY", " "));

        Assert.Equal(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), settings is not null);
        Assert.True(settings?.IsBypassed(Https) ?? true);
        Assert.Null(settings?.Credentials);
    }

    [Fact]
    public void The_text_of_the_settings_never_contains_a_password()
    {
        Assert.DoesNotContain("Hidden", $"{ProxySettings.Of(new Uri("http://u:Hidden@p.example"))}", StringComparison.Ordinal);
    }

    private static ProxySettings? FromEnvironment(params (string Name, string Value)[] variables) =>
        ProxySettings.FromEnvironment(name =>
            Array.Find(variables, variable => variable.Name == name) is (not null, { } value) ? value : null);
}
