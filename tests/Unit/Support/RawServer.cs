using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Tests;

/// <summary>A server on this machine whose behaviour on a connection a test defines.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RawRequest> _requests = new();
    private readonly Func<RawConnection, Task> _serve;
    private readonly Task _accepting;
    private int _connections;
    private int _openConnections;

    private RawServer(Func<RawConnection, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal Uri Uri => new($"http://127.0.0.1:{Port}");

    /// <summary>The number of connections so far.</summary>
    internal int Connections => Volatile.Read(ref _connections);

    /// <summary>The number of open connections that are being read.</summary>
    internal int OpenConnections => Volatile.Read(ref _openConnections);

    internal IReadOnlyList<RawRequest> Requests => [.. _requests];

    internal static RawServer Serving(Func<RawConnection, Task> serve) => new(serve);

    /// <summary>Sends each request the next response, and repeats the last one.</summary>
    internal static RawServer Responding(params string[] responses)
    {
        int next = -1;
        return new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.WriteAsync(responses[Math.Min(Interlocked.Increment(ref next), responses.Length - 1)]);
            }
        });
    }

    /// <summary>Sends these bytes to the first request, and closes the connection.</summary>
    internal static RawServer RespondingOnce(params string[] parts) => new(async connection =>
    {
        await connection.ReadRequestAsync();
        foreach (string part in parts)
        {
            await connection.WriteAsync(part);
        }
    });

    /// <summary>The address of a port without a listener.</summary>
    internal static async Task<Uri> UnusedPortAsync()
    {
        await using RawServer server = Responding("");
        return server.Uri;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.Soon();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = new RawConnection(client, _requests.Enqueue, _stop.Token);
        Interlocked.Increment(ref _openConnections);
        try
        {
            await _serve(connection);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client or the test has had enough.
        }
        finally
        {
            Interlocked.Decrement(ref _openConnections);
        }
    }
}
