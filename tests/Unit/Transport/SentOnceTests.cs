using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Operations;
using OssPayment.Redaction;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

/// <summary>What is sent is what is counted, but for a kept connection that was closed.</summary>
public sealed class SentOnceTests
{
    private static readonly string Success = Http.FromOss(200);

    public static TheoryData<string> Verbs => new("GET", "PUT", "DELETE");

    public static MatrixTheoryData<string, int> VerbsAndRetries => new(Verbs.Select(row => row.Data), [0, 2]);

    [Theory]
    [MemberData(nameof(VerbsAndRetries))]
    public async Task A_request_is_sent_as_often_as_it_is_counted(string verb, int retries)
    {
        await using RawServer server = RawServer.Serving(connection => connection.ReadRequestAsync());

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server, verb, retries));

        Assert.Equal((OssRequestError.RequestFailed, retries + 1), (e.Error, e.Attempts));
        Assert.Equal(retries + 1, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_kept_connection_that_was_closed_is_replaced_without_counting(string verb)
    {
        await using RawServer server = ClosingKeptConnections(_ => Success);

        await SendAsync(server, verb);
        await SendAsync(server, verb);

        Assert.Equal((3, 2), (server.Requests.Count, server.Connections));
        Assert.Equal(server.Requests[1].Line, server.Requests[2].Line);
        Assert.Equal(server.Requests[1].Headers, server.Requests[2].Headers);
        Assert.Equal(server.Requests[1].Body, server.Requests[2].Body);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_kept_connection_is_replaced_only_once(string verb)
    {
        await using RawServer server = ClosingKeptConnections(connection => connection == 1 ? Success : "");

        await SendAsync(server, verb);
        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server, verb));

        Assert.Equal((OssRequestError.RequestFailed, 1), (e.Error, e.Attempts));
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
            if (all.CurrentCount > 0)
            {
                // So that each request has a connection of its own.
                all.Signal();
                await Patience.UntilAsync(() => all.CurrentCount == 0);
            }

            await connection.WriteAsync(Success);
            await connection.ReadRequestAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => SendAsync(server, verb)));
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => SendAsync(server, verb)));

        Assert.InRange(server.Connections, Parallel, 2 * Parallel);
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

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_request_without_a_body_announces_that()
    {
        await using RawServer server = RawServer.Responding(Success);

        await SendAsync(server, "DELETE");

        Assert.Equal("0", Assert.Single(server.Requests).Header("Content-Length"));
    }

    [Fact]
    public async Task A_request_that_finds_no_server_does_not_leave()
    {
        bool hasLeft = false;
        Uri nowhere = await RawServer.UnusedPortAsync();

        await Assert.ThrowsAsync<OssRequestException>(() => ExchangeAsync(nowhere, () => hasLeft = true));

        Assert.False(hasLeft);
    }

    [Fact]
    public async Task After_a_cancellation_nothing_leaves()
    {
        await using RawServer server = RawServer.Responding(Success);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ExchangeAsync(server.Uri, cancellation.Cancel, cancellation.Token));

        Assert.Empty(server.Requests);
    }

    /// <summary>Responds to the first request on each connection, and closes it when the second one arrives.</summary>
    private static RawServer ClosingKeptConnections(Func<int, string> respond)
    {
        int connections = 0;
        return RawServer.Serving(async connection =>
        {
            int number = Interlocked.Increment(ref connections);
            await connection.ReadRequestAsync();
            await connection.WriteAsync(respond(number));
            if (number == 1)
            {
                await connection.ReadRequestAsync();
            }
        });
    }

    private static async Task SendAsync(RawServer server, string verb, int retries = 0)
    {
        const string Requester = "300100";
        var client = Clients.Create(retries: retries);
        var location = Clients.At(server.Uri);
        switch (verb)
        {
            case "PUT":
                await client.PutPaymentAsync(location, Payer.Requester);
                break;
            case "DELETE":
                await client.DeleteQoSAsync(location, Requester);
                break;
            default:
                await client.SendAsync(
                    OssOperation<string>.Get("Any", Clients.Bucket, [], _ => ""),
                    location,
                    trace: null,
                    TestContext.Current.CancellationToken).Soon();
                break;
        }
    }

    private static async Task ExchangeAsync(Uri uri, Action leaving, CancellationToken? cancellation = null)
    {
        using var pool = new ConnectionPool(null, OssPayment.Time.Clock.System);
        using var request = new HttpRequestMessage(HttpMethod.Delete, uri);
        await HttpExchange
            .SendAsync(
                pool,
                request,
                uri,
                Patience.Limit,
                new Redactor(),
                cancellation ?? TestContext.Current.CancellationToken,
                leaving)
            .Soon();
    }
}
