using System;
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

    /// <summary>
    /// How many bytes are read with one table of names: it keeps every name, and a hostile response may have many.
    /// </summary>
    private const int BytesPerTable = 64 * 1024;

    /// <summary>The settings with the table of names. Each thread has its own, because it is not thread-safe.</summary>
    [ThreadStatic]
    private static XmlReaderSettings? _settings;

    [ThreadStatic]
    private static int _bytesRead;

    /// <returns>The root element.</returns>
    /// <exception cref="XmlException">The bytes are not such a document.</exception>
    internal static OssElement Read(byte[] body)
    {
        using var stream = new MemoryStream(body, writable: false);
        using var reader = XmlReader.Create(stream, SettingsFor(body.Length));

        OssElement? root = null;
        int count = 0;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                root = ReadElement(reader, ref count);
            }
        }

        return root ?? throw new XmlException("it has no root element");
    }

    private static XmlReaderSettings SettingsFor(int length)
    {
        if (length > BytesPerTable)
        {
            return NewSettings();
        }

        _bytesRead += length;
        if (_settings is null || _bytesRead > BytesPerTable)
        {
            _settings = NewSettings();
            _bytesRead = length;
        }

        return _settings;
    }

    private static XmlReaderSettings NewSettings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        NameTable = new NameTable(),
    };

    private static OssElement ReadElement(XmlReader reader, ref int count)
    {
        if (reader.Depth >= MaximumDepth || ++count > MaximumElements)
        {
            throw new XmlException("it exceeds the size limit for OSS responses");
        }

        var element = new OssElement(reader.LocalName);
        if (reader.HasAttributes)
        {
            element.Attributes = AttributesOf(reader);
            count += element.Attributes.Count;
        }

        if (reader.IsEmptyElement)
        {
            return element;
        }

        // Text is in one part, unless there is CDATA or an element in it.
        StringBuilder? parts = null;
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    element.Add(ReadElement(reader, ref count));
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace
                    when element.RawText.Length == 0:
                    element.RawText = reader.Value;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    (parts ??= new StringBuilder(element.RawText)).Append(reader.Value);
                    break;
            }
        }

        element.RawText = parts?.ToString() ?? element.RawText;
        return element;
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
