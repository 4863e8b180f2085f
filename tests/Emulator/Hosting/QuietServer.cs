using System;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OssPayment.Emulator.Hosting;

/// <summary>Makes a web server that reads no settings, writes no logs, and stops at once.</summary>
internal static class QuietServer
{
    public static WebApplicationBuilder CreateBuilder(Action<KestrelServerOptions> listen)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
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
