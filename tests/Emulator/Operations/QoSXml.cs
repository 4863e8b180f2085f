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

    private const int SmallestBandwidth = 5;

    private static readonly string[] Directions = ["UploadBandwidth", "DownloadBandwidth", "Qps"];

    public static XElement Write(RequesterQoS qos) => new(
        "RequesterQoSInfo",
        new XElement("Requester", qos.Requester),
        new XElement(Root, qos.Configuration.Elements));

    /// <summary>Reads limits, at buckets as at resource pools (rules 1 and 2).</summary>
    public static QoSConfiguration Read(XElement root)
    {
        foreach (string name in QoSConfiguration.Names)
        {
            Check(name, Limit(root, name));
        }

        foreach (string direction in Directions)
        {
            CheckTotal(root, direction);
        }

        return new QoSConfiguration(root.Elements());
    }

    private static void Check(string name, long limit)
    {
        bool isBandwidth = !name.EndsWith("Qps", System.StringComparison.Ordinal);
        if (limit < -1 || (isBandwidth && limit is > 0 and < SmallestBandwidth))
        {
            // Rule 3.
            throw ServiceErrors.InvalidLimits($"{name} must be -1, 0, or at least {(isBandwidth ? 5 : 1)}.", name);
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
