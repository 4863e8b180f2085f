using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
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

    private EmulatorProcess(Process process, Announcement announcement)
    {
        _process = process;
        Endpoint = announcement.HttpEndpoint;
        Proxy = announcement.Proxy;
        AuthorityFile = announcement.AuthorityCertificate;
        Owner = announcement.Keys.Single(key => key.Name == "owner");
    }

    internal string Endpoint { get; }

    internal string Proxy { get; }

    /// <summary>The certificate that clients must trust.</summary>
    internal string AuthorityFile { get; }

    internal KeyPair Owner { get; }

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

            using var client = new HttpClient { BaseAddress = new Uri(announcement.Control), Timeout = Patience };
            object fleet = new { count = buckets, regions = new[] { region } };
            using HttpResponseMessage made = await client.PostAsJsonAsync("/buckets/fleet", fleet);
            made.EnsureSuccessStatusCode();

            // Records of all requests would grow, and take time of what is measured.
            using HttpResponseMessage set = await client.PutAsJsonAsync("/settings", new { recordRequests = false });
            set.EnsureSuccessStatusCode();
            return new EmulatorProcess(process, announcement);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
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

    internal sealed record KeyPair(string Name, string Id, string Secret);

    private sealed record Announcement(
        string HttpEndpoint, string Proxy, string Control, string AuthorityCertificate, KeyPair[] Keys);
}
