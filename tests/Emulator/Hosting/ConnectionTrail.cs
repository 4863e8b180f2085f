using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace OssPayment.Emulator.Hosting;

/// <summary>What is known of a connection before any request of the service arrives on it.</summary>
internal sealed class ConnectionTrail(ConnectionContext connection)
{
    public ConnectionContext Connection { get; } = connection;

    /// <summary>What the socket sends from, also once TLS has put itself before it.</summary>
    public PipeWriter SocketOutput { get; } = connection.Transport.Output;

    /// <summary>Where a CONNECT led, or null where there was none.</summary>
    public string? TunnelHost { get; set; }
}
