using System;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>The bucket and object that a request addresses, independent of the addressing style.</summary>
/// <param name="Bucket">The bucket, or null for the service itself.</param>
/// <param name="Region">The region of the endpoint, or null if the endpoint serves every region.</param>
/// <param name="Key">The object's name, decoded; empty for the bucket itself.</param>
/// <param name="RawQuery">The query, not decoded.</param>
internal sealed record RequestAddress(string? Bucket, string? Region, string Key, string RawQuery)
{
    public static RequestAddress Read(RecordedRequest request, EmulatorState state)
    {
        RequestHost host = RequestHost.Parse(request.Host, state) ?? throw ServiceErrors.UnknownHost(request.Host);
        var target = RequestTarget.Parse(request.RawTarget);
        string path = PercentEncoding.Decode(target.Path[1..]);
        if (host.Bucket is not null)
        {
            return new RequestAddress(host.Bucket, host.Region, path, target.Query);
        }

        if (path.Length == 0)
        {
            return new RequestAddress(null, host.Region, "", target.Query);
        }

        if (!host.AllowsPathStyle)
        {
            throw ServiceErrors.PathStyleForbidden();
        }

        string[] parts = path.Split('/', 2);
        return new RequestAddress(parts[0], host.Region, parts.Length == 2 ? parts[1] : "", target.Query);
    }
}

/// <summary>The parts of a request target, not decoded. Only the absolute form has an authority.</summary>
internal sealed record RequestTarget(string? Authority, string Path, string Query)
{
    public static RequestTarget Parse(string rawTarget)
    {
        string? authority = null;
        string rest = rawTarget;
        int scheme = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (!rawTarget.StartsWith('/') && scheme > 0)
        {
            string afterScheme = rawTarget[(scheme + 3)..];
            int end = afterScheme.IndexOfAny(['/', '?']);
            authority = end < 0 ? afterScheme : afterScheme[..end];
            rest = end < 0 ? "" : afterScheme[end..];
        }

        string[] parts = rest.Split('?', 2);
        return new RequestTarget(authority, parts[0].Length == 0 ? "/" : parts[0], parts.Length == 2 ? parts[1] : "");
    }
}

/// <summary>The information in the host name of a request.</summary>
/// <param name="Bucket">The bucket that the host name contains, or to which it is mapped as a custom domain.</param>
/// <param name="Region">The region of the endpoint, or null if it serves every region.</param>
/// <param name="AllowsPathStyle">Whether the bucket may be in the path instead.</param>
internal sealed partial record RequestHost(string? Bucket, string? Region, bool AllowsPathStyle)
{
    /// <summary>Parses a host with or without a port. Returns null if the emulator does not serve this host.</summary>
    public static RequestHost? Parse(string hostAndPort, EmulatorState state)
    {
        string host = WithoutPort(hostAndPort);
        if (host == "localhost" || (IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip)))
        {
            return new RequestHost(null, state.LoopbackRegion, AllowsPathStyle: true);
        }

        if (LocalBucket().Match(host) is { Success: true } local)
        {
            return new RequestHost(local.Groups["bucket"].Value, state.LoopbackRegion, AllowsPathStyle: false);
        }

        if (state.CNames.TryGetValue(host, out string? bucket))
        {
            return new RequestHost(bucket, null, AllowsPathStyle: false);
        }

        return CredentialServices.IsStsHost(host)
            ? new RequestHost(null, null, AllowsPathStyle: false)
            : ParseServiceHost(host);
    }

    /// <summary>The host without its port, in lower case, and without the brackets of an IPv6 address.</summary>
    public static string WithoutPort(string hostAndPort) =>
        Port().Replace(hostAndPort, "").Trim('[', ']').ToLowerInvariant();

    private static RequestHost? ParseServiceHost(string host)
    {
        if (Regions.FindOdd(host) is { } odd)
        {
            return new RequestHost(odd.Bucket, odd.Region, AllowsPathStyle: false);
        }

        foreach (Regex pattern in new[] { AccelerateHost(), RegionHost(), DualStackHost() })
        {
            Match match = pattern.Match(host);
            string? region = match.Groups["region"] is { Success: true } named ? named.Value : null;
            if (match.Success && (region is null || Seed.Regions.Contains(region)))
            {
                string? bucket = match.Groups["bucket"] is { Success: true } group ? group.Value : null;
                return new RequestHost(bucket, region, AllowsPathStyle: false);
            }
        }

        return null;
    }

    [GeneratedRegex(":[0-9]*$")]
    private static partial Regex Port();

    [GeneratedRegex("^(?<bucket>[^.]+)\\.localhost$")]
    private static partial Regex LocalBucket();

    [GeneratedRegex("^((?<bucket>[^.]+)\\.)?oss-accelerate(-overseas)?\\.aliyuncs\\.com$")]
    private static partial Regex AccelerateHost();

    [GeneratedRegex("^((?<bucket>[^.]+)\\.)?oss-(?<region>[^.]+?)(-internal)?\\.aliyuncs\\.com$")]
    private static partial Regex RegionHost();

    [GeneratedRegex("^((?<bucket>[^.]+)\\.)?(?<region>[^.]+)\\.oss\\.aliyuncs\\.com$")]
    private static partial Regex DualStackHost();
}
