using System.Globalization;
using System.Text;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>OSS's <c>QoSConfiguration</c> element, read and written.</summary>
internal static class QoSConfigurationXml
{
    /// <exception cref="XmlException">One of the limits is not a limit.</exception>
    internal static QoSConfiguration Read(OssElement configuration) => new(name => Read(configuration, name));

    internal static byte[] Write(QoSConfiguration configuration, bool resourcePool)
    {
        var xml = new StringBuilder("<QoSConfiguration>");
        foreach (string name in QoSLimits.Of(resourcePool))
        {
            xml.Append('<').Append(name).Append('>')
                .Append(configuration.Get(name).ToString(CultureInfo.InvariantCulture))
                .Append("</").Append(name).Append('>');
        }

        return Encoding.UTF8.GetBytes(xml.Append("</QoSConfiguration>").ToString());
    }

    private static int Read(OssElement configuration, string name)
    {
        if (configuration.Child(name) is not { } element)
        {
            return QoSLimits.Unlimited;
        }

        bool isNumber = int.TryParse(
            element.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value);
        return isNumber && value >= QoSLimits.Unlimited
            ? value
            : throw new XmlException($"{name} is '{element.Text}', which is not a limit");
    }
}
