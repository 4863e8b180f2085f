using System;
using System.IO.Pipelines;
using System.Net.Security;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Handles a connection before HTTP is read from it: counts it, opens tunnels, starts TLS.</summary>
internal sealed class ConnectionMiddleware(
    EmulatorState state, ServerCertificates certificates, CancellationToken stopping)
{
    private const byte TlsHandshake = 0x16;

    private readonly ConnectHandler _connectHandler = new(state);

    /// <summary>Serves HTTP, requests to the proxy, and HTTP or HTTPS through its tunnels.</summary>
    public void ServeHttp(ListenOptions listen)
    {
        ConnectionDelegate? withoutTls = null;
        listen.Use(withTls => connection => AcceptAsync(connection, async client =>
        {
            await _connectHandler.OpenAsync(client, stopping);
            bool isTls = await StartsWithTlsAsync(connection.Transport.Input);
            await (isTls ? StartTlsAsync(connection, withTls) : withoutTls!(connection));
        }));
        UseTls(listen);
        listen.Use(next => withoutTls = next);
    }

    /// <summary>Serves HTTPS only.</summary>
    public void ServeHttps(ListenOptions listen)
    {
        listen.Use(withTls => connection => AcceptAsync(connection, _ => StartTlsAsync(connection, withTls)));
        UseTls(listen);
    }

    private async Task AcceptAsync(ConnectionContext connection, Func<ClientConnection, Task> serve)
    {
        state.Counters.ConnectionAccepted();
        var client = new ClientConnection(connection);
        connection.Features.Set(client);
        using CancellationTokenRegistration registration = stopping.Register(() => connection.Abort());
        await serve(client);
    }

    private static async Task<bool> StartsWithTlsAsync(PipeReader input)
    {
        ReadResult result = await input.ReadAsync();
        bool isTls = !result.Buffer.IsEmpty && result.Buffer.FirstSpan[0] == TlsHandshake;
        input.AdvanceTo(result.Buffer.Start);
        return isTls;
    }

    private async Task StartTlsAsync(ConnectionContext connection, ConnectionDelegate withTls)
    {
        switch (state.TlsFault)
        {
            case TlsFault.Plaintext:
                // Reads the ClientHello first. Closing a socket with unread data would send a reset instead.
                await connection.Transport.Input.ReadAsync(stopping);
                await connection.Transport.Output.WriteAsync(
                    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stopping);
                break;

            case TlsFault.Silent:
                await Task.Delay(Timeout.Infinite, connection.ConnectionClosed);
                break;

            default:
                await withTls(connection);
                break;
        }
    }

    private void UseTls(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = context => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificates.Get(
                    context.Connection.Features.GetRequiredFeature<ClientConnection>().TunnelHost
                    ?? context.ClientHelloInfo.ServerName,
                    state),
            }),
        });
    }
}
