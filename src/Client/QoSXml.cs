using System.Globalization;
using System.Text;
using System.Xml;

namespace OssPayment.Client;

/// <summary>OSS's XML of requesters' limits, read and written.</summary>
internal static class QoSXml
{
    /// <exception cref="XmlException">It is not an account id with limits.</exception>
    internal static (string Requester, QoSConfiguration Configuration) Read(OssElement info)
    {
        string requester = info.Require("Requester").Text;
        if (!RequesterUid.IsValid(requester))
        {
            throw new XmlException($"'{requester}' is no account id.");
        }

        OssElement configuration = info.Require("QoSConfiguration");
        return (requester, new QoSConfiguration
        {
            TotalUploadBandwidth = Limit(configuration, nameof(QoSConfiguration.TotalUploadBandwidth)),
            IntranetUploadBandwidth = Limit(configuration, nameof(QoSConfiguration.IntranetUploadBandwidth)),
            ExtranetUploadBandwidth = Limit(configuration, nameof(QoSConfiguration.ExtranetUploadBandwidth)),
            TotalDownloadBandwidth = Limit(configuration, nameof(QoSConfiguration.TotalDownloadBandwidth)),
            IntranetDownloadBandwidth = Limit(configuration, nameof(QoSConfiguration.IntranetDownloadBandwidth)),
            ExtranetDownloadBandwidth = Limit(configuration, nameof(QoSConfiguration.ExtranetDownloadBandwidth)),
            TotalQps = Limit(configuration, nameof(QoSConfiguration.TotalQps)),
            IntranetQps = Limit(configuration, nameof(QoSConfiguration.IntranetQps)),
            ExtranetQps = Limit(configuration, nameof(QoSConfiguration.ExtranetQps)),
        });
    }

    internal static byte[] Write(QoSConfiguration configuration, bool withQps)
    {
        var xml = new StringBuilder("<QoSConfiguration>");
        foreach ((string name, int value) in configuration.Limits(withQps))
        {
            xml.Append('<').Append(name).Append('>')
                .Append(value.ToString(CultureInfo.InvariantCulture))
                .Append("</").Append(name).Append('>');
        }

        return Encoding.UTF8.GetBytes(xml.Append("</QoSConfiguration>").ToString());
    }

    private static int Limit(OssElement configuration, string name)
    {
        if (configuration.Child(name) is not { } element)
        {
            return QoSConfiguration.NotLimited;
        }

        bool isNumber = int.TryParse(
            element.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value);
        return isNumber && value >= QoSConfiguration.NotLimited
            ? value
            : throw new XmlException($"{name} is '{element.Text}', which is no limit.");
    }
}
