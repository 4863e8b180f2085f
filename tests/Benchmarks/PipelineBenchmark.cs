using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>The cost of a bucket in a pipeline of many, compared with other ways to query it.</summary>
internal static class PipelineBenchmark
{
    private const int Buckets = 5000;
    private const int Rounds = 21;
    private const string Bare = "bare";
    private const string Cmdlet = "cmdlet";
    private const string Least = "least";

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        using var standIn = new StandIn();
        string file = Path.GetTempFileName();
        try
        {
            SignedRequest.Write(file, Fleet.Requests(standIn.Endpoint, Buckets));
            string[] arguments =
            [
                "-LeastModule", MeasuredShell.LeastModule, "-RequestFile", file,
                "-Rounds", Rounds.ToString(CultureInfo.InvariantCulture),
            ];
            Measurement[] all = await shell.RunAsync<Measurement[]>("Pipeline.ps1", standIn.Endpoint, arguments);
            var rows = new List<Row>();
            foreach (Measurement measured in all.OrderBy(measured => measured.Concurrency))
            {
                string name = measured.Name == Cmdlet ? Least : Bare;
                rows.Add(ToRow(measured, all.Single(m => m.Name == name && m.Concurrency == measured.Concurrency)));
            }

            return new Section($"A bucket in a pipeline of {Buckets}, in `pwsh`", rows);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Row ToRow(Measurement measured, Measurement to)
    {
        string time = $"{Spread.Of(measured.Times).Median.ToString("n0", CultureInfo.InvariantCulture)} µs";
        string atOnce = $"{measured.Concurrency} at a time";
        if (measured == to)
        {
            return new Row($"bare `HttpClient`, {atOnce}", time);
        }

        Spread ratio = Spread.OfRatios(measured.Times, to.Times);
        Aim? aim = (measured.Name, measured.Concurrency) switch
        {
            (Cmdlet, 1) => Aim.AtMost(1.15, ratio.Median),
            (Cmdlet, 16) => Aim.AtMost(1.2, ratio.Median),
            _ => null,
        };
        string name = measured switch
        {
            { Name: Cmdlet } => "`Get-OssBucketRequestPayment`",
            { Name: Least } => "the least cmdlet",
            { Concurrency: 1 } => "`Invoke-RestMethod` in `foreach`",
            _ => "`Invoke-RestMethod` in `ForEach-Object -Parallel`",
        };
        return new Row(
            $"{name}, {atOnce}",
            time,
            ratio,
            to.Name == Least ? $"the least cmdlet, {atOnce}" : $"bare `HttpClient`, {atOnce}",
            aim);
    }

    private sealed record Measurement(string Name, int Concurrency, double[] Times);
}
