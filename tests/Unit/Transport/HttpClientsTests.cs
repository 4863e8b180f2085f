using System;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests;

public sealed class HttpClientsTests
{
    [Fact]
    public void There_is_one_client_for_the_process_and_one_for_each_proxy()
    {
        var proxy = new Uri("http://proxy.example:8080");

        Assert.Same(HttpClients.For(null), HttpClients.For(null));
        Assert.Same(HttpClients.For(proxy), HttpClients.For(new Uri("http://proxy.example:8080/")));
        Assert.NotSame(HttpClients.For(null), HttpClients.For(proxy));
    }

    [Theory]
    [InlineData("http://other.example:8080")]
    [InlineData("http://proxy.example:8081")]
    [InlineData("https://proxy.example:8080")]
    [InlineData("http://user:password@proxy.example:8080")]
    [InlineData("http://user:Password@proxy.example:8080")]
    public void Another_proxy_or_another_user_of_it_has_another_client(string proxy)
    {
        Assert.NotSame(HttpClients.For(new Uri("http://proxy.example:8080")), HttpClients.For(new Uri(proxy)));
        Assert.NotSame(HttpClients.For(new Uri("http://user:other@proxy.example:8080")), HttpClients.For(new Uri(proxy)));
    }

    [Fact]
    public void The_client_leaves_timeouts_to_the_exchange()
    {
        Assert.Equal(System.Threading.Timeout.InfiniteTimeSpan, HttpClients.For(null).Timeout);
    }
}
