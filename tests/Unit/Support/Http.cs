using System.Linq;
using System.Text;

namespace OssPayment.Tests;

/// <summary>Responses as they are sent.</summary>
internal static class Http
{
    internal const string RequestId = "5C3D9175B6FC201293AD4890";
    internal const string RequestIdHeader = "x-oss-request-id: " + RequestId;
    internal const string RequesterPays = "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>";

    /// <summary>A response, with the length of its body.</summary>
    internal static string Response(int status, string body = "", params string[] headers) =>
        Head(status, [.. headers, $"Content-Length: {Encoding.Latin1.GetByteCount(body)}"]) + body;

    /// <summary>A response as OSS sends it, with a request id.</summary>
    internal static string FromOss(int status, string body = "", params string[] headers) =>
        Response(status, body, [.. headers, RequestIdHeader]);

    internal static string Error(int status, string code, params string[] headers) =>
        FromOss(status, $"<Error><Code>{code}</Code><Message>No.</Message></Error>", headers);

    internal static string Head(int status, params string[] headers) =>
        $"HTTP/1.1 {status} Any\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
}
