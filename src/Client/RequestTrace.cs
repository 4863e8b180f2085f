using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using OssPayment.Signing;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>What happened on the wire for one bucket, kept until the pipeline's thread can tell it.</summary>
/// <remarks>Signatures, secrets and tokens never enter it.</remarks>
internal sealed class RequestTrace
{
    private readonly List<(bool IsDebug, string Text)> _messages = [];
    private readonly bool _withSigning;

    /// <param name="withSigning">Whether the texts that explain the signature are kept too.</param>
    internal RequestTrace(bool withSigning)
    {
        _withSigning = withSigning;
    }

    internal IReadOnlyList<(bool IsDebug, string Text)> Messages => _messages;

    internal void Note(string text) => _messages.Add((false, text));

    internal void Signed(SignatureV4 signature, OssCredentials credentials)
    {
        if (_withSigning)
        {
            string canonicalRequest = credentials.SecurityToken is { } token
                ? signature.CanonicalRequest.Replace(token, "***")
                : signature.CanonicalRequest;
            _messages.Add((true, $"Canonical request:\n{canonicalRequest}"));
            _messages.Add((true, $"String to sign:\n{signature.StringToSign}"));
        }
    }

    internal void Answered(HttpRequestMessage request, HttpAnswer answer, TimeSpan elapsed)
    {
        string requestId = answer.Redaction.Clean(answer.RequestId ?? "none", OssErrors.MaximumIdLength);
        Note($"{request.Method} {request.RequestUri}: {answer.StatusCode}, request id {requestId}, {Text(elapsed)} ms");
    }

    internal void Failed(HttpRequestMessage request, string reason, TimeSpan elapsed) =>
        Note($"{request.Method} {request.RequestUri}: {reason} ({Text(elapsed)} ms)");

    private static string Text(TimeSpan elapsed) => elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
