using System;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment;

/// <summary>The limits of OSS's <c>QoSConfiguration</c>, by their names on the wire: the one table of them.</summary>
internal static class QoSLimits
{
    /// <summary>The value of a limit that the requester is not held to.</summary>
    internal const int Unlimited = -1;

    /// <summary>The value of a limit that forbids this kind of traffic.</summary>
    internal const int Forbidden = 0;

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
        Unlimited => "unlimited",
        Forbidden => "forbidden",
        _ => $"{limit}",
    };
}
