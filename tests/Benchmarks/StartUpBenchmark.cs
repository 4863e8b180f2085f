using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>The wait at a prompt: the import and the first call in a new PowerShell.</summary>
internal static class StartUpBenchmark
{
    private const int Rounds = 15;

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        using var standIn = new StandIn();
        string import = $"Import-Module '{MeasuredShell.Manifest}'";
        (string Name, string Command)[] cases =
        [
            ("an empty `pwsh`", "0"),
            ("import", import),
            ("import and first call", $"{import}; $null = Get-OssBucketRequestPayment a-bucket"),
            ("the first `Invoke-RestMethod`, no import", $"$null = Invoke-RestMethod {standIn.Endpoint}/a-bucket/"),
        ];
        List<double>[] times = [.. cases.Select(_ => new List<double>())];
        for (int round = -1; round < Rounds; round++)
        {
            // In the other order by turns; the first round fills the system's caches.
            foreach (int index in round % 2 == 0 ? Enumerable.Range(0, cases.Length) : Enumerable.Range(0, cases.Length).Reverse())
            {
                double time = await shell.TimeAsync(cases[index].Command, standIn.Endpoint);
                if (round >= 0)
                {
                    times[index].Add(time);
                }
            }
        }

        Row[] rows = [.. cases.Select((measured, index) => ToRow(measured.Name, times[index], times[0]))];
        Counts[] counts = await shell.RunAsync<Counts[]>("StartUp.ps1", standIn.Endpoint, []);
        return new Section("Start-up, in `pwsh`", [.. rows, .. counts.Select(ToRow)]);
    }

    private static Row ToRow(string name, List<double> times, List<double> empty)
    {
        string measured = $"{Spread.Of(times).Median.ToString("0", CultureInfo.InvariantCulture)} ms";
        if (times == empty)
        {
            return new Row(name, measured);
        }

        Spread ratio = Spread.OfRatios(times, empty);
        Aim? aim = name == "import and first call" ? Aim.AtMost(1.25, ratio.Median) : null;
        return new Row(name, measured, ratio, "an empty `pwsh`", aim, name.Replace("`", ""));
    }

    private static Row ToRow(Counts counts) => new(
        $"compiled and loaded: {counts.Name}",
        $"{counts.Methods} methods, {counts.Assemblies} assemblies, {counts.Bytes / 1024:n0} KiB allocated");

    private sealed record Counts(string Name, int Methods, int Assemblies, long Bytes);
}
