using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>What a host name says about a request.</summary>
/// <param name="Bucket">The bucket that the name holds or implies.</param>
/// <param name="Region">The region whose endpoint it is; null where it serves every region.</param>
/// <param name="AllowsPathStyle">Whether the bucket may be named in the path instead.</param>
internal sealed partial record HostMeaning(string? Bucket, string? Region, bool AllowsPathStyle)
{
    /// <summary>Reads a host, with or without a port. Null: the emulator is not that host.</summary>
    public static HostMeaning? Read(string hostAndPort, EmulatorState state)
    {
        string host = WithoutPort(hostAndPort);
        if (host == "localhost" || (IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip)))
        {
            return new HostMeaning(null, state.LoopbackRegion, AllowsPathStyle: true);
        }

        if (LocalBucket().Match(host) is { Success: true } local)
        {
            return new HostMeaning(local.Groups["bucket"].Value, state.LoopbackRegion, AllowsPathStyle: false);
        }

        if (state.CNames.TryGetValue(host, out string? bucket))
        {
            return new HostMeaning(bucket, null, AllowsPathStyle: false);
        }

        return ReadServiceHost(host);
    }

    /// <summary>The host alone, in lower case and without the brackets of IPv6.</summary>
    public static string WithoutPort(string hostAndPort) =>
        Port().Replace(hostAndPort, "").Trim('[', ']').ToLowerInvariant();

    private static HostMeaning? ReadServiceHost(string host)
    {
        foreach (Regex shape in new[] { AccelerateHost(), RegionHost(), DualStackHost() })
        {
            Match match = shape.Match(host);
            string? region = match.Groups["region"] is { Success: true } named ? named.Value : null;
            if (match.Success && (region is null || Seed.Regions.Contains(region)))
            {
                string? bucket = match.Groups["bucket"] is { Success: true } group ? group.Value : null;
                return new HostMeaning(bucket, region, AllowsPathStyle: false);
            }
        }

        return null;
    }

    [GeneratedRegex(":[0-9]*$")]
    private static partial Regex Port();

    [GeneratedRegex("^(?<bucket>[^.]+)\\.localhost$")]
    private static partial Regex LocalBucket();

    [GeneratedRegex("^((?<bucket>[^.]+)\\.)?oss-accelerate\\.aliyuncs\\.com$")]
    private static partial Regex AccelerateHost();

    [GeneratedRegex("^((?<bucket>[^.]+)\\.)?oss-(?<region>[^.]+?)(-internal)?\\.aliyuncs\\.com$")]
    private static partial Regex RegionHost();

    [GeneratedRegex("^((?<bucket>[^.]+)\\.)?(?<region>[^.]+)\\.oss\\.aliyuncs\\.com$")]
    private static partial Regex DualStackHost();
}
