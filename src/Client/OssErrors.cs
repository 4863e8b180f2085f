using System;
using System.Globalization;
using System.Xml;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>Turns an answer that is no success into the exception that says so.</summary>
internal static class OssErrors
{
    internal const int MaximumIdLength = 64;

    internal static Exception From(HttpAnswer answer, OssLocation location)
    {
        OssElement? document = Document(answer);
        string code = document is null ? "" : Field(answer, document, "Code", 128);
        if (document is null || code.Length == 0)
        {
            return InvalidResponse(answer, location, "the answer holds no error of OSS's");
        }

        string message = Field(answer, document, "Message", 1024);
        return new OssServiceException(
            code, message.Length > 0 ? message : "OSS gave no message.", answer.StatusCode, location.Endpoint.Uri)
        {
            EC = Either(Field(answer, document, "EC", MaximumIdLength), answer, answer.EC),
            RequestId = Either(Field(answer, document, "RequestId", MaximumIdLength), answer, answer.RequestId),
            HostId = Field(answer, document, "HostId", 256),
            RecommendDoc = Field(answer, document, "RecommendDoc", 512),
            NamedEndpoint = Field(answer, document, "Endpoint", 256),
            ServerTime = Time(Field(answer, document, "ServerTime", 64)) ?? answer.Date,
        };
    }

    internal static OssRequestException InvalidResponse(HttpAnswer answer, OssLocation location, string reason)
    {
        string requestId = answer.Redaction.Clean(answer.RequestId ?? "", MaximumIdLength);
        string from = requestId.Length > 0 ? $"request id {requestId}" : "no request id";
        return new OssRequestException(
            OssRequestError.InvalidResponse,
            $"{location.Endpoint.Uri.Authority} answered HTTP {answer.StatusCode} ({from}), and {answer.Redaction.Clean(reason)}.",
            answer.StatusCode switch
            {
                407 => OssRequestException.ProxyAdvice,
                >= 300 and < 400 => "Redirects are not followed: check the endpoint, and whether a proxy answers in its place.",
                _ => "Check that the endpoint is OSS's, and that no proxy or gateway answers in its place.",
            })
        {
            Endpoint = location.Endpoint.Uri,
            StatusCode = answer.StatusCode,
            RequestId = requestId,
            IsTransient = RetryPolicy.IsTransient(answer.StatusCode),
        };
    }

    private static OssElement? Document(HttpAnswer answer) =>
        Parse(answer.Body) ?? Parse(Decode(answer.EncodedError));

    private static OssElement? Parse(byte[] body)
    {
        try
        {
            OssElement? document = body.Length == 0 ? null : XmlDocumentReader.Read(body);
            return document?.Name == "Error" ? document : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static byte[] Decode(string? base64)
    {
        try
        {
            return Convert.FromBase64String(base64 ?? "");
        }
        catch (FormatException)
        {
            return [];
        }
    }

    /// <summary>A field's text, harmless to show. Of fields that are there twice, the first counts.</summary>
    private static string Field(HttpAnswer answer, OssElement document, string name, int maximumLength)
    {
        foreach (OssElement child in document.Children)
        {
            if (child.Name == name)
            {
                return answer.Redaction.Clean(child.Text, maximumLength);
            }
        }

        return "";
    }

    private static string Either(string field, HttpAnswer answer, string? header) =>
        field.Length > 0 ? field : answer.Redaction.Clean(header ?? "", MaximumIdLength);

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;
}
