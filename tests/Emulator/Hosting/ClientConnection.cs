using System;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using OssPayment.Emulator.Faults;

namespace OssPayment.Emulator.Hosting;

/// <summary>A connection from a client, stored as a feature of the Kestrel connection.</summary>
internal sealed class ClientConnection(ConnectionContext connection)
{
    public ConnectionContext Connection { get; } = connection;

    /// <summary>The output of the socket, below TLS.</summary>
    public PipeWriter SocketOutput { get; } = connection.Transport.Output;

    /// <summary>The host of the tunnel that a CONNECT request opened, or null if there is no tunnel.</summary>
    public string? TunnelHost { get; set; }
}

/// <summary>Writes below HTTP but inside TLS, for responses that an HTTP server would not send.</summary>
/// <param name="connection">The connection.</param>
/// <param name="socketOutput">The output of the socket. With TLS, it is not the output of the connection.</param>
/// <param name="abort">Aborts the connection and the request that is using it.</param>
/// <param name="cancellation">Cancelled once the client is gone or the emulator stops.</param>
internal sealed class RawConnection(
    ConnectionContext connection, PipeWriter socketOutput, Action abort, CancellationToken cancellation)
{
    // Allows the client time to receive the written data before a reset.
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(50);

    // How long a client may take to close its side. An abort resets the connection, and a client that has not read all
    // data would see the reset instead.
    private static readonly TimeSpan MaximumClosingTime = TimeSpan.FromSeconds(5);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        FlushResult result = await connection.Transport.Output.WriteAsync(bytes, cancellation);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("The client is gone.");
        }
    }

    public Task PauseAsync(TimeSpan time) => Task.Delay(time, cancellation);

    public Task EndAsync(Ending ending) => ending switch
    {
        Ending.Close => CloseAsync(),
        Ending.Reset => ResetAsync(),
        _ => Task.Delay(Timeout.Infinite, cancellation),
    };

    private async Task CloseAsync()
    {
        await socketOutput.CompleteAsync();
        await Task.Delay(MaximumClosingTime, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        abort();
    }

    private async Task ResetAsync()
    {
        await Task.Delay(DrainTime, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Socket socket = connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
        abort();
    }
}
