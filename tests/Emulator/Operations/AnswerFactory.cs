using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Makes one request's answer, with the headers that every answer of the service carries.</summary>
internal sealed class AnswerFactory(EmulatorState state, RecordedRequest request)
{
    private static readonly XmlWriterSettings XmlSettings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        CheckCharacters = false,
    };

    private readonly string _requestId = RandomNumberGenerator.GetHexString(24);

    public Answer Empty(HttpStatusCode status = HttpStatusCode.OK) => Make(status, []);

    public Answer Xml(XElement content) =>
        Make(HttpStatusCode.OK, Bytes(content), Header("Content-Type", "application/xml"));

    public Answer Error(ServiceException error) => request.Method == "HEAD"
        ? ErrorInHeader(error)
        : Make(
            error.Status,
            ErrorBody(error),
            Header("Content-Type", "application/xml"),
            Header("x-oss-ec", error.EC));

    /// <summary>An error as it is told where no body can be sent.</summary>
    public Answer ErrorInHeader(ServiceException error) => Make(
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

    private Answer Make(HttpStatusCode status, byte[] body, params ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        double milliseconds = Math.Floor((DateTimeOffset.UtcNow - request.Time).TotalMilliseconds);
        return new Answer(
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
