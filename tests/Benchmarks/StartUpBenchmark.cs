using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>The wait at a prompt: the import, the first call, the first bucket and the first Tab in a new PowerShell.</summary>
internal static class StartUpBenchmark
{
    private const int Rounds = 15;
    private const string Least = "import and first call of the least cmdlet";

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        using var standIn = new StandIn();
        await using EmulatorProcess emulator = await EmulatorProcess.StartAsync(buckets: 1000, Fleet.Region);
        string import = $"Import-Module '{MeasuredShell.Manifest}'";
        (string Name, string Command, string Endpoint)[] cases =
        [
            ("an empty `pwsh`", "0", standIn.Endpoint),
            ("import", import, standIn.Endpoint),
            ("import and first call", $"{import}; $null = Get-OssBucketRequestPayment a-bucket", standIn.Endpoint),
            (
                Least,
                $"Import-Module '{MeasuredShell.LeastModule}'; $null = Get-LeastRequestPayment a-bucket",
                standIn.Endpoint),
            (
                "the first `Invoke-RestMethod`, no import",
                $"$null = Invoke-RestMethod {standIn.Endpoint}/a-bucket/",
                standIn.Endpoint),
            (
                "import and the first bucket of an account with 1,000",
                $"{import}; $null = Get-OssBucketRequestPayment | Select-Object -First 1",
                emulator.Endpoint),
            (
                "import and the first Tab after a bucket's beginning",
                $"{import}; $null = TabExpansion2 'Get-OssBucketRequestPayment fleet-0000'",
                emulator.Endpoint),
        ];
        List<double>[] times = [.. cases.Select(_ => new List<double>())];
        for (int round = -1; round < Rounds; round++)
        {
            // In the other order by turns; the first round fills the system's caches.
            foreach (int index in round % 2 == 0 ? Enumerable.Range(0, cases.Length) : Enumerable.Range(0, cases.Length).Reverse())
            {
                double time = await shell.TimeAsync(cases[index].Command, cases[index].Endpoint);
                if (round >= 0)
                {
                    times[index].Add(time);
                }
            }
        }

        List<double> least = times[Array.FindIndex(cases, measured => measured.Name == Least)];
        Row[] rows = [.. cases.Select((measured, index) => ToRow(measured.Name, times[index], times[0], least))];
        Counts[] counts = await shell.RunAsync<Counts[]>("StartUp.ps1", standIn.Endpoint, []);
        return new Section("Start-up, in `pwsh`", [.. rows, .. counts.Select(ToRow)], Table(rows));
    }

    /// <summary>For users: what a new PowerShell waits for.</summary>
    private static string Table(Row[] rows) =>
        "| in a new PowerShell, with its own start | |\n|---|---|\n"
        + string.Join('\n', rows.Select(row => $"| {row.What} | {row.Measured} |"));

    private static Row ToRow(string name, List<double> times, List<double> empty, List<double> least)
    {
        string measured = $"{Spread.Of(times).Median.ToString("0", CultureInfo.InvariantCulture)} ms";
        if (times == empty)
        {
            return new Row(name, measured);
        }

        if (name == "import and first call")
        {
            Spread toLeast = Spread.OfRatios(times, least);
            return new Row(name, measured, toLeast, "those of the least cmdlet", Aim.AtMost(1.05, toLeast.Median));
        }

        return new Row(name, measured, Spread.OfRatios(times, empty), "an empty `pwsh`");
    }

    private static Row ToRow(Counts counts) => new(
        $"compiled and loaded: {counts.Name}",
        $"{counts.Methods} methods, {counts.Assemblies} assemblies, {counts.Bytes / 1024:n0} KiB allocated");

    private sealed record Counts(string Name, int Methods, int Assemblies, long Bytes);
}
