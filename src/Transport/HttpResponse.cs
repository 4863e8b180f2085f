using System;
using System.Net.Http.Headers;
using OssPayment.Redaction;

namespace OssPayment.Transport;

/// <summary>The parts of a complete HTTP response that this module uses.</summary>
/// <param name="redactor">Removes secrets from its text.</param>
/// <param name="describeHost">Describes the contacted host.</param>
internal sealed class HttpResponse(Redactor redactor, Func<string> describeHost)
{
    /// <summary>Removes secrets from text of the response before it is shown.</summary>
    internal Redactor Redactor { get; } = redactor;

    /// <summary>
    /// The contacted host, including the bucket, the port if it is not the default, and the proxy on the way.
    /// </summary>
    internal string Authority => describeHost();

    internal int StatusCode { get; init; }

    /// <summary>
    /// <c>x-oss-request-id</c>, unchanged; null if the response has none, and then it is not from OSS.
    /// </summary>
    internal string? RequestId { get; init; }

    /// <summary><c>x-oss-ec</c>.</summary>
    internal string? EC { get; init; }

    /// <summary><c>x-oss-err</c>: the error document in base64, for responses that cannot have a body.</summary>
    internal string? EncodedError { get; init; }

    /// <summary><c>Content-Encoding</c>, which is never requested.</summary>
    internal string? ContentEncoding { get; init; }

    internal RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary><c>Date</c>: the server's clock.</summary>
    internal DateTimeOffset? Date { get; init; }

    internal byte[] Body { get; init; } = [];
}
