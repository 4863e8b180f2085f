using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

public sealed class ProxyTests
{
    private const string WrongPassword = "HiddenWrongPassword";
    private static readonly OssLocation Plain = Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com"));
    private static readonly OssLocation Tls = Clients.At(new Uri("https://oss-cn-hangzhou.aliyuncs.com"));

    [Fact]
    public async Task A_proxy_without_credentials_is_used()
    {
        await using OssEmulator emulator = await StartAsync();

        BucketRequestPayment payment = await Clients.For(emulator.State, proxy: emulator.Proxy).GetPaymentAsync(Plain);

        Assert.Equal("http://oss-cn-hangzhou.aliyuncs.com", payment.Endpoint);
        Assert.Equal(Via.AbsoluteForm, Assert.Single(emulator.State.Requests.All()).Via);
    }

    [Theory]
    [InlineData("user", "password", "user:password")]
    [InlineData("us@er", "p:a/ss?w#o%rd", "us%40er:p%3Aa%2Fss%3Fw%23o%25rd")]
    [InlineData("user", "", "user")]
    public async Task The_proxy_receives_the_user_info_of_its_URL(string user, string password, string userInfo)
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ProxyCredential = new ProxyCredential(user, password);

        BucketRequestPayment payment = await Clients.For(emulator.State, proxy: With(emulator.Proxy, userInfo)).GetPaymentAsync(Plain);

