using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using OssPayment.Signing;
using OssPayment.Text;

namespace OssPayment.Credentials;

/// <summary>The fields of a JSON object that should contain credentials, read within limits.</summary>
internal sealed class CredentialJson
{
    /// <summary>Two levels are needed; .NET counts one for the document.</summary>
    private const int MaximumDepth = 8;

    /// <summary>Longer than any header that a server accepts.</summary>
    private const int MaximumTextLength = 16 * 1024;

    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>What follows the seventh digit of a fraction, the last that .NET reads. Go writes nine.</summary>
    private static readonly Regex FurtherDigits = new(@"(?<=\.[0-9]{7})[0-9]+", RegexOptions.CultureInvariant);

    /// <summary>The texts; null for other values.</summary>
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    private readonly Dictionary<string, CredentialJson> _objects = new(StringComparer.Ordinal);

    /// <summary>The code of an error, unchanged, or an empty text.</summary>
    internal string RefusalCode => Find("Code") is { } code and not "Success" ? code : "";

    /// <summary>The error that the response has in place of credentials, unchanged; null if there is none.</summary>
    internal string? Refusal =>
        RefusalCode.Length == 0 ? null : Find("Message") is { } message ? $"{RefusalCode}: {message}" : RefusalCode;

    /// <param name="body">A response's body.</param>
    /// <param name="whyNot">Why it is not a JSON object, as the end of a sentence.</param>
    /// <returns>Null if the body is not a JSON object.</returns>
    internal static CredentialJson? Parse(byte[] body, out string whyNot)
    {
        byte[] text = Encoding.UTF8.GetBytes(DecodedText.Of(body, body.Length));
        whyNot = text.Length == 0 ? "but the response is empty" : "but the response is not a JSON object";
        if (text.Length == 0)
        {
            return null;
        }

        var quotas = new XmlDictionaryReaderQuotas
        {
            MaxDepth = MaximumDepth,
            MaxStringContentLength = MaximumTextLength,
        };
        try
        {
            using XmlDictionaryReader reader =
                JsonReaderWriterFactory.CreateJsonReader(text, 0, text.Length, Encoding.UTF8, quotas, onClose: null);
            reader.MoveToContent();
            CredentialJson? json = reader.GetAttribute("type") == "object" ? ReadObject(reader) : null;

            // Anything after the object makes the reader throw.
            reader.MoveToContent();
            return json;
        }
        catch (Exception e) when (e is XmlException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            // The reader fails with the last one when an object ends with the bracket of an array.
            return null;
        }
    }

    /// <exception cref="FormatException">It has no such object.</exception>
    internal CredentialJson Nested(string name) => _objects.TryGetValue(name, out CredentialJson? nested)
        ? nested
        : throw new FormatException($"but the response has no object {name}");

    /// <param name="now">This machine's time.</param>
    /// <exception cref="FormatException">
    /// They are not complete, or have expired. The message shows no values except times.
    /// </exception>
    internal OssCredentials ToCredentials(DateTimeOffset now)
    {
        string id = Field("AccessKeyId");
        string secret = Field("AccessKeySecret");
        string token = Field("SecurityToken");
        bool isTime = DateTimeOffset.TryParseExact(
            FurtherDigits.Replace(Field("Expiration"), ""),
            DateFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset expiration);
        return !isTime
            ? throw new FormatException("but the field Expiration is not a time such as 2026-01-31T12:00:00Z")
            : expiration <= now
            ? throw new FormatException(
                $"but the credentials expired at {Time(expiration)}, and this machine's clock is at {Time(now)}")
            : new OssCredentials(id, secret, token, expiration);
    }

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads an object to its end. If a field appears twice, the last counts.</summary>
    private static CredentialJson ReadObject(XmlDictionaryReader reader)
    {
        var json = new CredentialJson();
        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            // Names that XML does not allow are in an attribute.
            string name = reader.GetAttribute("item") ?? reader.LocalName;
            switch (reader.GetAttribute("type"))
            {
                case "object":
                    json._objects[name] = ReadObject(reader);
                    break;
                case "string":
                    json._texts[name] = reader.ReadElementContentAsString();
                    break;
                default:
                    json._texts[name] = null;
                    reader.Skip();
                    break;
            }
        }

        reader.ReadEndElement();
        return json;
    }

    /// <summary>The text of a field; null if it has none.</summary>
    private string? Find(string name) =>
        _texts.TryGetValue(name, out string? value) && value is { Length: > 0 } ? value : null;

    private string Field(string name)
    {
        string value = Find(name) ?? throw new FormatException($"but the response has no text {name}");

        // Two of them are sent in headers, which a line break would end.
        return Ascii.IsAll(value, AsciiKinds.Visible)
            ? value
            : throw new FormatException(
                $"but the field {name} contains a space or another invalid character");
    }
}
