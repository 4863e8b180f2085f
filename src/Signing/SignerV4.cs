using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OssPayment.Signing;

/// <summary>
/// OSS's signature V4 in the Authorization header: a pure function of request, credentials, region and time.
/// </summary>
internal static class SignerV4
{
    private const string Algorithm = "OSS4-HMAC-SHA256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>
    /// What signing needs again and again. A thread has its own, because none of it takes two at a time.
    /// </summary>
    [ThreadStatic]
    private static Tools? _tools;

    internal static SignatureV4 Sign(
        SignableRequest request, OssCredentials credentials, string region, DateTimeOffset time)
    {
        string dateTime = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string date = dateTime.Substring(0, 8);
        string scope = $"{date}/{region}/oss/aliyun_v4_request";

        Tools tools = _tools ??= new Tools();
        List<KeyValuePair<string, string>> headers = SignedHeaders(request, credentials, dateTime);
        string canonicalRequest = CanonicalRequest(request, headers, tools.Text);
        string stringToSign = $"{Algorithm}\n{dateTime}\n{scope}\n{tools.Hash(canonicalRequest)}";
        byte[] key = SigningKeyCache.Get(credentials.AccessKeySecret, date, region);
        string signature = tools.Hash(stringToSign, key);

        string credential = $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}";
        return new SignatureV4(headers, credential, signature, canonicalRequest, stringToSign);
    }

    private static List<KeyValuePair<string, string>> SignedHeaders(
        SignableRequest request, OssCredentials credentials, string dateTime)
    {
        var headers = new List<KeyValuePair<string, string>>(request.Headers.Count + 3);
        headers.AddRange(request.Headers);
        headers.Add(new("x-oss-content-sha256", UnsignedPayload));
        headers.Add(new("x-oss-date", dateTime));
        if (credentials.SecurityToken is not null)
        {
            headers.Add(new("x-oss-security-token", credentials.SecurityToken));
        }

        headers.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return headers;
    }

    private static string CanonicalRequest(
        SignableRequest request, List<KeyValuePair<string, string>> headers, StringBuilder canonical)
    {
        canonical.Clear()
            .Append(request.Method).Append('\n')
            .Append(request.CanonicalUri).Append('\n')
            .Append(request.CanonicalQuery).Append('\n');
        foreach (KeyValuePair<string, string> header in headers)
        {
            canonical.Append(header.Key).Append(':').Append(header.Value.Trim()).Append('\n');
        }

        // One line feed closes the headers; the next closes the list of additional headers, which is empty.
        return canonical.Append('\n').Append('\n').Append(UnsignedPayload).ToString();
    }

    [SuppressMessage("Reliability", "CA1001", Justification = "It lives as long as its thread.")]
    private sealed class Tools
    {
        private readonly SHA256 _sha256 = SHA256.Create();
        private byte[] _bytes = [];
        private byte[]? _key;
        private HMACSHA256? _hmac;

        internal StringBuilder Text { get; } = new();

        /// <summary>SHA-256, in hexadecimal.</summary>
        internal string Hash(string text) => Hash(_sha256, text);

        /// <summary>HMAC-SHA256, in hexadecimal.</summary>
        internal string Hash(string text, byte[] key)
        {
            if (_hmac is null || !ReferenceEquals(_key, key))
            {
                _hmac?.Dispose();
                _hmac = new HMACSHA256(key);
                _key = key;
            }

            return Hash(_hmac, text);
        }

        private string Hash(HashAlgorithm algorithm, string text)
        {
            int most = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (_bytes.Length < most)
            {
                _bytes = new byte[most];
            }

            int length = Encoding.UTF8.GetBytes(text, 0, text.Length, _bytes, 0);
            return Hexadecimal(algorithm.ComputeHash(_bytes, 0, length));
        }

        private string Hexadecimal(byte[] bytes)
        {
            const string Digits = "0123456789abcdef";
            Text.Clear();
            foreach (byte b in bytes)
            {
                Text.Append(Digits[b >> 4]).Append(Digits[b & 15]);
            }

            return Text.ToString();
        }
    }
}
