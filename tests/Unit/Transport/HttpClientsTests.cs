using System;
using System.Collections.Generic;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

public sealed class HttpClientsTests
{
    [Fact]
    public void The_system_settings_and_each_proxy_have_one_pool_each()
    {
        Assert.Same(HttpClients.For(null), HttpClients.For(null));
        Assert.Same(Named("http://proxy.example:8080"), Named("http://proxy.example:8080/"));
        Assert.Same(Named("http://user:password@proxy.example"), Named("http://user:password@proxy.example"));
        Assert.Same(Environment(("https_proxy", "a.example")), Environment(("HTTPS_PROXY", "http://a.example/")));
        Assert.NotSame(HttpClients.For(null), Named("http://proxy.example:8080"));
    }

    [Theory]
    [InlineData("http://other.example:8080")]
    [InlineData("http://proxy.example:8081")]
    [InlineData("https://proxy.example:8080")]
    [InlineData("http://user:password@proxy.example:8080")]
    [InlineData("http://user:Password@proxy.example:8080")]
    public void Another_proxy_or_proxy_user_has_another_pool(string proxy)
    {
        Assert.NotSame(Named("http://proxy.example:8080"), Named(proxy));
        Assert.NotSame(Named("http://user:other@proxy.example:8080"), Named(proxy));
    }

    [Fact]
    public void Another_environment_proxy_or_exception_list_has_another_pool()
    {
        ConnectionPool pool = Environment(("https_proxy", "http://a.example"), ("no_proxy", "b.example"));

        Assert.NotSame(pool, Environment(("https_proxy", "http://other.example"), ("no_proxy", "b.example")));
        Assert.NotSame(pool, Environment(("https_proxy", "http://a.example"), ("no_proxy", "other.example")));
        Assert.NotSame(pool, Environment(("all_proxy", "http://a.example"), ("no_proxy", "b.example")));
        Assert.NotSame(pool, Environment());
        Assert.Same(pool, Environment(("https_proxy", "http://a.example"), ("no_proxy", "b.example")));
    }

    [Fact]
    public void Only_the_most_recent_proxy_pools_are_kept()
    {
        ConnectionPool first = Named("http://first.example");
        for (int i = 0; i < 20; i++)
        {
            Named($"http://proxy-{i}.example");
        }

        Assert.NotSame(first, Named("http://first.example"));
    }

    private static ConnectionPool Named(string proxy) => HttpClients.For(ProxySettings.Of(new Uri(proxy)));

    private static ConnectionPool Environment(params (string Name, string Value)[] variables)
    {
        var values = new Dictionary<string, string>();
        foreach ((string name, string value) in variables)
        {
            values.Add(name, value);
        }

        return HttpClients.For(ProxySettings.FromEnvironment(name => values.GetValueOrDefault(name)));
    }
}