        Assert.Equal(Payer.BucketOwner, payment.Payer);
    }

    [Fact]
    public async Task A_proxy_that_requires_credentials_is_named_as_the_cause()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ProxyCredential = new ProxyCredential("user", "password");

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.For(emulator.State, proxy: emulator.Proxy).GetPaymentAsync(Plain));

        Assert.Equal((OssRequestError.InvalidResponse, 407, 1), (e.Error, e.StatusCode, e.Attempts));
        Assert.Contains("-Proxy", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_requires_credentials_for_a_tunnel_is_named_and_not_retried()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ProxyCredential = new ProxyCredential("user", "password");

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.For(emulator.State, proxy: emulator.Proxy, retries: 2).GetPaymentAsync(Tls));

        Assert.Equal((OssRequestError.RequestFailed, 407, 1), (e.Error, e.StatusCode, e.Attempts));
        Assert.Contains("407", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Proxy", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_user_info_is_never_shown_when_the_proxy_refuses_it()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ProxyCredential = new ProxyCredential("user", "password");
        Uri proxy = With(emulator.Proxy, "HiddenUser:" + WrongPassword);

        AssertHides(await FailureAsync(proxy, Plain));
        AssertHides(await FailureAsync(proxy, Tls));
        Assert.DoesNotContain(emulator.State.Requests.All(), request => request.Verified);
    }

    [Fact]
    public async Task The_user_info_is_never_shown_when_the_proxy_is_not_reachable()
    {
        Uri proxy = With(await RawServer.UnusedPortAsync(), "HiddenUser:" + WrongPassword);

        AssertHides(await FailureAsync(proxy, Plain));
        AssertHides(await FailureAsync(proxy, Tls));
    }

    [Fact]
    public async Task The_user_info_is_never_shown_when_the_proxy_breaks_the_connection()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        Uri proxy = With(server.Uri, "HiddenUser:" + WrongPassword);

        AssertHides(await FailureAsync(proxy, Plain));
        AssertHides(await FailureAsync(proxy, Tls));
    }

    [Fact]
    public async Task The_user_info_is_never_traced()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ProxyCredential = new ProxyCredential("user", "password");
        var trace = new RequestTrace(wantsDebug: true);

        await Assert.ThrowsAsync<OssRequestException>(() => Clients
            .Create(proxy: With(emulator.Proxy, "HiddenUser:" + WrongPassword)).GetPaymentAsync(Tls, trace: trace));

        Assert.NotEmpty(trace.Messages);
        Assert.DoesNotContain("Hidden", string.Concat(trace.Messages.Select(message => message.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxy_and_OSS_get_only_their_own_credentials()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ProxyCredential = new ProxyCredential("user", "password");

        // The certificate of the emulator is not trusted here, so TLS ends in the tunnel without data.
        OssRequestException e = await FailureAsync(With(emulator.Proxy, "user:password"), Tls);

        Assert.Equal(OssRequestError.RequestFailed, e.Error);
        Assert.NotEqual(0, emulator.State.Counters.Connects);
        RecordedRequest[] connects = [.. emulator.State.Requests.All()];
        Assert.NotEmpty(connects);
        Assert.All(connects, request => Assert.Equal("CONNECT", request.Method));
        Assert.All(connects, request => Assert.Null(request.Header("authorization")));
        Assert.All(connects, request => Assert.Null(request.Header("x-oss-security-token")));
    }

    [Theory]
    [InlineData("http://proxy.example")]
    [InlineData("http://proxy.example:8080")]
    [InlineData("http://user:password@proxy.example:8080/")]
    [InlineData("https://proxy.example")]
    [InlineData("http://127.0.0.1:3128")]
    [InlineData("http://[::1]:3128")]
    public void Http_urls_are_proxies(string proxy)
    {
        ProxyAddress.ThrowIfInvalid(ProxyAddress.Parse(proxy));
    }

    [Theory]
    [InlineData("http://proxy.example", true)]
    [InlineData("https://proxy.example", false)]
    public void NET_Framework_uses_only_http_proxies(string proxy, bool isValid)
    {
        ProxyAddress.ThrowIfInvalid(new Uri(proxy), isNetFramework: false);

        Exception? e = Record.Exception(() => ProxyAddress.ThrowIfInvalid(new Uri(proxy), isNetFramework: true));

        Assert.Equal(isValid, e is null);
        if (e is not null)
        {
            Assert.Equal(OssRequestError.InvalidProxy, Assert.IsType<OssRequestException>(e).Error);
            Assert.Contains("http URL", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(403, 1)]
    [InlineData(502, 3)]
    public async Task A_proxy_that_refuses_a_tunnel_is_named_with_its_status(int status, int attempts)
    {
        await using RawServer server = RawServer.Responding(Http.Response(status));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create(proxy: server.Uri, retries: 2).GetPaymentAsync(Tls));

        Assert.Equal((OssRequestError.RequestFailed, status, attempts), (e.Error, e.StatusCode, e.Attempts));
        Assert.Contains($"the proxy returned HTTP {status}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "The request to {0} (through the proxy {1}) failed")]
    [InlineData("silence", "{0} (through the proxy {1}) did not send a complete response")]
    [InlineData("too much", "{0} (through the proxy {1}) returned more than 1 MiB")]
    [InlineData("HTML", "{0} (through the proxy {1}) returned HTTP 200")]
    public async Task An_error_of_a_request_through_a_proxy_names_the_proxy(string response, string expected)
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await (response switch
            {
                "nothing" => Task.CompletedTask,
                "silence" => Task.Delay(Timeout.Infinite, connection.Stopping),
                "too much" => connection.WriteAsync(Http.Response(200, "", "Content-Length: 9999999")),
                _ => connection.WriteAsync(Http.Response(200, "<html/>")),
            });
        });
        TimeSpan timeout = response == "silence" ? TimeSpan.FromSeconds(0.3) : Patience.Limit;

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create(proxy: With(server.Uri, "HiddenUser:" + WrongPassword), timeout: timeout).GetPaymentAsync(Plain));

        string host = $"{Clients.Bucket}.oss-cn-hangzhou.aliyuncs.com";
        Assert.StartsWith(string.Format(null, expected, host, server.Uri.GetLeftPart(UriPartial.Authority)), e.Message, StringComparison.Ordinal);
        AssertHides(e);
    }

    [Fact]
    public async Task An_error_of_a_direct_request_names_no_proxy()
    {
        OssRequestException e = await FailureAsync(null, Clients.At(await RawServer.UnusedPortAsync()));

        Assert.DoesNotContain("through the proxy", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_http_through_a_proxy_shares_its_connections_among_all_hosts()
    {
        await using OssEmulator emulator = await StartAsync();
        for (int i = 0; i < 60; i++)
        {
            string bucket = $"bucket-{i}";
            await Assert.ThrowsAsync<OssServiceException>(
                () => Clients.For(emulator.State, proxy: emulator.Proxy).GetPaymentAsync(Plain, bucket));
        }

        Assert.Equal(60, emulator.State.Counters.Requests);
        Assert.Equal(1, emulator.State.Counters.Connections);
    }

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("Hidden:8080")]
    [InlineData("/proxy")]
    [InlineData("ftp://Hidden:Hidden@proxy.example")]
    [InlineData("socks5://Hidden:Hidden@proxy.example:1080")]
    [InlineData("file:///etc/Hidden")]
    public void A_proxy_that_is_not_a_valid_URL_is_refused_and_not_shown(string proxy)
    {
        var e = Assert.Throws<OssRequestException>(() => ProxySettings.Of(new Uri(proxy, UriKind.RelativeOrAbsolute)));

        Assert.Equal(OssRequestError.InvalidProxy, e.Error);
        Assert.DoesNotContain("Hidden", $"{e}", StringComparison.Ordinal);
    }

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static Uri With(Uri proxy, string userInfo) => new($"http://{userInfo}@{proxy.Authority}");

    private static Task<OssRequestException> FailureAsync(Uri? proxy, OssLocation location) =>
        Assert.ThrowsAsync<OssRequestException>(() => Clients.Create(proxy: proxy).GetPaymentAsync(location));

    private static void AssertHides(OssRequestException e)
    {
        string basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("HiddenUser:" + WrongPassword));
        for (Exception? x = e; x is not null; x = x.InnerException)
        {
            string texts = $"{x}{x.Message}{x.Source}{e.Endpoint}{string.Concat(x.Data.Values.Cast<object?>())}";
            Assert.DoesNotContain("Hidden", texts, StringComparison.Ordinal);
            Assert.DoesNotContain(basic, texts, StringComparison.Ordinal);
        }
    }
}
