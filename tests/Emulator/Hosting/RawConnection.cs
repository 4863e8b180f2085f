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

/// <summary>A connection below HTTP but inside TLS, for answers that no HTTP server would give.</summary>
/// <param name="connection">The connection.</param>
/// <param name="socketOutput">What the socket sends from: with TLS, not the same as the connection's output.</param>
/// <param name="abort">Gives the connection up, together with whatever layer above was about to use it.</param>
/// <param name="gone">Set once the client is gone or the emulator stops.</param>
internal sealed class RawConnection(
    ConnectionContext connection, PipeWriter socketOutput, Action abort, CancellationToken gone)
{
    // Time for what was written to reach the client before the connection ends.
    private static readonly TimeSpan SendingTime = TimeSpan.FromMilliseconds(50);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        FlushResult result = await connection.Transport.Output.WriteAsync(bytes, gone);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("The client is gone.");
        }
    }

    public Task PauseAsync(TimeSpan time) => Task.Delay(time, gone);

    public Task EndAsync(Ending ending) => ending switch
    {
        Ending.Close => CloseAsync(),
        Ending.Reset => ResetAsync(),
        _ => Task.Delay(Timeout.Infinite, gone),
    };

    private async Task CloseAsync()
    {
        await socketOutput.CompleteAsync();
        await Task.Delay(SendingTime, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        abort();
    }

    private async Task ResetAsync()
    {
        await Task.Delay(SendingTime, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Socket socket = connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
        abort();
    }
}
