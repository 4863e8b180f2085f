using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using OssPayment.Signing;
using OssPayment.Text;

namespace OssPayment.Credentials;

/// <summary>The fields of a JSON object that should hold credentials, read within bounds.</summary>
internal sealed class CredentialJson
{
    /// <summary>Two levels are needed; .NET counts one for the document.</summary>
    private const int MaximumDepth = 8;

    /// <summary>Headers are not longer than that anywhere.</summary>
    private const int MaximumTextLength = 16 * 1024;

    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>Texts; null for any other value.</summary>
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    private readonly Dictionary<string, CredentialJson> _objects = new(StringComparer.Ordinal);

    /// <summary>What is said in place of credentials, as it is; null where nothing is.</summary>
    internal string? Refusal
    {
        get
        {
            string? code = Find("Code");
            string? message = Find("Message");
            return code is null or "Success" ? null : message is null ? code : $"{code}: {message}";
        }
    }

    /// <param name="body">A response's body.</param>
    /// <param name="whyNot">Why it is none, as the end of a sentence.</param>
    /// <returns>Null where the body is no JSON object.</returns>
    internal static CredentialJson? Parse(byte[] body, out string whyNot)
    {
        whyNot = body.Length == 0 ? "and the response is empty" : "and the response is not a JSON object";
        if (body.Length == 0)
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
                JsonReaderWriterFactory.CreateJsonReader(body, 0, body.Length, Encoding.UTF8, quotas, onClose: null);
            reader.MoveToContent();
            CredentialJson? json = reader.GetAttribute("type") == "object" ? ReadObject(reader) : null;

            // Anything after the object makes the reader throw.
            reader.MoveToContent();
            return json;
        }
        catch (Exception e) when (e is XmlException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <exception cref="FormatException">There is no such object in it.</exception>
    internal CredentialJson Nested(string name) => _objects.TryGetValue(name, out CredentialJson? nested)
        ? nested
        : throw new FormatException($"and the response has no object {name}");

    /// <param name="now">This machine's time.</param>
    /// <exception cref="FormatException">
    /// They are not whole, or have expired. The message shows no value but times.
    /// </exception>
    internal OssCredentials ToCredentials(DateTimeOffset now)
    {
        string id = Field("AccessKeyId");
        string secret = Field("AccessKeySecret");
        string token = Field("SecurityToken");
        bool isTime = DateTimeOffset.TryParseExact(
            Field("Expiration"),
            DateFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset expiration);
        return !isTime
            ? throw new FormatException("and the field Expiration is not a time such as 2026-01-31T12:00:00Z")
            : expiration <= now
            ? throw new FormatException(
                $"and the credentials expired at {Time(expiration)}, while this machine's clock says {Time(now)}")
            : new OssCredentials(id, secret, token, expiration);
    }

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads an object to its end. Of fields that are there twice, the last counts.</summary>
    private static CredentialJson ReadObject(XmlDictionaryReader reader)
    {
        var json = new CredentialJson();
        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            // Names that XML does not have are in an attribute.
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

    /// <summary>The text of a field; null where it has none.</summary>
    private string? Find(string name) =>
        _texts.TryGetValue(name, out string? value) && value is { Length: > 0 } ? value : null;

    private string Field(string name)
    {
        string value = Find(name) ?? throw new FormatException($"and the response has no text {name}");

        // A header must carry two of them, and a line break would end it.
        return Ascii.IsAll(value, AsciiKinds.Visible)
            ? value
            : throw new FormatException(
                $"and the field {name} holds a blank or another character that it cannot have");
    }
}
