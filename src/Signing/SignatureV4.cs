using System.Collections.Generic;

namespace OssPayment.Signing;

/// <summary>
/// The result of signing a request: the headers to send, and the two texts that explain the signature, which are
/// created only when they are read.
/// </summary>
internal sealed class SignatureV4(
    SignableRequest request,
    IReadOnlyList<KeyValuePair<string, string>> signedHeaders,
    string dateTime,
    string scope,
    string signature,
    string authorization)
{
    private readonly SignableRequest _request = request;
    private readonly string _dateTime = dateTime;
    private readonly string _scope = scope;

    /// <summary>Every header that the signature covers, sorted by name; all of them must be sent.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> SignedHeaders { get; } = signedHeaders;

    /// <summary>The <c>Authorization</c> header, which contains the signature and is never shown.</summary>
    internal string Authorization { get; } = authorization;

    /// <summary>Only the signature, which must be redacted from everything that is shown.</summary>
    internal string Signature { get; } = signature;

    /// <summary>The canonical request, with the security token if there is one: redact before showing.</summary>
    internal string CanonicalRequest => SignerV4.CanonicalRequest(_request, SignedHeaders);

    internal string StringToSign => SignerV4.StringToSign(_dateTime, _scope, CanonicalRequest);
}
