using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Reads and writes requester limits as XML, and checks them as the service does.</summary>
/// <remarks>README.md names the source of each rule, by the rule's number.</remarks>
internal static class QoSXml
{
    public const string Root = "QoSConfiguration";

    /// <summary>The EC number for a body whose root is another element.</summary>
    public const string NoRoot = "0004-00000102";

    /// <summary>The smallest bandwidth of a requester besides -1 and 0 (rule 3).</summary>
    public const int SmallestRequesterBandwidth = 5;

    /// <summary>The smallest bandwidth of a bucket besides -1 and 0 (rule 11).</summary>
    public const int SmallestOwnBandwidth = 1;

    private static readonly string[] Directions = ["UploadBandwidth", "DownloadBandwidth", "Qps"];

    public static XElement Write(RequesterQoS qos) => new(
        "RequesterQoSInfo",
        new XElement("Requester", qos.Requester),
        Write(qos.Configuration));

    public static XElement Write(QoSConfiguration configuration) => new(Root, configuration.Elements);

    /// <summary>Reads limits, at buckets as at resource pools (rules 1 and 2).</summary>
    /// <param name="root">The root of the body.</param>
    /// <param name="smallestBandwidth">The smallest bandwidth besides -1 and 0.</param>
    /// <param name="ceilings">The limits that these may not exceed, and whose they are.</param>
    public static QoSConfiguration Read(
        XElement root, int smallestBandwidth, params (string Owner, QoSConfiguration Limits)[] ceilings)
    {
        foreach (string name in QoSConfiguration.Names)
        {
            Check(name, Limit(root, name), smallestBandwidth);
        }

        foreach (string direction in Directions)
        {
            CheckTotal(root, direction);
        }

        foreach ((string owner, QoSConfiguration limits) in ceilings)
        {
            CheckCeiling(root, owner, limits);
        }

        return new QoSConfiguration(root.Elements());
    }

    private static void Check(string name, long limit, int smallestBandwidth)
    {
        int smallest = name.EndsWith("Qps", System.StringComparison.Ordinal) ? 1 : smallestBandwidth;
        if (limit < -1 || (limit > 0 && limit < smallest))
        {
            // Rule 3.
            throw ServiceErrors.InvalidLimits($"{name} must be -1, 0, or at least {smallest}.", name);
        }
    }

    private static void CheckCeiling(XElement root, string owner, QoSConfiguration ceiling)
    {
        foreach (string name in QoSConfiguration.Names)
        {
            string direction = Directions.Single(end => name.EndsWith(end, System.StringComparison.Ordinal));
            foreach (string above in (string[])[name, "Total" + direction])
            {
                if (ceiling[above] >= 0 && Limit(root, name) > ceiling[above])
                {
                    // Rule 12.
                    throw ServiceErrors.InvalidLimits($"{name} must not exceed {above} of the {owner}.", name);
                }
            }
        }
    }

    private static void CheckTotal(XElement root, string direction)
    {
        long total = Limit(root, "Total" + direction);
        foreach (string name in (string[])["Intranet" + direction, "Extranet" + direction])
        {
            if (total >= 0 && Limit(root, name) > total)
            {
                // Rule 4.
                throw ServiceErrors.InvalidLimits($"{name} must not exceed Total{direction}.", name);
            }
        }
    }

    private static long Limit(XElement root, string name)
    {
        if (root.Element(name) is not { } element)
        {
            return -1;
        }

        return long.TryParse(element.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long limit)
            ? limit
            : throw ServiceErrors.LimitNotInteger(name, QoSConfiguration.Names.ToList().IndexOf(name));
    }
}
