using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>A complete response, before it is sent.</summary>
internal sealed record Response(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>Whether responses with this status have neither a body nor a <c>Content-Length</c>.</summary>
    public bool HasNoBody => Status is 204 or 304 or (>= 100 and < 200);
}

/// <summary>The status line and headers of a response as bytes, for responses that are written below HTTP.</summary>
internal static class ResponseHead
{
    /// <summary>A head with this <c>Content-Length</c>.</summary>
    public static byte[] WithLength(Response response, int length) => Bytes(response, $"Content-Length: {length}");

    public static byte[] Chunked(Response response) => Bytes(response, "Transfer-Encoding: chunked");

    /// <summary>A head without a length: the body ends when the connection is closed.</summary>
    public static byte[] UntilClose(Response response) => Bytes(response, "Connection: close");

    /// <summary>The proxy's response to a CONNECT request that opens a tunnel.</summary>
    public static byte[] TunnelOpened() => "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    private static byte[] Bytes(Response response, string framing)
    {
        string reason = ReasonPhrases.GetReasonPhrase(response.Status);
        var lines = response.Headers
            .Select(header => $"{header.Key}: {header.Value}")
            .Prepend($"HTTP/1.1 {response.Status} {reason}")
            .Append(framing);
        return Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n");
    }
}

/// <summary>Creates the response to one request, with the headers that every response of the service has.</summary>
internal sealed class ResponseFactory(EmulatorState state, RecordedRequest request)
{
    private static readonly XmlWriterSettings XmlSettings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        CheckCharacters = false,
    };

    private readonly string _requestId = RandomNumberGenerator.GetHexString(24);

    public Response Empty(HttpStatusCode status = HttpStatusCode.OK) => Make(status, []);

    public Response Xml(XElement content) =>
        Make(HttpStatusCode.OK, Bytes(content), Header("Content-Type", "application/xml"));

    public Response Error(ServiceException error) => request.Method == "HEAD"
        ? ErrorInHeader(error)
        : Make(
            error.Status,
            ErrorBody(error),
            Header("Content-Type", "application/xml"),
            Header("x-oss-ec", error.EC));

    /// <summary>An error in a header, for responses that cannot have a body.</summary>
    public Response ErrorInHeader(ServiceException error) => Make(
        error.Status,
        [],
        Header("x-oss-err", Convert.ToBase64String(ErrorBody(error))),
        Header("x-oss-ec", error.EC));

    private byte[] ErrorBody(ServiceException error) => Bytes(new XElement(
        "Error",
        new XElement("Code", error.Code),
        new XElement("Message", error.Message),
        new XElement("RequestId", _requestId),
        new XElement("HostId", request.Host),
        error.Details,
        new XElement("EC", error.EC),
        new XElement("RecommendDoc", "https://api.aliyun.com/troubleshoot?q=" + error.EC)));

    private Response Make(HttpStatusCode status, byte[] body, params ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        double milliseconds = Math.Floor((DateTimeOffset.UtcNow - request.Time).TotalMilliseconds);
        return new Response(
            (int)status,
            [
                Header("Server", "AliyunOSS"),
                Header("Date", state.Now.ToString("r", CultureInfo.InvariantCulture)),
                Header("x-oss-request-id", _requestId),
                .. headers,
                Header("x-oss-server-time", milliseconds.ToString(CultureInfo.InvariantCulture)),
            ],
            body);
    }

    private static KeyValuePair<string, string> Header(string name, string value) => new(name, value);

    private static byte[] Bytes(XElement content)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, XmlSettings))
        {
            content.Save(writer);
        }

        return stream.ToArray();
    }
}
