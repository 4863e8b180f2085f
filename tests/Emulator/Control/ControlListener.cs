using System;
using System.Net;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>Listens on the control port, where tests in other processes read and change the emulator's state.</summary>
internal sealed class ControlListener : IAsyncDisposable
{
    private readonly WebApplication _application;
    private ListenOptions? _listen;

    public ControlListener(EmulatorState state)
    {
        WebApplicationBuilder builder = WebServer.CreateBuilder(options =>
            options.Listen(IPAddress.Loopback, 0, listen => _listen = listen));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter());

            // PowerShell hashtables are not ordered, so "kind" may come after the other properties of an action.
            options.SerializerOptions.AllowOutOfOrderMetadataProperties = true;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
        });

        _application = builder.Build();
        _application.Use(ErrorMiddleware.InvokeAsync);
        _application.UseRouting();
        RequestRoutes.Map(_application, state);
        BucketRoutes.Map(_application, state);
        FaultRoutes.Map(_application, state);
        StateRoutes.Map(_application, state);
    }

    public int Port => _listen!.IPEndPoint!.Port;

    public Task StartAsync(CancellationToken cancellationToken) => _application.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
