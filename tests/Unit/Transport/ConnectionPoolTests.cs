using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Redaction;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

/// <summary>A server here is a host of its own, as a bucket with a virtual-hosted name is.</summary>
public sealed class ConnectionPoolTests : IAsyncDisposable
{
    private const int MostConnections = 2 * ConnectionPool.ConnectionsPerClient;

    private readonly ConnectionPool _pool;
    private readonly List<RawServer> _servers = [];
    private readonly ManualClock _clock = new();

    public ConnectionPoolTests()
    {
        _pool = new ConnectionPool(proxy: null, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _pool.Dispose();
        foreach (RawServer server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(40, 10)]
    public async Task A_host_keeps_its_connections_for_any_number_of_running_requests(int concurrency, int rounds)
    {
        RawServer server = Responding();
        for (int round = 0; round < rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => SendAsync(server)));
        }

        Assert.InRange(server.Connections, 1, concurrency);
        Assert.All(server.Requests, request => Assert.Null(request.Header("connection")));
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(500, 16)]
    public async Task Idle_connections_are_limited_for_any_number_of_hosts(int hosts, int concurrency)
    {
        RawServer[] servers = [.. Enumerable.Range(0, hosts).Select(_ => Responding())];

        foreach (RawServer[] some in servers.Chunk(concurrency))
        {
            await Task.WhenAll(some.Select(SendAsync));
            await Patience.UntilAsync(() => Open <= MostConnections);
        }

        Assert.All(servers, server => Assert.Equal(1, server.Connections));
    }

    [Fact]
    public async Task Idle_connections_are_limited_even_if_some_hosts_never_respond()
    {
        using var cancellation = new CancellationTokenSource();
        var hanging = new List<Task>();
        for (int i = 0; i < 200; i++)
        {
            if (i % 20 == 0)
            {
                RawServer silent = Serving(connection => connection.WaitForCloseAsync());
                hanging.Add(SendUntilAsync(silent, cancellation.Token));
                await Patience.UntilAsync(() => silent.OpenConnections == 1);
            }

            await SendAsync(Responding());
            await Patience.UntilAsync(() => Open <= MostConnections + hanging.Count);
        }

        await cancellation.CancelAsync();
        foreach (Task task in hanging)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.Soon());
        }
    }

    [Fact]
    public async Task A_host_that_is_requested_again_soon_reuses_its_connection()
    {
        RawServer[] servers = [.. Enumerable.Range(0, 100).Select(_ => Responding())];

        for (int i = 0; i < servers.Length; i++)
        {
            await SendAsync(servers[i]);
            await SendAsync(servers[Math.Max(0, i - (ConnectionPool.ConnectionsPerClient - 1))]);
        }

        Assert.Equal(1, servers.Max(server => server.Connections));
    }

    [Fact]
    public async Task A_burst_to_one_host_closes_no_connections_of_other_hosts()
    {
        RawServer crowded = Responding();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SendAsync(crowded)));
        RawServer other = Responding();

        await SendAsync(other);
        await SendAsync(other);

        Assert.Equal(1, other.Connections);
    }

    [Fact]
    public async Task A_running_request_outlives_its_client()
    {
        var response = new TaskCompletionSource();
        RawServer slow = Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await response.Task;
            await connection.WriteAsync(Http.Response(200));
            await connection.WaitForCloseAsync();
        });
        Task sending = SendAsync(slow);
        await Patience.UntilAsync(() => slow.Requests.Count == 1);
        for (int i = 0; i < 3 * ConnectionPool.ConnectionsPerClient; i++)
        {
            await SendAsync(Responding());
        }

        _clock.Advance(ConnectionPool.ClientLifetime);
        await SendAsync(Responding());
        response.SetResult();

        await sending.Soon();
        await Patience.UntilAsync(() => slow.OpenConnections == 0);
    }

    [Fact]
    public async Task After_some_minutes_a_host_is_resolved_and_connected_to_again()
    {
        RawServer server = Responding();
        await SendAsync(server);
        _clock.Advance(ConnectionPool.ClientLifetime - TimeSpan.FromSeconds(1));
        await SendAsync(server);
        Assert.Equal(1, server.Connections);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(server);

        Assert.Equal(2, server.Connections);
        await Patience.UntilAsync(() => server.OpenConnections == 1);
    }

    [Fact]
    public async Task Connections_that_are_unused_for_some_minutes_are_closed_without_another_request()
    {
        RawServer server = Responding();
        await SendAsync(server);
        Assert.False(_pool.IsUnused);

        _clock.Advance(ConnectionPool.ClientLifetime);
        _pool.CloseOld();

        Assert.True(_pool.IsUnused);
        await Patience.UntilAsync(() => server.OpenConnections == 0);
    }

    private int Open => _servers.Sum(server => server.OpenConnections);

    private RawServer Responding()
    {
        RawServer server = RawServer.Responding(Http.Response(200));
        _servers.Add(server);
        return server;
    }

    private RawServer Serving(Func<RawConnection, Task> serve)
    {
        RawServer server = RawServer.Serving(serve);
        _servers.Add(server);
        return server;
    }

    private Task SendAsync(RawServer server) => SendUntilAsync(server, TestContext.Current.CancellationToken);

    private async Task SendUntilAsync(RawServer server, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Uri);
        await new HttpExchange(_pool, request, server.Uri, Patience.Limit, new Redactor()).SendAsync(cancellation).Soon();
    }
}
