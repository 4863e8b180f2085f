using System;
using System.Text.RegularExpressions;

namespace OssPayment.Endpoints;

/// <summary>An OSS host name: the type of endpoint, its region, and perhaps a bucket.</summary>
internal sealed class OssHostName
{
    private const string AccelerateHost = "oss-accelerate.aliyuncs.com";
    private const string AccelerateOverseasHost = "oss-accelerate-overseas.aliyuncs.com";
    private const string Domain = ".aliyuncs.com";
    private const string DualStackDomain = ".oss" + Domain;
    private const string Prefix = "oss-";
    private const string InternalSuffix = "-internal";

    /// <summary>
    /// Names that look like OSS endpoints, with or without a bucket, and the part that is right.
    /// </summary>
    private static readonly Regex LookAlike = new(
        @"\A(?:[^.]+\.)?(?:(?<s3>s3)\.(?<name>oss-[a-z0-9-]+|[a-z0-9-]+\.oss)|(?<name>oss-[a-z0-9-]+)\.oss)"
        + @"\.aliyuncs\.com\z",
        RegexOptions.CultureInvariant);

    private OssHostName(EndpointType type, string? region, bool namesBucket)
    {
        Type = type;
        Region = region;
        NamesBucket = namesBucket;
    }

    internal EndpointType Type { get; }

    /// <summary>The host's region; null for transfer acceleration, which has one name for all of them.</summary>
    internal string? Region { get; }

    internal bool NamesBucket { get; }

    /// <exception cref="OssRequestException">
    /// The region has no endpoint of the type: <see cref="OssRequestError.InvalidEndpoint"/>.
    /// </exception>
    internal static string NameFor(string region, EndpointType type) => type switch
    {
        EndpointType.Accelerate => AccelerateHost,
        EndpointType.AccelerateOverseas => AccelerateOverseasHost,
        _ when KnownRegions.Find(region) is { } known =>
            known.HostOf(type) ?? throw OssEndpoint.Invalid(NotIn(known, type)),
        EndpointType.Internal => $"oss-{region}-internal.aliyuncs.com",
        EndpointType.DualStack => $"{region}.oss.aliyuncs.com",
        _ => $"oss-{region}.aliyuncs.com",
    };

    /// <summary>Says that a region has no endpoint of a type, and which types it has.</summary>
    internal static string NotIn(KnownRegion known, EndpointType type) =>
        $"Region {known.Id} has no {type} endpoint. Use -EndpointType {string.Join(" or ", known.Types)}.";

    /// <summary>The part in the place of the region, in an OSS host name without a bucket.</summary>
    internal static string NameIn(string host) => NameIn(host, out _)!;

    /// <summary>
    /// Why a host name that looks like an OSS endpoint is not one, and which was meant; null for others.
    /// </summary>
    /// <param name="host">A host name in lower case.</param>
    internal static string? Correct(string host)
    {
        if (!host.EndsWith(Domain, StringComparison.Ordinal))
        {
            return null;
        }

        Match match = LookAlike.Match(host);
        string meant = $"{match.Groups["name"].Value}.aliyuncs.com";
        return !match.Success ? null
            : match.Groups["s3"].Success ? $"'{host}' is an S3-compatible endpoint. Use {meant}."
            : $"'{host}' is not an OSS endpoint. Use {meant}. Dual-stack endpoints do not begin with oss-.";
    }

    /// <param name="host">A host name in lower case.</param>
    internal static OssHostName? Parse(string host)
    {
        int dot = host.IndexOf('.');
        bool namesBucket = dot > 0 && NameIn(host, out _) is null;
        string endpoint = namesBucket ? host.Substring(dot + 1) : host;
        if (endpoint is AccelerateHost or AccelerateOverseasHost)
        {
            return new OssHostName(
                endpoint == AccelerateHost ? EndpointType.Accelerate : EndpointType.AccelerateOverseas,
                region: null,
                namesBucket);
        }

        return NameIn(endpoint, out EndpointType type) is { } name && OssRegion.IsValid(name)
            ? new OssHostName(type, KnownRegions.IdOf(name), namesBucket)
            : null;
    }

    /// <summary>The part in the place of the region; null where the host has another form.</summary>
    private static string? NameIn(string host, out EndpointType type)
    {
        bool isDualStack = host.EndsWith(DualStackDomain, StringComparison.Ordinal);
        string start = isDualStack ? "" : Prefix;
        string end = isDualStack ? DualStackDomain : Domain;
        type = isDualStack ? EndpointType.DualStack : EndpointType.Public;
        if (host.Length <= start.Length + end.Length
            || !host.StartsWith(start, StringComparison.Ordinal)
            || !host.EndsWith(end, StringComparison.Ordinal))
        {
            return null;
        }

        string name = host.Substring(start.Length, host.Length - start.Length - end.Length);
        if (!isDualStack && name.EndsWith(InternalSuffix, StringComparison.Ordinal))
        {
            type = EndpointType.Internal;
            name = name.Substring(0, name.Length - InternalSuffix.Length);
        }

        return name.IndexOf('.') < 0 ? name : null;
    }
}
