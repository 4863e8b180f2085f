using System;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Endpoints;

/// <summary>
/// The regions of OSS that were open when the module was made, by the vendor's list of regions and endpoints. It
/// completes and suggests; any other region is accepted too, because new ones open every year.
/// </summary>
internal static class KnownRegions
{
    private const int ShortestMistyped = 4;

    /// <summary>The id and the place of each region, in the order of the ids.</summary>
    internal static IReadOnlyList<(string Id, string Place)> All { get; } =
    [
        ("ap-northeast-1", "Tokyo"),
        ("ap-northeast-2", "Seoul"),
        ("ap-southeast-1", "Singapore"),
        ("ap-southeast-3", "Kuala Lumpur"),
        ("ap-southeast-5", "Jakarta"),
        ("ap-southeast-6", "Manila"),
        ("ap-southeast-7", "Bangkok"),
        ("cn-beijing", "Beijing"),
        ("cn-chengdu", "Chengdu"),
        ("cn-fuzhou", "Fuzhou"),
        ("cn-guangzhou", "Guangzhou"),
        ("cn-hangzhou", "Hangzhou"),
        ("cn-heyuan", "Heyuan"),
        ("cn-hongkong", "Hong Kong"),
        ("cn-huhehaote", "Hohhot"),
        ("cn-nanjing", "Nanjing"),
        ("cn-qingdao", "Qingdao"),
        ("cn-shanghai", "Shanghai"),
        ("cn-shenzhen", "Shenzhen"),
        ("cn-wuhan-lr", "Wuhan"),
        ("cn-wulanchabu", "Ulanqab"),
        ("cn-zhangjiakou", "Zhangjiakou"),
        ("eu-central-1", "Frankfurt"),
        ("eu-west-1", "London"),
        ("me-central-1", "Riyadh"),
        ("me-east-1", "Dubai"),
        ("na-south-1", "Mexico"),
        ("us-east-1", "Virginia"),
        ("us-west-1", "Silicon Valley"),
    ];

    internal static bool Contains(string region) => All.Any(known => known.Id == region);

    /// <summary>
    /// A question that names the one region that was probably meant; empty where there is none, or several.
    /// </summary>
    /// <param name="text">What was given as a region.</param>
    internal static string Suggest(string text)
    {
        string given = Plain(text);
        if (given.Length < ShortestMistyped)
        {
            return "";
        }

        // One slip in a short word, two in a long one; more makes another word of it.
        int nearest = given.Length < 7 ? 1 : 2;
        var meant = new List<(string Id, string Place)>();
        foreach ((string Id, string Place) known in All)
        {
            int distance = new[] { known.Id, known.Id.Substring(known.Id.IndexOf('-') + 1), known.Place }
                .Min(name => Distance(given, Plain(name)));
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

        return meant.Count == 1 ? $"Did you mean {meant[0].Id} ({meant[0].Place})?" : "";
    }

    /// <summary>
    /// Letters and digits alone: people write blanks, underscores or nothing where a region has a hyphen.
    /// </summary>
    private static string Plain(string text) =>
        new([.. text.ToLowerInvariant().Where(char.IsLetterOrDigit)]);

    /// <summary>How many characters are to be put in, taken out or replaced to make one text of the other.</summary>
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
