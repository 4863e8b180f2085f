using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Listens on the two ports of the service: http, which is also the proxy, and https.</summary>
internal sealed class ServiceListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _application;
    private ListenOptions? _http;
    private ListenOptions? _https;

    public ServiceListener(EmulatorState state, ServerCertificates certificates, int httpPort)
    {
        var middleware = new ConnectionMiddleware(state, certificates, _stopping.Token);
        var handler = new RequestHandler(state, _stopping.Token);
        _application = WebServer.CreateBuilder(options =>
        {
            // Some faults send very slowly, and requests to the proxy name other hosts.
            options.Limits.MinResponseDataRate = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.AllowHostHeaderOverride = true;
            options.Listen(IPAddress.Loopback, httpPort, listen => middleware.ServeHttp(_http = listen));
            options.Listen(IPAddress.Loopback, 0, listen => middleware.ServeHttps(_https = listen));
        }).Build();
        _application.Run((RequestDelegate)handler.HandleAsync);
    }

    public int HttpPort => _http!.IPEndPoint!.Port;

    public int HttpsPort => _https!.IPEndPoint!.Port;

    public Task StartAsync(CancellationToken cancellationToken) => _application.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _stopping.Dispose();
    }
}
