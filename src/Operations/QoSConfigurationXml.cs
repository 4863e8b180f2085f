using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>The <c>QoSConfiguration</c> element of OSS, read with its limits.</summary>
internal static class QoSConfigurationXml
{
    /// <exception cref="XmlException">One of the limits is not valid.</exception>
    internal static QoSConfiguration Read(OssElement configuration) =>
        new(configuration, limit => Read(configuration, limit));

    private static long Read(OssElement configuration, string limit)
    {
        if (configuration.Child(limit) is not { } element)
        {
            return QoSLimits.Unlimited;
        }

        return QoSLimits.TryParseNumber(element.Text, out long value) && value >= QoSLimits.Unlimited
            ? value
            : throw new XmlException($"{limit} is '{element.Text}', which is not a valid limit");
    }
}
