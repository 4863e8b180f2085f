using System.Text.RegularExpressions;

namespace OssPayment.Endpoints;

/// <summary>One of OSS's own host names: the type of endpoint, its region, and perhaps a bucket.</summary>
internal sealed class OssHostName
{
    private const string AccelerateHost = "oss-accelerate.aliyuncs.com";
    private const string AccelerateOverseasHost = "oss-accelerate-overseas.aliyuncs.com";

    private static readonly Regex Name = new(
        @"\A(?<bucket>[^.]+\.)?"
        + @"(?:oss-(?<region>[a-z0-9-]+?)(?<internal>-internal)?|(?<dual>[a-z0-9-]+)\.oss)\.aliyuncs\.com\z",
        RegexOptions.CultureInvariant);

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

    /// <summary>What stands in the place of the region in a host name without a bucket.</summary>
    internal static string NameIn(string host) => NameIn(Name.Match(host));

    /// <summary>
    /// Why a host name that looks like an OSS endpoint is not one, and which was meant; null for others.
    /// </summary>
    /// <param name="host">A host name in lower case.</param>
    internal static string? Correct(string host)
    {
        Match match = LookAlike.Match(host);
        string meant = $"{match.Groups["name"].Value}.aliyuncs.com";
        return !match.Success ? null
            : match.Groups["s3"].Success ? $"'{host}' is an S3-compatible endpoint. Use {meant}."
            : $"'{host}' is not an OSS endpoint. Use {meant}. Dual-stack endpoints do not begin with oss-.";
    }

    /// <param name="host">A host name in lower case.</param>
    internal static OssHostName? Parse(string host)
    {
        Match match = Name.Match(host);
        if (!match.Success)
        {
            return null;
        }

        bool namesBucket = match.Groups["bucket"].Success;
        string endpoint = host.Substring(match.Groups["bucket"].Length);
        if (endpoint is AccelerateHost or AccelerateOverseasHost)
        {
            return new OssHostName(
                endpoint == AccelerateHost ? EndpointType.Accelerate : EndpointType.AccelerateOverseas,
                region: null,
                namesBucket);
        }

        string region = KnownRegions.IdOf(NameIn(match));
        EndpointType type = match.Groups["dual"].Success ? EndpointType.DualStack
            : match.Groups["internal"].Success ? EndpointType.Internal
            : EndpointType.Public;
        return OssRegion.IsValid(region) ? new OssHostName(type, region, namesBucket) : null;
    }

    private static string NameIn(Match match) =>
        (match.Groups["dual"].Success ? match.Groups["dual"] : match.Groups["region"]).Value;
}
