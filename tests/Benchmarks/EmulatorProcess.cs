using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>The emulator in a process of its own, which ends with this one.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _control;

    private EmulatorProcess(Process process, Announcement announcement)
    {
        _process = process;
        Endpoint = announcement.HttpEndpoint;
        _control = new HttpClient { BaseAddress = new Uri(announcement.Control), Timeout = Patience };
    }

    internal string Endpoint { get; }

    internal static async Task<EmulatorProcess> StartAsync(int buckets, string region)
    {
        string assembly = Path.Combine(
            BuiltFrom.Root, "tests", "Emulator", "bin", BuiltFrom.Configuration, "net10.0", "OssPayment.Emulator.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, "--json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        try
        {
            string line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
                ?? throw new InvalidOperationException("The emulator did not start.");
            Announcement announcement = JsonSerializer.Deserialize<Announcement>(line, JsonSerializerOptions.Web)!;

            var emulator = new EmulatorProcess(process, announcement);
            object fleet = new { count = buckets, regions = new[] { region } };
            using HttpResponseMessage made = await emulator._control.PostAsJsonAsync("/buckets/fleet", fleet);
            made.EnsureSuccessStatusCode();

            // A growing record of requests would slow the measurement.
            await emulator.SetAsync(new { recordRequests = false });
            return emulator;
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    private async Task SetAsync(object settings)
    {
        using HttpResponseMessage set = await _control.PutAsJsonAsync("/settings", settings);
        set.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private sealed record Announcement(string HttpEndpoint, string Control);
}
