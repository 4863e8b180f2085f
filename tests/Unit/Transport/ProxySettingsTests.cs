using System;
using System.Net;
using System.Runtime.InteropServices;
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
