using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Reads and writes requester limits as XML, and checks them as the service does.</summary>
internal static class QoSXml
{
    public const string Root = "QoSConfiguration";

    /// <summary>The EC number for a body whose root is another element.</summary>
    public const string NoRoot = "0004-00000102";

    public static XElement Write(RequesterQoS qos) => new(
        "RequesterQoSInfo",
        new XElement("Requester", qos.Requester),
        Write(qos.Configuration));

    /// <summary>Reads limits. Only those of resource pools include requests per second.</summary>
    public static QoSConfiguration Read(XElement root, bool withQps) => new(
        Bandwidth(root, "TotalUploadBandwidth"),
        Bandwidth(root, "IntranetUploadBandwidth"),
        Bandwidth(root, "ExtranetUploadBandwidth"),
        Bandwidth(root, "TotalDownloadBandwidth"),
        Bandwidth(root, "IntranetDownloadBandwidth"),
        Bandwidth(root, "ExtranetDownloadBandwidth"),
        withQps ? Qps(root, "TotalQps") : null,
        withQps ? Qps(root, "IntranetQps") : null,
        withQps ? Qps(root, "ExtranetQps") : null);

    // Elements without a value (requests per second of a bucket) are omitted.
    private static XElement Write(QoSConfiguration limits)
    {
        (string Name, int? Value)[] elements =
        [
            ("TotalUploadBandwidth", limits.TotalUploadBandwidth),
            ("IntranetUploadBandwidth", limits.IntranetUploadBandwidth),
            ("ExtranetUploadBandwidth", limits.ExtranetUploadBandwidth),
            ("TotalDownloadBandwidth", limits.TotalDownloadBandwidth),
            ("IntranetDownloadBandwidth", limits.IntranetDownloadBandwidth),
            ("ExtranetDownloadBandwidth", limits.ExtranetDownloadBandwidth),
            ("TotalQps", limits.TotalQps),
            ("IntranetQps", limits.IntranetQps),
            ("ExtranetQps", limits.ExtranetQps),
        ];
        return new XElement(Root, elements
            .Where(element => element.Value is not null)
            .Select(element => new XElement(element.Name, element.Value)));
    }

    private static int Bandwidth(XElement root, string name)
    {
        int value = Number(root, name);
        return value is < -1 or (>= 1 and <= 4)
            ? throw ServiceErrors.InvalidArgument("A bandwidth is -1, 0, or at least 5 Gbit/s.", name, "0004-00000102")
            : value;
    }

    private static int Qps(XElement root, string name)
    {
        int value = Number(root, name);
        return value < -1
            ? throw ServiceErrors.InvalidArgument("A limit of requests is -1, 0, or more.", name, "0004-00000103")
            : value;
    }

    private static int Number(XElement root, string name)
    {
        bool isNumber = int.TryParse(
            root.Element(name)?.Value,
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out int value);
        return isNumber ? value : throw ServiceErrors.MalformedXml();
    }
}
