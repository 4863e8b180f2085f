using System;
using System.Globalization;
using System.Net.Http;
using OssPayment.Signing;
using OssPayment.Text;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>The messages that the client traces for each request.</summary>
/// <remarks>Secrets, tokens and signatures never enter a trace.</remarks>
internal static class RequestTraceMessages
{
    private const int MaximumUrlLength = 512;

    internal static void Renewed(this RequestTrace trace, string source, OssCredentials credentials)
    {
        string? expiration =
            credentials.Expiration?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        trace.Verbose($"The credentials come from {source} and expire at {expiration}.");
    }

    internal static void Signed(this RequestTrace trace, SignatureV4 signature, OssCredentials credentials)
    {
        if (!trace.WantsDebug)
        {
            return;
        }

        string canonicalRequest = credentials.SecurityToken is { } token
            ? signature.CanonicalRequest.Replace(token, "***")
            : signature.CanonicalRequest;
        trace.Debug($"Canonical request:\n{canonicalRequest}");
        trace.Debug($"String to sign:\n{signature.StringToSign}");
    }

    internal static void Answered(
        this RequestTrace trace, HttpRequestMessage request, HttpResponse response, TimeSpan elapsed)
    {
        string requestId = OssErrors.RequestIdOf(response);
        string shownId = requestId.Length > 0 ? requestId : "none";
        trace.Verbose($"{Describe(request)}: {response.StatusCode}, request id {shownId}, {Milliseconds(elapsed)} ms");
    }

    internal static void Failed(
        this RequestTrace trace, HttpRequestMessage request, OssRequestException e, TimeSpan elapsed) =>
        trace.Verbose($"{Describe(request)}: {e.Message} ({Milliseconds(elapsed)} ms)");

    // The URL as it was sent, because a URI's own text shows some characters unescaped. Characters that a runtime
    // leaves unescaped are replaced.
    private static string Describe(HttpRequestMessage request) =>
        $"{request.Method} {Sanitizer.Sanitize(request.RequestUri!.AbsoluteUri, MaximumUrlLength)}";

    private static string Milliseconds(TimeSpan elapsed) =>
        elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
