using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OssPayment;

/// <summary>The limits of OSS's <c>QoSConfiguration</c>, by their names on the wire: the one table of them.</summary>
internal static class QoSLimits
{
    /// <summary>The value of a limit that the requester is not held to.</summary>
    internal const int Unlimited = -1;

    /// <summary>The value of a limit that forbids this kind of traffic.</summary>
    internal const int Forbidden = 0;

    private const string UnlimitedWord = "unlimited";
    private const string ForbiddenWord = "forbidden";
    private const int BandwidthCount = 6;

    /// <summary>In OSS's order: bandwidths in Gbit/s, then request rates, which only resource pools have.</summary>
    private static readonly string[] Names =
    [
        "TotalUploadBandwidth", "IntranetUploadBandwidth", "ExtranetUploadBandwidth",
        "TotalDownloadBandwidth", "IntranetDownloadBandwidth", "ExtranetDownloadBandwidth",
        "TotalQps", "IntranetQps", "ExtranetQps",
    ];

    internal static IReadOnlyList<string> All => Names;

    /// <summary>The limits that a bucket has, or a resource pool.</summary>
    internal static IEnumerable<string> Of(bool resourcePool) => resourcePool ? Names : Names.Take(BandwidthCount);

    internal static int IndexOf(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index >= 0 ? index : throw new ArgumentException($"There is no limit '{name}'.", nameof(name));
    }

    /// <summary>A limit as a person reads it.</summary>
    internal static string Format(int limit) => limit switch
    {
        Unlimited => UnlimitedWord,
        Forbidden => ForbiddenWord,
        _ => $"{limit}",
    };

    /// <summary>A bandwidth as a person reads it, with its unit.</summary>
    internal static string FormatBandwidth(int limit) => limit > Forbidden ? $"{limit} Gbit/s" : Format(limit);

    /// <summary>
    /// Reads a whole number, or one of the two words that <see cref="Format"/> writes, in upper or lower case.
    /// </summary>
    internal static bool TryParse(string text, out int limit)
    {
        if (text.Equals(UnlimitedWord, StringComparison.OrdinalIgnoreCase))
        {
            limit = Unlimited;
            return true;
        }

        if (text.Equals(ForbiddenWord, StringComparison.OrdinalIgnoreCase))
        {
            limit = Forbidden;
            return true;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit);
    }
}
