using System;
using System.Net.Http.Headers;
using OssPayment.Redaction;

namespace OssPayment.Transport;

/// <summary>One whole HTTP response, as far as this module looks at it.</summary>
internal sealed class HttpResponse
{
    internal HttpResponse(Redactor redactor)
    {
        Redactor = redactor;
    }

    /// <summary>What anything of the response passes through before it is shown.</summary>
    internal Redactor Redactor { get; }

    /// <summary>The host, and the port if it is not the scheme's own, that was contacted, bucket and all.</summary>
    internal string Authority { get; init; } = "";

    internal int StatusCode { get; init; }

    /// <summary>
    /// <c>x-oss-request-id</c>, as it came; null when the response carries none, and then it is not OSS's.
    /// </summary>
    internal string? RequestId { get; init; }

    /// <summary><c>x-oss-ec</c>.</summary>
    internal string? EC { get; init; }

    /// <summary><c>x-oss-err</c>: the error document in base64, where a body could not be sent.</summary>
    internal string? EncodedError { get; init; }

    /// <summary><c>Content-Encoding</c>, which is never asked for.</summary>
    internal string? ContentEncoding { get; init; }

    internal RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary><c>Date</c>: the server's clock.</summary>
    internal DateTimeOffset? Date { get; init; }

    internal byte[] Body { get; init; } = [];
}
