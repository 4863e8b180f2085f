using System.Text.RegularExpressions;

namespace OssPayment.Endpoints;

/// <summary>OSS's own host names, and what they tell: the kind of endpoint, its region, and perhaps a bucket.</summary>
internal sealed class OssHostName
{
    private const string AccelerateHost = "oss-accelerate.aliyuncs.com";
    private const string AccelerateOverseasHost = "oss-accelerate-overseas.aliyuncs.com";

    private static readonly Regex Name = new(
        @"\A(?<bucket>[^.]+\.)?"
        + @"(?:oss-(?<region>[a-z0-9-]+?)(?<internal>-internal)?|(?<dual>[a-z0-9-]+)\.oss)\.aliyuncs\.com\z",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// Names that look like OSS's own endpoints, with or without a bucket, and the part that is right.
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

    internal static string NameFor(string region, EndpointType type) => type switch
    {
        EndpointType.Internal => $"oss-{region}-internal.aliyuncs.com",
        EndpointType.DualStack => $"{region}.oss.aliyuncs.com",
        EndpointType.Accelerate => AccelerateHost,
        EndpointType.AccelerateOverseas => AccelerateOverseasHost,
        _ => $"oss-{region}.aliyuncs.com",
    };

    /// <summary>
    /// Why a host name that looks like one of OSS's endpoints is none, and which was meant; null for others.
    /// </summary>
    /// <param name="host">A host name in lower case.</param>
    internal static string? Correct(string host)
    {
        Match match = LookAlike.Match(host);
        string meant = $"{match.Groups["name"].Value}.aliyuncs.com";
        return !match.Success ? null
            : match.Groups["s3"].Success ? $"'{host}' is for clients that speak Amazon S3's protocol. Give {meant}."
            : $"'{host}' is not an endpoint of OSS's. Give {meant}; dual-stack endpoints do not begin with oss-.";
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

        bool isDualStack = match.Groups["dual"].Success;
        string region = (isDualStack ? match.Groups["dual"] : match.Groups["region"]).Value;
        EndpointType type = isDualStack ? EndpointType.DualStack
            : match.Groups["internal"].Success ? EndpointType.Internal
            : EndpointType.Public;
        return OssRegion.IsValid(region) ? new OssHostName(type, region, namesBucket) : null;
    }
}
