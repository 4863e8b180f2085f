using System;
using System.Collections.Generic;
using System.Globalization;

namespace OssPayment;

/// <summary>The limits in a <c>QoSConfiguration</c> and their names on the wire: the one table of them.</summary>
internal static class QoSLimits
{
    /// <summary>The value of a limit that does not limit.</summary>
    internal const long Unlimited = -1;

    /// <summary>The value of a limit that forbids this kind of traffic.</summary>
    internal const long Forbidden = 0;

    private const string UnlimitedWord = "unlimited";
    private const string ForbiddenWord = "forbidden";
    private const int BandwidthCount = 6;

    /// <summary>Each total is followed by its two parts.</summary>
    private const int Parts = 3;

    /// <summary>In the order of OSS: bandwidths in Gbit/s, then requests per second.</summary>
    private static readonly string[] Names =
    [
        "TotalUploadBandwidth", "IntranetUploadBandwidth", "ExtranetUploadBandwidth",
        "TotalDownloadBandwidth", "IntranetDownloadBandwidth", "ExtranetDownloadBandwidth",
        "TotalQps", "IntranetQps", "ExtranetQps",
    ];

    internal static IReadOnlyList<string> All => Names;

    internal static bool IsBandwidth(string name) => IndexOf(name) < BandwidthCount;

    internal static int IndexOf(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index >= 0 ? index : throw new ArgumentException($"There is no limit '{name}'.", nameof(name));
    }

    /// <summary>The limit of which this one is a part, or which it is itself.</summary>
    internal static string TotalOf(string name) => Names[IndexOf(name) / Parts * Parts];

    /// <summary>A limit as a person reads it, with its unit.</summary>
    internal static string FormatWithUnit(string name, long limit) =>
        IsBandwidth(name) || limit <= Forbidden ? FormatBandwidth(limit) : $"{limit} requests/s";

    /// <summary>A limit as a person reads it.</summary>
    internal static string Format(long limit) => limit switch
    {
        Unlimited => UnlimitedWord,
        Forbidden => ForbiddenWord,
        _ => $"{limit}",
    };

    /// <summary>A bandwidth as a person reads it, with its unit.</summary>
    internal static string FormatBandwidth(long limit) => limit > Forbidden ? $"{limit} Gbit/s" : Format(limit);

    /// <summary>
    /// Reads a whole number, or one of the two words that <see cref="Format"/> writes, in upper or lower case.
    /// </summary>
    internal static bool TryParse(string text, out long limit)
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

        return TryParseNumber(text, out limit);
    }

    /// <summary>Reads a whole number, as OSS sends limits.</summary>
    internal static bool TryParseNumber(string text, out long limit) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit);
}
