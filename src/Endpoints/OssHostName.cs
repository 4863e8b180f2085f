using System.Text.RegularExpressions;

namespace OssPayment.Endpoints;

/// <summary>OSS's own host names, and what they tell: the kind of endpoint, its region, and perhaps a bucket.</summary>
internal sealed class OssHostName
{
    private const string AccelerateHost = "oss-accelerate.aliyuncs.com";

    private static readonly Regex Name = new(
        @"\A(?<bucket>[^.]+\.)?"
        + @"(?:oss-(?<region>[a-z0-9-]+?)(?<internal>-internal)?|(?<dual>[a-z0-9-]+)\.oss)\.aliyuncs\.com\z",
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
        _ => $"oss-{region}.aliyuncs.com",
    };

    /// <param name="host">A host name in lower case.</param>
    internal static OssHostName? Parse(string host)
    {
        Match match = Name.Match(host);
        if (!match.Success)
        {
            return null;
        }

        bool namesBucket = match.Groups["bucket"].Success;
        if (host == AccelerateHost || (namesBucket && host.EndsWith("." + AccelerateHost, System.StringComparison.Ordinal)))
        {
            return new OssHostName(EndpointType.Accelerate, region: null, namesBucket);
        }

        bool isDualStack = match.Groups["dual"].Success;
        string region = (isDualStack ? match.Groups["dual"] : match.Groups["region"]).Value;
        EndpointType type = isDualStack ? EndpointType.DualStack
            : match.Groups["internal"].Success ? EndpointType.Internal
            : EndpointType.Public;
        return OssRegion.IsValid(region) ? new OssHostName(type, region, namesBucket) : null;
    }
}
