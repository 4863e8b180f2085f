using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using OssPayment.Redaction;
using OssPayment.Signing;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>
/// The verbose and debug messages about the requests for one target, kept until the pipeline's thread writes them.
/// </summary>
/// <remarks>Secrets, tokens and signatures never enter a trace.</remarks>
/// <param name="wantsDebug">Whether debug messages are kept, too.</param>
internal sealed class RequestTrace(bool wantsDebug)
{
    private const int MaximumLineLength = 4096;

    private readonly List<(bool IsDebug, string Text)> _messages = [];

    internal IReadOnlyList<(bool IsDebug, string Text)> Messages => _messages;

    internal void Verbose(string text) => _messages.Add((false, text));

    internal void Debug(string text) => _messages.Add((true, text));

    internal void Renewed(string source, OssCredentials credentials)
    {
        string? expiration =
            credentials.Expiration?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Verbose($"The credentials come from {source} and expire at {expiration}.");
    }

    internal void Signed(SignatureV4 signature, Redactor redactor)
    {
        if (wantsDebug)
        {
            IEnumerable<string> lines = signature.CanonicalRequest.Split('\n')
                .Select(line => redactor.Redact(line, MaximumLineLength));
            Debug($"Canonical request:\n{string.Join("\n", lines)}");
            Debug($"String to sign:\n{signature.StringToSign}");
        }
    }

    internal void Received(HttpRequestMessage request, HttpResponse response, TimeSpan elapsed)
    {
        string requestId = OssErrors.RequestIdOf(response);
        string shownId = requestId.Length > 0 ? requestId : "none";
        string sent = Describe(request, response.Redactor);
        Verbose($"{sent}: {response.StatusCode}, request id {shownId}, {Milliseconds(elapsed)} ms");
    }

    internal void Failed(HttpRequestMessage request, OssRequestException e, Redactor redactor, TimeSpan elapsed) =>
        Verbose($"{Describe(request, redactor)}: {e.Message} ({Milliseconds(elapsed)} ms)");

    // The URL as it was sent, because a URI's own text shows some characters unescaped. A server may have put a secret
    // into the token of a page.
    private static string Describe(HttpRequestMessage request, Redactor redactor) =>
        $"{request.Method} {redactor.Redact(request.RequestUri!.AbsoluteUri)}";

    private static string Milliseconds(TimeSpan elapsed) =>
        elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
