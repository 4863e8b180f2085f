using System;
using System.Globalization;
using System.Xml;
using OssPayment.Endpoints;
using OssPayment.Transport;
using OssPayment.Xml;

namespace OssPayment.Client;

/// <summary>Creates the exception for a response that is not a success.</summary>
internal static class OssErrors
{
    private const int MaximumIdLength = 64;

    internal static OssException From(HttpResponse response, OssLocation location)
    {
        OssElement? document = Document(response);
        string code = document is null ? "" : Field(response, document, "Code", 128);
        if (document is null || code.Length == 0)
        {
            return InvalidResponse(response, location, "it does not contain an OSS error");
        }

        string message = Field(response, document, "Message", 1024);
        return new OssServiceException(
            code, message.Length > 0 ? message : "OSS sent no message.", response.StatusCode, location.Endpoint.Uri)
        {
            EC = Either(Field(response, document, "EC", MaximumIdLength), response, response.EC),
            RequestId = Either(Field(response, document, "RequestId", MaximumIdLength), response, response.RequestId),
            HostId = Field(response, document, "HostId", 256),
            RecommendDoc = Field(response, document, "RecommendDoc", 512),
            NamedEndpoint = Field(response, document, "Endpoint", 256),
            SignedRegion = location.Region,
            ServerTime = Time(Field(response, document, "ServerTime", 64)) ?? response.Date,
        };
    }

    internal static OssRequestException InvalidResponse(
        HttpResponse response, OssLocation location, string reason, int attempts = 0)
    {
        string requestId = RequestIdOf(response);
        string id = requestId.Length > 0 ? $"request id {requestId}" : "no request id";
        string what = response.Redactor.Redact(reason).TrimEnd('.');
        string advice = response.StatusCode switch
        {
            407 => HttpExchange.ProxyAdvice,
            >= 300 and < 400 =>
                "Redirects are not followed. Check the endpoint, and that no proxy is responding instead.",
            _ => "Check that the endpoint belongs to OSS and that no proxy or gateway is responding instead.",
        };
        return new OssRequestException(
            OssRequestError.InvalidResponse,
            $"{response.Authority} returned HTTP {response.StatusCode} ({id}), which is not a valid OSS response: "
            + $"{what}. {advice}")
        {
            Endpoint = location.Endpoint.Uri,
            StatusCode = response.StatusCode,
            RequestId = requestId,
            Attempts = attempts,
        };
    }

    /// <summary>The request ID from OSS, safe to show; empty if there is none.</summary>
    internal static string RequestIdOf(HttpResponse response) =>
        response.Redactor.Redact(response.RequestId ?? "", MaximumIdLength);

    private static OssElement? Document(HttpResponse response) =>
        Parse(response.Body) ?? Parse(Decode(response.EncodedError));

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

    /// <summary>The text of a field, safe to show. If a field appears twice, the first counts.</summary>
    private static string Field(HttpResponse response, OssElement document, string name, int maximumLength)
    {
        foreach (OssElement child in document.Children)
        {
            if (child.Name == name)
            {
                return response.Redactor.Redact(child.Text, maximumLength);
            }
        }

        return "";
    }

    private static string Either(string field, HttpResponse response, string? header) =>
        field.Length > 0 ? field : response.Redactor.Redact(header ?? "", MaximumIdLength);

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;
}
