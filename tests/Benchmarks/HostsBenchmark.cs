using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>
/// Buckets with their own hosts, over TLS: how many handshakes resume a session if each bucket is visited twice, and what
/// the connections take.
/// </summary>
internal static class HostsBenchmark
{
    private const string TwoRounds = "two rounds";
    private const string Pipeline = "one pipeline of Get, Where-Object and Set";
    private const string Bare = "two rounds of a bare HttpClient";

    private static readonly (string How, int Hosts)[] Visits =
        [(Bare, 200), (TwoRounds, 200), (Bare, 1000), (TwoRounds, 1000), (Pipeline, 1000)];

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        string requests = Path.GetTempFileName();
        string authority = Path.GetTempFileName();
        try
        {
            var rows = new List<Row>();
            SignedRequest.Write(requests, Fleet.HostRequests(Visits.Max(visit => visit.Hosts)));
            foreach ((string how, int hosts) in Visits)
            {
                using var standIn = new StandIn();
                await File.WriteAllTextAsync(authority, standIn.Authority);
                string[] arguments =
                [
                    "-Proxy", standIn.Endpoint, "-RequestFile", requests, "-How", how,
                    "-Count", hosts.ToString(CultureInfo.InvariantCulture),
                ];
                Run run = await shell.RunAsync<Run>(
                    "Hosts.ps1", $"https://oss-{Fleet.Region}.aliyuncs.com", arguments, ("SSL_CERT_FILE", authority));
                (int handshakes, int resumed, int connections) = standIn.Counters;
                rows.Add(new Row(
                    $"{hosts:n0} hosts, {how}", $"{handshakes:n0} handshakes, of which {resumed:n0} resumed a session"));
                if (how == TwoRounds && hosts == Visits[^1].Hosts)
                {
                    rows.Add(new Row("open connections, maximum", $"{connections}"));
                    rows.Add(new Row("open descriptors, at the start and maximum", $"{run.Before}, {run.Peak}"));
                    rows.Add(new Row("memory growth", $"{run.Memory / 1024 / 1024} MiB"));
                }
            }

            return new Section("Each bucket with its own host, over TLS, visited twice, 16 at a time", rows);
        }
        finally
        {
            File.Delete(authority);
            File.Delete(requests);
        }
    }

    private sealed record Run(int Before, int Peak, long Memory);
}
