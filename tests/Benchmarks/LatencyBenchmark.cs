using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>
/// Checks the parts that make up the time of a large account: the round trips of a bucket, the number of parallel
/// requests, and the time that a bucket takes without network latency.
/// </summary>
internal static class LatencyBenchmark
{
    /// <summary>Connecting, TLS's handshake, and the request.</summary>
    private const int RoundTripsOfHost = 3;

    private const int Account = 10_000;

    /// <summary>The maximum error of the model.</summary>
    private const double Tolerance = 0.3;

    private static readonly int[] RoundTrips = [10, 30, 100];
    private static readonly int[] Limits = [16, 64, 256];
    private static readonly int[] CheckedLimits = [16, 64];

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync(buckets: 5000, Fleet.Region);
        using var standIn = new StandIn();
        string authority = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(authority, standIn.Authority);
            async Task<double> OneHostAsync(int roundTrip, int limit, int count)
            {
                await emulator.DelayAsync(roundTrip);
                return await TimeAsync(shell, emulator.Endpoint, count, limit, [], authority);
            }

            async Task<double> ManyHostsAsync(int roundTrip, int limit, int count)
            {
                standIn.RoundTrip = TimeSpan.FromMilliseconds(roundTrip);
                return await TimeAsync(
                    shell, $"https://oss-{Fleet.Region}.aliyuncs.com", count, limit, ["-Proxy", standIn.Endpoint], authority);
            }

            var oneHost = await Model.CheckAsync(roundTripsPerBucket: 1, OneHostAsync);
            var manyHosts = await Model.CheckAsync(RoundTripsOfHost, ManyHostsAsync);
            return new Section(
                "Many buckets with network latency: measured, as a ratio to the model",
                [.. oneHost.ToRows("reused connections, the emulator"), .. manyHosts.ToRows("one TLS connection per bucket")],
                Forecast(oneHost, manyHosts));
        }
        finally
        {
            File.Delete(authority);
        }
    }

    private static async Task<double> TimeAsync(
        MeasuredShell shell, string endpoint, int count, int limit, string[] connection, string authority)
    {
        string[] arguments = ["-Count", $"{count}", "-ThrottleLimit", $"{limit}", .. connection];
        return (await shell.RunAsync<Run>("Latency.ps1", endpoint, arguments, ("SSL_CERT_FILE", authority))).Time;
    }

    private static string Forecast(Model oneHost, Model manyHosts)
    {
        IEnumerable<string> lines = RoundTrips.SelectMany(roundTrip => new[]
        {
            Line(roundTrip, "one TLS connection per bucket", manyHosts),
            Line(roundTrip, "reused connections", oneHost),
        });
        return string.Join(
            '\n',
            lines
                .Prepend($"|---|---|{string.Concat(Limits.Select(_ => "---|"))}")
                .Prepend($"| round trip | {Account:n0} buckets | {string.Join(" | ", Limits.Select(l => $"`-ThrottleLimit {l}`"))} |"));
    }

    private static string Line(int roundTrip, string how, Model model) =>
        $"| {roundTrip} ms | {how} | {string.Join(" | ", Limits.Select(l => Duration(Account * model.TimeOf(roundTrip, l))))} |";

    private static string Duration(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        return time < TimeSpan.FromMinutes(2)
            ? $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s"
            : $"{time.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} min";
    }

    /// <summary>The measurement of a kind of connection, and the prediction of the model.</summary>
    private sealed class Model(int roundTripsPerBucket, double work)
    {
        private readonly List<(int RoundTrip, int Limit, double Measured)> _checks = [];

        /// <summary>Measures the work without a delay, and then with each.</summary>
        internal static async Task<Model> CheckAsync(int roundTripsPerBucket, Func<int, int, int, Task<double>> measure)
        {
            // The fastest of three, because other work of the machine does not count.
            double[] work =
            [
                await measure(0, CheckedLimits[^1], 2000),
                await measure(0, CheckedLimits[^1], 2000),
                await measure(0, CheckedLimits[^1], 2000),
            ];
            var model = new Model(roundTripsPerBucket, work.Min());
            foreach (int roundTrip in RoundTrips)
            {
                foreach (int limit in CheckedLimits)
                {
                    // About three seconds each, and at least so many for a slot that the first and the last count little.
                    int count = Math.Clamp((int)(3000 / model.TimeOf(roundTrip, limit)), 4 * limit, 3000);
                    model._checks.Add((roundTrip, limit, await measure(roundTrip, limit, count)));
                }
            }

            return model;
        }

        /// <summary>The time of a bucket among many, in milliseconds.</summary>
        internal double TimeOf(int roundTrip, int limit) =>
            work + ((double)roundTripsPerBucket * roundTrip / limit);

        internal IEnumerable<Row> ToRows(string name)
        {
            yield return new Row($"{name}: work per bucket", Time(work));
            foreach ((int roundTrip, int limit, double measured) in _checks)
            {
                double ratio = measured / TimeOf(roundTrip, limit);
                yield return new Row(
                    $"{name}: {roundTrip} ms, {limit} at a time",
                    $"{Time(measured)} per bucket",
                    new Spread(ratio, ratio, ratio),
                    $"the model's {Time(TimeOf(roundTrip, limit))}",
                    new Aim($"within {Tolerance:0%} of 1", Math.Abs(ratio - 1) <= Tolerance));
            }
        }

        private static string Time(double milliseconds) =>
            $"{milliseconds.ToString("0.00", CultureInfo.InvariantCulture)} ms";
    }

    private sealed record Run(double Time);
}
