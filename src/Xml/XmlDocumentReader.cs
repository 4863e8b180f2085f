using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Xml;

namespace OssPayment.Xml;

/// <summary>
/// Reads a response's XML without DTDs and entities, within the depth and length of OSS responses.
/// </summary>
internal static class XmlDocumentReader
{
    private const int MaximumDepth = 16;
    private const int MaximumElements = 50_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <returns>The root element.</returns>
    /// <exception cref="XmlException">The bytes are not such a document.</exception>
    internal static OssElement Read(byte[] body)
    {
        using var stream = new MemoryStream(body, writable: false);
        using var reader = XmlReader.Create(stream, Settings);

        var open = new Stack<(OssElement Element, StringBuilder? Parts)>();
        OssElement? root = null;
        int count = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = new OssElement(reader.LocalName);
                    if (open.Count >= MaximumDepth || ++count > MaximumElements)
                    {
                        throw new XmlException("it exceeds the size limit for OSS responses");
                    }

                    if (open.Count > 0)
                    {
                        open.Peek().Element.Add(element);
                    }

                    root ??= element;
                    if (reader.HasAttributes)
                    {
                        element.Attributes = AttributesOf(reader);
                        count += element.Attributes.Count;
                    }

                    if (!reader.IsEmptyElement)
                    {
                        open.Push((element, null));
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    open.Push(WithText(open.Pop(), reader.Value));
                    break;
                case XmlNodeType.EndElement:
                    (OssElement closed, StringBuilder? parts) = open.Pop();
                    closed.RawText = parts?.ToString() ?? closed.RawText;
                    break;
            }
        }

        return root ?? throw new XmlException("it has no root element");
    }

    /// <summary>Text is in one part, unless there is CDATA or an element in it.</summary>
    private static (OssElement Element, StringBuilder? Parts) WithText(
        (OssElement Element, StringBuilder? Parts) open, string text)
    {
        if (open.Parts is null && open.Element.RawText.Length == 0)
        {
            open.Element.RawText = text;
            return open;
        }

        return (open.Element, (open.Parts ?? new StringBuilder(open.Element.RawText)).Append(text));
    }

    private static List<KeyValuePair<string, string>> AttributesOf(XmlReader reader)
    {
        var attributes = new List<KeyValuePair<string, string>>();
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI.Length == 0)
            {
                attributes.Add(new(reader.LocalName, reader.Value));
            }
        }

        reader.MoveToElement();
        return attributes;
    }
}
