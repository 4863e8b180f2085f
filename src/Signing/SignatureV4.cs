using System.Collections.Generic;

namespace OssPayment.Signing;

/// <summary>What signing a request gave: the headers to send, and the two texts that explain the signature.</summary>
internal sealed class SignatureV4
{
    internal SignatureV4(
        IReadOnlyList<KeyValuePair<string, string>> signedHeaders,
        string credential,
        string signature,
        string canonicalRequest,
        string stringToSign)
    {
        SignedHeaders = signedHeaders;
        Authorization = $"{credential},Signature={signature}";
        Signature = signature;
        CanonicalRequest = canonicalRequest;
        StringToSign = stringToSign;
    }

    /// <summary>Every header that the signature covers, sorted by name; all of them must be sent.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> SignedHeaders { get; }

    /// <summary>The <c>Authorization</c> header, which holds the signature and is never shown.</summary>
    internal string Authorization { get; }

    /// <summary>The signature alone, to be kept out of everything that is shown.</summary>
    internal string Signature { get; }

    /// <summary>The canonical request, with the security token where there is one: redact before showing.</summary>
    internal string CanonicalRequest { get; }

    internal string StringToSign { get; }
}
