using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OssPayment.Emulator.Hosting;

/// <summary>Creates web servers that read no configuration, write no logs, and stop quickly.</summary>
internal static class WebServer
{
    public static WebApplicationBuilder CreateBuilder(Action<KestrelServerOptions> listen)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NullHostLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseSockets(options => options.Backlog = 4096);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            listen(options);
        });
        return builder;
    }
}

/// <summary>Ignores Ctrl+C and other signals, because the process that runs the emulator handles them.</summary>
internal sealed class NullHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
