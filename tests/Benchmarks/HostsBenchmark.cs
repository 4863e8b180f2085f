using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>Buckets over TLS, each at its own host, as with the virtual-hosted style of OSS.</summary>
internal static class HostsBenchmark
{
    private const int Hosts = 1000;
    private const int WarmUp = 50;

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        using var standIn = new StandIn();
        string authority = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(authority, standIn.Authority);
            Run run = await shell.RunAsync<Run>(
                "Hosts.ps1",
                $"https://oss-{Fleet.Region}.aliyuncs.com",
                ["-Proxy", standIn.Endpoint, "-Count", Hosts.ToString(CultureInfo.InvariantCulture)],
                ("SSL_CERT_FILE", authority));
            (int handshakes, int resumed, int connections) = standIn.Counters;
            return new Section(
                $"{Hosts} buckets, each with its own host, over TLS, two requests each, 16 at a time",
                [
                    new Row("TLS handshakes", $"{handshakes - WarmUp:n0}, of which {resumed} resumed a session"),
                    new Row("open connections, maximum", $"{connections}"),
                    new Row("open descriptors, at the start and maximum", $"{run.Before}, {run.Peak}"),
                    new Row("memory growth after the first 50 buckets", $"{run.Memory / 1024 / 1024} MiB"),
                    new Row("a bucket, second request", $"{run.Time.ToString("n0", CultureInfo.InvariantCulture)} µs"),
                ]);
        }
        finally
        {
            File.Delete(authority);
        }
    }

    private sealed record Run(double Time, int Before, int Peak, long Memory);
}
