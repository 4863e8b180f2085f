using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>
/// How long a large account takes: each bucket is a host of its own over TLS, and each wait takes a round trip.
/// </summary>
internal static class AccountBenchmark
{
    private const int Buckets = 1000;
    private const int Forecast = 10_000;
    private const string Cmdlet = "Get-OssBucketRequestPayment";
    private const string Bare = "bare HttpClient";

    /// <summary>Milliseconds, and how often each is measured: the noise matters less where the waits are long.</summary>
    private static readonly (int RoundTrip, int Rounds)[] Distances = [(0, 5), (30, 3), (100, 1)];

    private static readonly int[] Limits = [16, 64, 256];

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        using var standIn = new StandIn();
        string authority = Path.GetTempFileName();
        string requests = Path.GetTempFileName();
        try
        {
            string endpoint = $"https://oss-{Fleet.Region}.aliyuncs.com";
            await File.WriteAllTextAsync(authority, standIn.Authority);
            SignedRequest.Write(requests, Fleet.HostRequests(Buckets));
            var all = new List<Measurement>();
            foreach ((int roundTrip, int rounds) in Distances)
            {
                standIn.RoundTrip = TimeSpan.FromMilliseconds(roundTrip);
                string[] arguments =
                [
                    "-Proxy", standIn.Endpoint, "-RequestFile", requests,
                    "-Limits", string.Join(',', Limits), "-Rounds", rounds.ToString(CultureInfo.InvariantCulture),
                ];
                Run[] runs = await shell.RunAsync<Run[]>("Account.ps1", endpoint, arguments, ("SSL_CERT_FILE", authority));
                all.AddRange(runs.OrderBy(run => KindOf(run.Name)).Select(run => new Measurement(roundTrip, run)));
                if (await PythonSample.MeasureAsync(endpoint, standIn.Endpoint, authority, Buckets, Limits[0]) is { } python)
                {
                    all.Add(new Measurement(roundTrip, python));
                }
            }

            return new Section(
                $"{Buckets:n0} buckets, each with its own host, over TLS",
                [.. all.Where(measured => measured.Run.Name != Bare).Select(measured => ToRow(measured, all))],
                Table(all),
                [.. all.Where(measured => measured.Run.Limit == Limits[0]).Select(ToBar)]);
        }
        finally
        {
            File.Delete(authority);
            File.Delete(requests);
        }
    }

    private static Row ToRow(Measurement measured, List<Measurement> all)
    {
        Measurement bare = all.Single(other => other.Run.Name == Bare
            && other.RoundTrip == measured.RoundTrip && other.Run.Limit == measured.Run.Limit);
        Spread ratio = measured.Run.Times.Length == bare.Run.Times.Length
            ? Spread.OfRatios(measured.Run.Times, bare.Run.Times)
            : Spread.Of(measured.Run.Times).DividedBy(bare.Median);
        Aim? aim = measured.Run.Name == Cmdlet && measured.Run.Limit <= 64 ? Aim.AtMost(1.05, ratio.Median) : null;
        return new Row(
            $"{measured.Run.Name}, {measured.RoundTrip} ms, {measured.Run.Limit} at a time",
            Seconds(measured.Median),
            ratio,
            $"{Bare}: {Seconds(bare.Median)}",
            aim);
    }

    private static Bar ToBar(Measurement measured) => new(
        $"round trip {measured.RoundTrip} ms",
        measured.Run.Name,
        measured.Median,
        KindOf(measured.Run.Name));

    private static BarKind KindOf(string name) =>
        name switch { Cmdlet => BarKind.Own, Bare => BarKind.Floor, _ => BarKind.Other };

    /// <summary>For users: rows are ways to query the account, columns the number of parallel requests.</summary>
    private static string Table(List<Measurement> all)
    {
        IEnumerable<string> lines = all
            .GroupBy(measured => (measured.RoundTrip, measured.Run.Name))
            .Select(group => $"| {group.Key.RoundTrip} ms | {group.Key.Name} | {string.Join(" | ", Cells(group))} |");
        return string.Join(
            '\n',
            lines
                .Prepend($"|---|---|{string.Concat(Limits.Select(_ => "---|"))}---|")
                .Prepend(
                    $"| round trip | {Buckets:n0} buckets | {string.Join(" | ", Limits.Select(limit => $"{limit} at a time"))} "
                    + $"| {Forecast:n0} buckets, {Limits[0]} to {Limits[^1]} at a time |"));
    }

    private static IEnumerable<string> Cells(IEnumerable<Measurement> measured)
    {
        double?[] times = [.. Limits.Select(limit => measured.FirstOrDefault(m => m.Run.Limit == limit)?.Median)];
        double[] known = [.. times.OfType<double>()];
        IEnumerable<string> forecast = new[] { known[0], known[^1] }.Distinct().Select(time => Duration(time * Forecast / Buckets));
        return times.Select(time => time is { } seconds ? Seconds(seconds) : "").Append(string.Join(" to ", forecast));
    }

    private static string Seconds(double seconds) => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s";

    private static string Duration(double seconds) => seconds < 120
        ? $"{seconds.ToString("0", CultureInfo.InvariantCulture)} s"
        : $"{(seconds / 60).ToString("0.0", CultureInfo.InvariantCulture)} min";

    private sealed record Measurement(int RoundTrip, Run Run)
    {
        internal double Median => Spread.Of(Run.Times).Median;
    }

    /// <summary>Seconds for all buckets, one for each round.</summary>
    internal sealed record Run(string Name, int Limit, double[] Times);
}
