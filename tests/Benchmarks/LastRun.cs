using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>The ratios of the last run, kept in the repository. A new run says which of them are worse.</summary>
internal static class LastRun
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    internal static async Task CompareAndWriteAsync(string path, IEnumerable<Section> sections)
    {
        Dictionary<string, Spread> ratios = sections
            .SelectMany(section => section.Rows, (section, row) => (Key: $"{section.Title}: {row.What}", row.Ratio))
            .Where(row => row.Ratio is not null)
            .ToDictionary(row => row.Key, row => row.Ratio!);
        Dictionary<string, Spread> last = File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, Spread>>(await File.ReadAllTextAsync(path))!
            : [];
        string[] worse = [.. Worse(last, ratios)];
        Console.WriteLine(worse.Length == 0 ? "No ratio is worse than in the last run by more than the noise." : "Worse:");
        foreach (string line in worse)
        {
            Console.WriteLine($"  {line}");
        }

        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(ratios, Options) + "\n");
    }

    /// <summary>Beyond the noise: the quartiles of the two runs do not overlap.</summary>
    private static IEnumerable<string> Worse(Dictionary<string, Spread> last, Dictionary<string, Spread> now) =>
        from ratio in now
        where last.TryGetValue(ratio.Key, out Spread? before) && ratio.Value.Lower > before.Upper
        select $"{ratio.Key}: {ratio.Value}; in the last run {last[ratio.Key]}";
}
