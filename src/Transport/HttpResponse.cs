using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using OssPayment.Redaction;

namespace OssPayment.Transport;

/// <summary>The parts of a complete HTTP response that this module uses.</summary>
/// <param name="exchange">The exchange that received it.</param>
/// <param name="message">The response, which may be disposed: only the status and the headers are used.</param>
/// <param name="body">Its body.</param>
internal sealed class HttpResponse(HttpExchange exchange, HttpResponseMessage message, byte[] body)
{
    private readonly HttpExchange _exchange = exchange;
    private readonly HttpResponseMessage _message = message;

    /// <inheritdoc cref="HttpExchange.Redactor"/>
    internal Redactor Redactor => _exchange.Redactor;

    /// <inheritdoc cref="HttpExchange.Host"/>
    internal string Authority => _exchange.Host;

    internal int StatusCode => (int)_message.StatusCode;

    /// <summary>
    /// <c>x-oss-request-id</c>, unchanged; null if the response has none, and then it is not from OSS.
    /// </summary>
    internal string? RequestId { get; } = Header(message, "x-oss-request-id");

    /// <summary><c>x-oss-ec</c>.</summary>
    internal string? EC => Header(_message, "x-oss-ec");

    /// <summary><c>x-oss-err</c>: the error document in base64, for responses that cannot have a body.</summary>
    internal string? EncodedError => Header(_message, "x-oss-err");

    /// <summary><c>Content-Encoding</c>, which is never requested.</summary>
    internal string? ContentEncoding => _message.Content.Headers.ContentEncoding.FirstOrDefault();

    internal RetryConditionHeaderValue? RetryAfter => _message.Headers.RetryAfter;

    /// <summary><c>Date</c>: the server's clock.</summary>
    internal DateTimeOffset? Date => _message.Headers.Date;

    internal byte[] Body { get; } = body;

    private static string? Header(HttpResponseMessage message, string name) =>
        message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
