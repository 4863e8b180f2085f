using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Redaction;
using OssPayment.Time;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

/// <summary>What is sent is what is counted, but for a kept connection that was closed.</summary>
/// <remarks>The connections are of this test, because others would replace those that are kept.</remarks>
public sealed class SentOnceTests : IDisposable
{
    private static readonly string Success = Http.FromOss(200);

    private readonly ConnectionPool _connections = new(proxy: null, Clock.System);

    public static TheoryData<string> Verbs => new("GET", "PUT", "DELETE");

    public static MatrixTheoryData<string, int> VerbsAndRetries => new(Verbs.Select(row => row.Data), [0, 2]);

    public void Dispose() => _connections.Dispose();

    [Theory]
    [MemberData(nameof(VerbsAndRetries))]
    public async Task A_request_is_sent_as_often_as_it_is_counted(string verb, int retries)
    {
        await using RawServer server = RawServer.Serving(connection => connection.ReadRequestAsync());
        OssClient client = Clients.Create(retries: retries);
        OssLocation location = Clients.At(server.Uri);

        var e = await Assert.ThrowsAsync<OssRequestException>(() => verb switch
        {
            "GET" => client.GetPaymentAsync(location),
            "PUT" => client.PutPaymentAsync(location, Payer.Requester),
            _ => client.DeleteQoSAsync(location, "300100"),
        });

        Assert.Equal((OssRequestError.RequestFailed, retries + 1), (e.Error, e.Attempts));
        Assert.Equal(retries + 1, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_kept_connection_that_was_closed_is_replaced(string verb)
    {
        await using RawServer server = ClosingTheFirst(then: Success);

        await SendAsync(server, verb);
        await SendAsync(server, verb);

        Assert.Equal((3, 2), (server.Requests.Count, server.Connections));
        (RawRequest closed, RawRequest again) = (server.Requests[1], server.Requests[2]);
        Assert.Equal(closed.Line, again.Line);
        Assert.Equal(closed.Headers, again.Headers);
        Assert.Equal(closed.Body, again.Body);
        Assert.Equal(verb == "PUT" ? "application/xml" : null, again.Header("Content-Type"));
        Assert.Equal(verb == "PUT" ? $"{Http.RequesterPays.Length}" : "0", again.Header("Content-Length"));

        // The new connection is not kept, so that there are no more of them than before.
        await Patience.UntilAsync(() => server.OpenConnections == 0);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_kept_connection_is_replaced_only_once(string verb)
    {
        await using RawServer server = ClosingTheFirst(then: "");

        await SendAsync(server, verb);
        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server, verb));

        Assert.Equal(OssRequestError.RequestFailed, e.Error);
        Assert.Equal((3, 2), (server.Requests.Count, server.Connections));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Many_kept_connections_that_were_closed_fail_no_request(string verb)
    {
        const int Parallel = 20;
        using var all = new CountdownEvent(Parallel);
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            if (!all.IsSet)
            {
                // So that each request has a connection of its own.
                all.Signal();
                await Patience.UntilAsync(() => all.IsSet);
            }

            await connection.WriteAsync(Success);
            await connection.ReadRequestAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => SendAsync(server, verb)));
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => SendAsync(server, verb)));

        Assert.InRange(server.Connections, Parallel + 1, 2 * Parallel);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    public async Task A_kept_connection_with_a_response_is_not_replaced(string response)
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Success);
            await connection.ReadRequestAsync();
            await connection.WriteAsync(response);
        });

        await SendAsync(server, "DELETE");
        await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server, "DELETE"));

        Assert.Equal((2, 1), (server.Requests.Count, server.Connections));
    }

    [Fact]
    public async Task A_request_that_finds_no_server_does_not_leave()
    {
        bool hasLeft = false;
        Uri nowhere = await RawServer.UnusedPortAsync();

        await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(nowhere, "DELETE", () => hasLeft = true));

        Assert.False(hasLeft);
    }

    [Fact]
    public async Task A_request_announces_that_it_leaves()
    {
        await using RawServer server = RawServer.Serving(connection => connection.ReadRequestAsync());
        int left = 0;

        await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server.Uri, "DELETE", () => left++));

        Assert.Equal(1, left);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task After_a_cancellation_nothing_leaves(string verb)
    {
        await using RawServer server = RawServer.Responding(Success);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SendAsync(server.Uri, verb, cancellation.Cancel, cancellation.Token));

        Assert.Empty(server.Requests);
    }

    /// <summary>
    /// A server that responds once on the first connection and closes it at the next request, and then responds so on
    /// each connection.
    /// </summary>
    private static RawServer ClosingTheFirst(string then)
    {
        int connections = 0;
        return RawServer.Serving(async connection =>
        {
            bool isFirst = Interlocked.Increment(ref connections) == 1;
            await connection.ReadRequestAsync();
            await connection.WriteAsync(isFirst ? Success : then);
            if (isFirst)
            {
                await connection.ReadRequestAsync();
            }
        });
    }

    private Task SendAsync(RawServer server, string verb) => SendAsync(server.Uri, verb);

    private async Task SendAsync(Uri uri, string verb, Action? leaving = null, CancellationToken? cancellation = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), uri);
        request.Headers.TryAddWithoutValidation("x-oss-date", "20241227T032112Z");
        if (verb == "PUT")
        {
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(Http.RequesterPays));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/xml");
        }

        var exchange = new HttpExchange(_connections, request, uri, Patience.Limit, new Redactor(), leaving);
        await exchange.SendAsync(cancellation ?? TestContext.Current.CancellationToken).Soon();
    }
}
