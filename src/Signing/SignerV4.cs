using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OssPayment.Signing;

/// <summary>
/// Signature V4 of OSS in the Authorization header: a pure function of request, credentials, region and time.
/// </summary>
internal static class SignerV4
{
    private const string Algorithm = "OSS4-HMAC-SHA256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>
    /// Reusable objects. Each thread has its own, because they are not thread-safe.
    /// </summary>
    [ThreadStatic]
    private static Tools? _tools;

    internal static SignatureV4 Sign(
        SignableRequest request, OssCredentials credentials, string region, DateTimeOffset time)
    {
        string dateTime = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Tools tools = _tools ??= new Tools();
        tools.Use(credentials.AccessKeySecret, dateTime, region);
        List<KeyValuePair<string, string>> headers = SignedHeaders(request, credentials, dateTime);

        // Each text is hashed from the same buffer. It becomes a string only if it is read.
        AppendCanonicalRequest(tools.Text.Clear(), request, headers);
        byte[] hash = tools.HashText();
        AppendStringToSign(tools.Text.Clear(), dateTime, tools.Scope, hash);
        hash = tools.SignText();
        string signature = AppendHexadecimal(tools.Text.Clear(), hash).ToString();
        string authorization = tools.Text.Clear()
            .Append(Algorithm).Append(" Credential=").Append(credentials.AccessKeyId).Append('/').Append(tools.Scope)
            .Append(",Signature=").Append(signature).ToString();
        return new SignatureV4(request, headers, dateTime, tools.Scope, signature, authorization);
    }

    internal static string CanonicalRequest(
        SignableRequest request, IReadOnlyList<KeyValuePair<string, string>> headers) =>
        AppendCanonicalRequest(new StringBuilder(), request, headers).ToString();

    internal static string StringToSign(string dateTime, string scope, string canonicalRequest)
    {
        using var sha256 = SHA256.Create();
        byte[] hash = sha256.ComputeHash(Encoding.UTF8.GetBytes(canonicalRequest));
        return AppendStringToSign(new StringBuilder(), dateTime, scope, hash).ToString();
    }

    private static List<KeyValuePair<string, string>> SignedHeaders(
        SignableRequest request, OssCredentials credentials, string dateTime)
    {
        int added = credentials.SecurityToken is null ? 2 : 3;
        var headers = new List<KeyValuePair<string, string>>(request.Headers.Count + added);
        headers.Add(new("x-oss-content-sha256", UnsignedPayload));
        headers.Add(new("x-oss-date", dateTime));
        if (credentials.SecurityToken is not null)
        {
            headers.Add(new("x-oss-security-token", credentials.SecurityToken));
        }

        if (request.Headers.Count > 0)
        {
            headers.AddRange(request.Headers);
            headers.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        }

        return headers;
    }

    private static StringBuilder AppendCanonicalRequest(
        StringBuilder text, SignableRequest request, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        text.Append(request.Method).Append('\n')
            .Append(request.CanonicalUri).Append('\n')
            .Append(request.CanonicalQuery).Append('\n');
        for (int i = 0; i < headers.Count; i++)
        {
            text.Append(headers[i].Key).Append(':').Append(headers[i].Value.Trim()).Append('\n');
        }

        // One line feed closes the headers; the next closes the list of additional headers, which is empty.
        return text.Append('\n').Append('\n').Append(UnsignedPayload);
    }

    private static StringBuilder AppendStringToSign(StringBuilder text, string dateTime, string scope, byte[] hash) =>
        AppendHexadecimal(
            text.Append(Algorithm).Append('\n').Append(dateTime).Append('\n').Append(scope).Append('\n'), hash);

    private static StringBuilder AppendHexadecimal(StringBuilder text, byte[] bytes)
    {
        const string Digits = "0123456789abcdef";
        foreach (byte b in bytes)
        {
            text.Append(Digits[b >> 4]).Append(Digits[b & 15]);
        }

        return text;
    }

    [SuppressMessage("Reliability", "CA1001", Justification = "It exists as long as its thread.")]
    private sealed class Tools
    {
        private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private string _secret = "";
        private string _date = "";
        private string _region = "";
        private IncrementalHash? _hmac;
        private char[] _characters = [];
        private byte[] _bytes = [];

        internal StringBuilder Text { get; } = new(512);

        /// <summary>The credential's scope.</summary>
        internal string Scope { get; private set; } = "";

        /// <summary>Prepares scope and key; most requests have the same as the one before.</summary>
        internal void Use(string secret, string dateTime, string region)
        {
            if (_hmac is not null
                && _secret == secret
                && _region == region
                && dateTime.StartsWith(_date, StringComparison.Ordinal))
            {
                return;
            }

            string date = dateTime.Substring(0, 8);
            byte[] key = SigningKeyCache.Get(secret, date, region);
            IncrementalHash? previous = _hmac;
            _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            previous?.Dispose();
            Scope = $"{date}/{region}/oss/aliyun_v4_request";
            (_secret, _date, _region) = (secret, date, region);
        }

        /// <summary>SHA-256 of the text.</summary>
        internal byte[] HashText() => HashText(_sha256);

        /// <summary>HMAC-SHA256 of the text, with the key.</summary>
        internal byte[] SignText() => HashText(_hmac!);

        private byte[] HashText(IncrementalHash hash)
        {
            if (_characters.Length < Text.Length)
            {
                _characters = new char[Text.Capacity];
                _bytes = new byte[Encoding.UTF8.GetMaxByteCount(Text.Capacity)];
            }

            Text.CopyTo(0, _characters, 0, Text.Length);
            hash.AppendData(_bytes, 0, Encoding.UTF8.GetBytes(_characters, 0, Text.Length, _bytes, 0));
            return hash.GetHashAndReset();
        }
    }
}
