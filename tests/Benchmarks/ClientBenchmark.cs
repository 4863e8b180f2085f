using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;

namespace OssPayment.Benchmarks;

/// <summary>
/// A whole operation through the module's client, beside a bare HttpClient that sends the same bytes. It is measured in
/// a separate process, so that the server adds no allocations.
/// </summary>
internal static class ClientBenchmark
{
    internal const string Argument = "client-rounds";

    private const int Rounds = 21;
    private const int Operations = 2000;

    private static readonly int[] Concurrencies = [1, 16];

    internal static async Task<Section> MeasureAsync()
    {
        using var standIn = new StandIn();
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, Argument, standIn.Endpoint])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["OSS_ACCESS_KEY_ID"] = Fleet.Credentials.AccessKeyId;
        start.Environment["OSS_ACCESS_KEY_SECRET"] = Fleet.Credentials.AccessKeySecret;
        start.Environment.Remove("OSS_SESSION_TOKEN");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        var rows = new List<Row>();
        foreach (Comparison at in JsonSerializer.Deserialize<Comparison[]>(output)!)
        {
            Spread time = Spread.OfRatios(at.Client.Select(round => round.Time), at.Bare.Select(round => round.Time));
            Spread bytes = Spread.OfRatios(at.Client.Select(round => round.Bytes), at.Bare.Select(round => round.Bytes));
            rows.Add(new Row(
                $"time of an operation, {at.Concurrency} at a time",
                Figure($"{Spread.Of(at.Client.Select(round => round.Time)).Median:0.0} µs"),
                time,
                "a bare `HttpClient` with the same bytes",
                Aim.AtMost(1.15, time.Median)));
            double allocated = Spread.Of(at.Client.Select(round => round.Bytes)).Median / 1024;
            rows.Add(new Row(
                $"allocated, {at.Concurrency} at a time",
                Figure($"{allocated:0.0} KiB"),
                bytes,
                "the same",
                Aim.AtMost(8, allocated, " KiB")));
        }

        return new Section("The client, without PowerShell", rows);
    }

    /// <summary>The other process: writes the rounds as JSON.</summary>
    internal static void Run(string endpoint)
    {
        SignedRequest[] requests = Fleet.Requests(endpoint, Operations);
        OssLocation location = Fleet.At(endpoint);
        var client = OssClient.FromEnvironment(
            proxy: null,
            proxyCredential: null,
            TimeSpan.FromSeconds(30),
            maximumRetryCount: 2,
            retryInterval: null,
            path => path);
        Comparison[] comparisons = [.. Concurrencies.Select(concurrency => Compare(
            concurrency,
            () => BareClient.Send(requests, Operations, concurrency),
            () => BareClient.InTurn(Operations, concurrency, index => client.SendAsync(
                RequestPaymentOperations.Get(requests[index].Bucket), location, trace: null, CancellationToken.None))))];
        Console.WriteLine(JsonSerializer.Serialize(comparisons));
    }

    private static Comparison Compare(int concurrency, Action bare, Action client)
    {
        var comparison = new Comparison(concurrency, [], []);

        // The first rounds warm up. The two go first by turns.
        for (int round = -5; round < Rounds; round++)
        {
            (Round first, Round second) = round % 2 == 0
                ? (Measure(bare), Measure(client))
                : (Measure(client), Measure(bare));
            if (round >= 0)
            {
                comparison.Bare.Add(round % 2 == 0 ? first : second);
                comparison.Client.Add(round % 2 == 0 ? second : first);
            }
        }

        return comparison;
    }

    private static Round Measure(Action work)
    {
        GC.Collect();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        work();
        TimeSpan time = watch.Elapsed;
        return new Round(
            time.TotalMicroseconds / Operations, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)Operations);
    }

    private static string Figure(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Round(double Time, double Bytes);

    private sealed record Comparison(int Concurrency, List<Round> Bare, List<Round> Client);
}
