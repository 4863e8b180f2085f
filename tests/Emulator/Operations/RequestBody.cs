using System;
using System.IO;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Reads the XML body of a request, and checks it as the service does.</summary>
internal static class RequestBody
{
    /// <param name="request">The request.</param>
    /// <param name="rootName">The name that the root element must have.</param>
    /// <param name="ec">The EC number for a body that is not such a document.</param>
    public static XElement Read(RecordedRequest request, string rootName, string ec)
    {
        if (request.Header("content-length") is null)
        {
            throw ServiceErrors.MissingContentLength();
        }

        if (request.BodyTooLong)
        {
            throw ServiceErrors.EntityTooLarge();
        }

        CheckDigest(request);
        XElement? root = Parse(request.Body);
        return root?.Name.LocalName == rootName ? root : throw ServiceErrors.MalformedXml(ec);
    }

    private static void CheckDigest(RecordedRequest request)
    {
        string? digest = request.Header("content-md5");
#pragma warning disable CA5351 // The Content-MD5 header requires MD5.
        if (digest is not null && digest != Convert.ToBase64String(MD5.HashData(request.Body)))
#pragma warning restore CA5351
        {
            throw ServiceErrors.InvalidDigest();
        }
    }

    private static XElement? Parse(byte[] body)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
