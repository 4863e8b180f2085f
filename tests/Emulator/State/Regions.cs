using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Emulator.State;

/// <summary>The regions that the emulator serves, and their hosts.</summary>
/// <remarks>
/// The hosts of most regions follow from the region. <see cref="Odd"/> has two regions whose hosts do not, from the
/// vendor's page "Regions and endpoints", Chinese copy of Feb 5, 2026. It is independent of the module's table.
/// </remarks>
public static class Regions
{
    private static readonly Dictionary<string, string[]> Odd = new()
    {
        ["cn-hangzhou-finance"] =
        [
            "oss-cn-hzfinance.aliyuncs.com",
            "oss-cn-hzfinance-internal.aliyuncs.com",
            "cn-hangzhou-finance.oss.aliyuncs.com",
            "oss-cn-hzjbp-a-internal.aliyuncs.com",
            "oss-cn-hzjbp-b-internal.aliyuncs.com",
        ],
        ["rg-china-mainland"] = ["oss-rg-china-mainland.aliyuncs.com"],
    };

    public static bool Has(string region) => Seed.Regions.Contains(region) || Odd.ContainsKey(region);

    public static string Public(string region) =>
        Odd.TryGetValue(region, out string[]? hosts) ? hosts[0] : $"oss-{region}.aliyuncs.com";

    /// <summary>The host for access from Alibaba Cloud; null if the region has no such host.</summary>
    public static string? Internal(string region) =>
        Odd.TryGetValue(region, out string[]? hosts)
            ? hosts.ElementAtOrDefault(1)
            : $"oss-{region}-internal.aliyuncs.com";

    /// <summary>The region of a host, with or without a bucket; null if the host is not in <see cref="Odd"/>.</summary>
    internal static (string? Bucket, string Region)? FindOdd(string host)
    {
        foreach ((string region, string[] hosts) in Odd)
        {
            if (hosts.Contains(host))
            {
                return (null, region);
            }

            string[] parts = host.Split('.', 2);
            if (parts.Length == 2 && hosts.Contains(parts[1]))
            {
                return (parts[0], region);
            }
        }

        return null;
    }
}
