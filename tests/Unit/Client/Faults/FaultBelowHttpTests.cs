using System;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>Faults before the first byte of HTTP. Nothing is sent before the other side is known.</summary>
public sealed class FaultBelowHttpTests(ITestOutputHelper output) : IAsyncLifetime
{
    internal const int Rows = 7;

    private OssEmulator _emulator = null!;

    internal static int Cases => Rows * FaultOperation.All.Count;

    public static TheoryData<string> Operations => new(FaultOperation.Names);

    public async ValueTask InitializeAsync() =>
        _emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_emulator.State.Requests.All());
        FaultTally.Add(output);
        await _emulator.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_refused_connection_is_retried(string operation)
    {
        FaultOutcome outcome = await SendAsync(operation, await RawServer.UnusedPortAsync(), retries: 2);

        outcome.AssertFailure(FaultEnd.Failed);
        Assert.Equal(3, outcome.Failure!.Attempts);
        Assert.Contains(" Failed after 3 attempts. ", outcome.Error.ErrorDetails.Message, StringComparison.Ordinal);
        outcome.AssertHarmless();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_refused_connection_to_the_proxy_is_an_error(string operation)
    {
        FaultOutcome outcome = await SendAsync(
            operation, new Uri("https://oss-cn-hangzhou.aliyuncs.com"), proxy: await RawServer.UnusedPortAsync());

        outcome.AssertFailure(FaultEnd.Failed);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_unknown_host_is_an_error(string operation) =>
        (await SendAsync(operation, new Uri("https://nowhere.invalid"))).AssertFailure(FaultEnd.Failed);

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_certificate_of_an_untrusted_authority_is_not_retried(string operation)
    {
        FaultOutcome outcome = await SendAsync(operation, _emulator.HttpsEndpoint, retries: 2);

        outcome.AssertFailure(FaultEnd.Failed);
        Assert.Equal(1, outcome.Failure!.Attempts);
        Assert.Contains("certificate", outcome.Error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Plain_text_on_the_port_for_TLS_is_an_error(string operation)
    {
        _emulator.State.TlsFault = TlsFault.Plaintext;

        (await SendAsync(operation, _emulator.HttpsEndpoint)).AssertFailure(FaultEnd.Failed);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_TLS_handshake_without_a_response_times_out(string operation)
    {
        _emulator.State.TlsFault = TlsFault.Silent;

        (await SendAsync(operation, _emulator.HttpsEndpoint, timeoutSec: 1)).AssertFailure(FaultEnd.TimedOut);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task TLS_on_a_port_for_plain_text_is_an_error(string operation)
    {
        await using RawServer server = RawServer.Serving(connection => connection.WriteAsync(Http.Response(400)));

        (await SendAsync(operation, new Uri($"https://127.0.0.1:{server.Port}"))).AssertFailure(FaultEnd.Failed);
    }

    private Task<FaultOutcome> SendAsync(
        string operation, Uri endpoint, Uri? proxy = null, int retries = 0, int timeoutSec = 30)
    {
        OssClient client = Clients.Create(
            Clients.CredentialsOf(_emulator.State.KeyPairs["owner"]),
            proxy,
            TimeSpan.FromSeconds(timeoutSec),
            retries);
        return FaultOutcome.OfAsync(FaultOperation.Named(operation), client, Clients.At(endpoint));
    }
}
