using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace OssPayment.Endpoints;

/// <summary>
/// The regions of the vendor's table. Any other region is accepted too, because new ones open every year.
/// </summary>
internal static class KnownRegions
{
    private const int ShortestMistyped = 4;

    /// <summary>A longer text is not a mistyped region, and comparing it would take long.</summary>
    private const int LongestMistyped = 80;

    private static readonly Dictionary<string, KnownRegion> ByName = Named();

    /// <summary>The regions in the order of their ids.</summary>
    internal static IEnumerable<KnownRegion> All =>
        ByName.Values.Distinct().OrderBy(known => known.Id, StringComparer.Ordinal);

    /// <summary>The region of the id; null where the table does not have it.</summary>
    internal static KnownRegion? Find(string region) =>
        ByName.TryGetValue(region, out KnownRegion? known) ? known : null;

    internal static bool Contains(string region) => ByName.ContainsKey(region);

    /// <summary>
    /// The id of the region that has a host of this name: <c>cn-hzfinance</c> is <c>cn-hangzhou-finance</c>. Any other
    /// name is an id already.
    /// </summary>
    internal static string IdOf(string name) => Find(name)?.Id ?? name;

    /// <summary>
    /// A question with the one region that was probably meant; empty where no region, or more than one, is near, and
    /// where the text already is that region.
    /// </summary>
    /// <param name="text">What was specified as a region.</param>
    internal static string Suggest(string text)
    {
        string typed = text.Length > LongestMistyped ? "" : Plain(text);
        if (typed.Length < ShortestMistyped)
        {
            return "";
        }

        // One wrong letter in a short word, two in a long one: with more it is probably another word.
        int nearest = typed.Length < 7 ? 1 : 2;
        var meant = new List<KnownRegion>();
        foreach (KnownRegion known in All)
        {
            int distance = new[] { known.Id, known.Id.Substring(known.Id.IndexOf('-') + 1), known.Place }
                .Min(name => Distance(typed, Plain(name)));
            if (distance < nearest)
            {
                meant.Clear();
                nearest = distance;
            }

            if (distance == nearest)
            {
                meant.Add(known);
            }
        }

        return meant.Count == 1 && meant[0].Id != text ? $"Did you mean {meant[0].Id} ({meant[0].Place})?" : "";
    }

    private static Dictionary<string, KnownRegion> Named()
    {
        var named = new Dictionary<string, KnownRegion>(StringComparer.Ordinal);
        using var reader = new StreamReader(typeof(KnownRegions).Assembly.GetManifestResourceStream("regions.tsv")!);
        bool isHeader = true;
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '#' || isHeader)
            {
                isHeader &= line[0] == '#';
                continue;
            }

            var known = new KnownRegion(line);
            named.Add(known.Id, known);
            foreach (string host in known.Hosts)
            {
                named[OssHostName.NameIn(host)] = known;
            }
        }

        return named;
    }

    /// <summary>
    /// Only letters and digits: people write spaces, underscores or nothing where a region has a hyphen.
    /// </summary>
    private static string Plain(string text) =>
        new([.. text.ToLowerInvariant().Where(char.IsLetterOrDigit)]);

    /// <summary>How many characters must be inserted, removed or replaced to turn one text into the other.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
