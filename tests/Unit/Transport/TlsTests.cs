using System;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using Xunit;

namespace OssPayment.Tests.Transport;

public sealed class TlsTests
{
    [Theory]
    [InlineData(TlsFault.None)]
    [InlineData(TlsFault.UntrustedAuthority)]
    [InlineData(TlsFault.Expired)]
    [InlineData(TlsFault.WrongHost)]
    public async Task Nothing_is_sent_to_a_server_that_is_not_trusted_and_it_is_not_retried(TlsFault fault)
    {
        // No certificate of the emulator's is trusted here: its authority is its own.
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        emulator.State.TlsFault = fault;
        OssClient client = Clients.Create(Clients.CredentialsOf(emulator.State.KeyPairs["owner"]), retries: 2);

        var e = await Assert.ThrowsAsync<OssRequestException>(() => client.GetPaymentAsync(Clients.At(emulator.HttpsEndpoint)));

        Assert.Equal((OssRequestError.RequestFailed, 0, 1), (e.Error, e.StatusCode, e.Attempts));
        Assert.Contains("certificate", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, emulator.State.Counters.Connections);
        Assert.Empty(emulator.State.Requests.All());
    }

    [Fact]
    public async Task A_server_that_does_not_use_TLS_is_said_to_do_so_and_not_retried()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        emulator.State.TlsFault = TlsFault.Plaintext;

        await AssertNoTlsAsync(Clients.Create(retries: 2), emulator.HttpsEndpoint);
    }

    [Fact]
    public async Task An_https_URL_of_an_http_port_or_proxy_is_said_to_be_one()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.WriteAsync(Http.Response(400, "This is not HTTP."));
            await Task.Delay(System.Threading.Timeout.Infinite, connection.Stopping);
        });
        var https = new Uri($"https://127.0.0.1:{server.Port}");

        await AssertNoTlsAsync(Clients.Create(retries: 2), https);
        await AssertNoTlsAsync(Clients.Create(retries: 2, proxy: https), new Uri("http://oss-cn-hangzhou.aliyuncs.com"));
        await AssertNoTlsAsync(Clients.Create(retries: 2, proxy: https), new Uri("https://oss-cn-hangzhou.aliyuncs.com"));
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task A_server_that_never_responds_to_the_handshake_times_out()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        emulator.State.TlsFault = TlsFault.Silent;
        OssClient client = Clients.Create(timeout: TimeSpan.FromSeconds(0.5));

        var e = await Assert.ThrowsAsync<OssRequestException>(() => client.GetPaymentAsync(Clients.At(emulator.HttpsEndpoint)));

        Assert.Equal(OssRequestError.RequestTimedOut, e.Error);
    }

    private static async Task AssertNoTlsAsync(OssClient client, Uri endpoint)
    {
        var e = await Assert.ThrowsAsync<OssRequestException>(() => client.GetPaymentAsync(Clients.At(endpoint)));

        Assert.Equal((OssRequestError.RequestFailed, 1), (e.Error, e.Attempts));
        Assert.EndsWith(
            "failed: the other side does not use TLS. Check the port. If the endpoint or the proxy uses http on this port, "
            + "use an http URL.",
            e.Message,
            StringComparison.Ordinal);
    }
}
