using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Xml;

namespace OssPayment.Xml;

/// <summary>Writes an element that <see cref="XmlDocumentReader"/> read as the document of a request.</summary>
internal static class XmlDocumentWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.Entitize,
    };

    internal static byte[] Write(OssElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            Write(writer, root);
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter writer, OssElement element)
    {
        writer.WriteStartElement(element.Name);
        foreach (KeyValuePair<string, string> attribute in element.Attributes)
        {
            writer.WriteAttributeString(attribute.Key, attribute.Value);
        }

        writer.WriteString(element.RawText);
        foreach (OssElement child in element.Children)
        {
            Write(writer, child);
        }

        writer.WriteEndElement();
    }
}
