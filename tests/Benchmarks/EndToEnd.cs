using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OssPayment.Signing;

namespace OssPayment.Benchmarks;

/// <summary>What a user's pipeline costs: the cmdlets in a real PowerShell, against the emulator, over loopback.</summary>
internal static class EndToEnd
{
    private const int Buckets = 5000;
    private const string Region = "cn-hangzhou";
    private const int Hosts = 2000;
    private const double Mebibyte = 1024 * 1024;

    // Signatures are good for 15 minutes.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(12);

    private static readonly string[] NotInherited =
        ["OSS_SESSION_TOKEN", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    internal static async Task<int> PipelineAsync()
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync(Buckets, Region);
        var credentials = new OssCredentials(emulator.Owner.Id, emulator.Owner.Secret, securityToken: null);
        string file = Path.GetTempFileName();
        try
        {
            SignedRequest.Write(
                file, Names().Select(bucket => SignedRequest.Get(emulator.Endpoint, bucket, credentials, Region)));
            using Process shell = StartShell(emulator, "Pipeline.ps1", isRead: false, "-RequestFile", file);
            return await EndAsync(shell);
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal static async Task<int> MemoryAsync()
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync(Buckets, Region);
        int[] counts = [100, 100_000];
        var peaks = new List<Peak>();
        foreach (int count in counts)
        {
            using Process shell = StartShell(
                emulator, "Memory.ps1", isRead: true, "-Count", count.ToString(CultureInfo.InvariantCulture));
            Task<string> output = shell.StandardOutput.ReadToEndAsync();
            if (await EndAsync(shell) != 0)
            {
                return 1;
            }

            peaks.Add(JsonSerializer.Deserialize<Peak>(await output)!);
        }

        Console.WriteLine($"{"names",10} {"peak working set",20} {"peak managed heap",20} {"left at the end",16}");
        foreach ((int count, Peak peak) in counts.Zip(peaks))
        {
            Console.WriteLine($"{count,10:n0} {Size(peak.WorkingSet),20} {Size(peak.Heap),20} {Size(peak.InUse),16}");
        }

        Peak more = peaks[1] - peaks[0];
        Console.WriteLine($"{"more",10} {Size(more.WorkingSet),20} {Size(more.Heap),20} {Size(more.InUse),16}");
        Console.WriteLine($"Aim: no more than 32 MiB above. {(more.WorkingSet <= 32 * Mebibyte ? "Met." : "MISSED.")}");
        return 0;
    }

    internal static async Task<int> HostsAsync()
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync(Hosts, Region);
        Console.WriteLine($"{Hosts} hosts, 16 requests at a time");
        Console.WriteLine(
            $"{"",-16} {"descriptors at first",20} {"at the most",12} {"at the end",11} {"memory",10} {"a bucket",9}");
        int result = 0;
        foreach (bool isTls in new[] { false, true })
        {
            using var farm = new HostFarm(Hosts, isTls);
            string authorityFile = Path.GetTempFileName();
            try
            {
                await File.WriteAllTextAsync(authorityFile, farm.Authority ?? "");
                result |= await HostsAsync(
                    emulator, isTls ? "https" : "http", [.. farm.Endpoints], authorityFile);
            }
            finally
            {
                File.Delete(authorityFile);
            }
        }

        foreach (string scheme in new[] { "http", "https" })
        {
            string[] endpoints = [.. Enumerable.Repeat($"{scheme}://oss-{Region}.aliyuncs.com", Hosts)];
            result |= await HostsAsync(
                emulator, $"{scheme}, a proxy", endpoints, emulator.AuthorityFile, "-Proxy", emulator.Proxy);
        }

        return result;
    }

    private static async Task<int> HostsAsync(
        EmulatorProcess emulator, string name, string[] endpoints, string authorityFile, params string[] arguments)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file, JsonSerializer.Serialize(Names().Zip(endpoints, (bucket, endpoint) => new { bucket, endpoint })));
            Environment.SetEnvironmentVariable("SSL_CERT_FILE", authorityFile);
            using Process shell = StartShell(emulator, "Hosts.ps1", isRead: true, ["-TargetFile", file, .. arguments]);
            string output = await shell.StandardOutput.ReadToEndAsync();
            if (await EndAsync(shell) != 0)
            {
                return 1;
            }

            HostsRun run = JsonSerializer.Deserialize<HostsRun>(output.Trim().Split('\n')[^1])!;
            Console.WriteLine(
                $"{name,-16} {run.Before,20} {run.Peak,12} {run.Left,11} {Size(run.Memory),10} {run.Time,6:0} µs");
            return 0;
        }
        finally
        {
            Environment.SetEnvironmentVariable("SSL_CERT_FILE", null);
            File.Delete(file);
        }
    }

    private static IEnumerable<string> Names() => Enumerable.Range(0, Buckets).Select(number => $"fleet-{number:d6}");

    private static string Size(long bytes) => $"{bytes / Mebibyte:0.0} MiB";

    private static Process StartShell(EmulatorProcess emulator, string script, bool isRead, params string[] arguments)
    {
        string path = Path.Combine(AppContext.BaseDirectory, script);
        string manifest = Path.Combine(BuiltFrom.Root, "OssPayment.psd1");
        var start = new ProcessStartInfo(
            "pwsh", ["-NoProfile", "-NonInteractive", "-File", path, "-Manifest", manifest, .. arguments])
        {
            RedirectStandardOutput = isRead,
        };
        foreach (string name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        start.Environment["OSS_ENDPOINT"] = emulator.Endpoint;
        start.Environment["OSS_REGION"] = Region;
        start.Environment["OSS_ACCESS_KEY_ID"] = emulator.Owner.Id;
        start.Environment["OSS_ACCESS_KEY_SECRET"] = emulator.Owner.Secret;
        return Process.Start(start)!;
    }

    private static async Task<int> EndAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(LongestRun);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await Console.Error.WriteLineAsync($"Not done after {LongestRun.TotalMinutes} minutes.");
            return 1;
        }
    }

    private sealed record HostsRun(double Time, int Before, int Peak, int Left, long Memory);

    private sealed record Peak(long WorkingSet, long Heap, long InUse)
    {
        public static Peak operator -(Peak a, Peak b) =>
            new(a.WorkingSet - b.WorkingSet, a.Heap - b.Heap, a.InUse - b.InUse);
    }
}
