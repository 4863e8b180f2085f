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
    [InlineData(TlsFault.Plaintext)]
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
    public async Task A_server_that_never_responds_to_the_handshake_times_out()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        emulator.State.TlsFault = TlsFault.Silent;
        OssClient client = Clients.Create(timeout: TimeSpan.FromSeconds(0.5));

        var e = await Assert.ThrowsAsync<OssRequestException>(() => client.GetPaymentAsync(Clients.At(emulator.HttpsEndpoint)));

        Assert.Equal(OssRequestError.RequestTimedOut, e.Error);
    }
}
