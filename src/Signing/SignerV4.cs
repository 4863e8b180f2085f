using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OssPayment.Signing;

/// <summary>OSS's signature V4 in the Authorization header: a pure function of request, credentials, region and time.</summary>
internal static class SignerV4
{
    private const string Algorithm = "OSS4-HMAC-SHA256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    [ThreadStatic]
    private static SHA256? _sha256;

    [ThreadStatic]
    private static KeyedHash? _keyedHash;

    internal static SignatureV4 Sign(SignableRequest request, OssCredentials credentials, string region, DateTimeOffset time)
    {
        string dateTime = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string date = dateTime.Substring(0, 8);
        string scope = $"{date}/{region}/oss/aliyun_v4_request";

        List<KeyValuePair<string, string>> headers = SignedHeaders(request, credentials, dateTime);
        string canonicalRequest = CanonicalRequest(request, headers);

        SHA256 sha256 = _sha256 ??= SHA256.Create();
        string canonicalHash = Hexadecimal(sha256.ComputeHash(Encoding.UTF8.GetBytes(canonicalRequest)));
        string stringToSign = $"{Algorithm}\n{dateTime}\n{scope}\n{canonicalHash}";

        byte[] key = SigningKeyCache.Get(credentials.AccessKeySecret, date, region);
        string signature = Hexadecimal(HashFor(key).ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));

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

    private static string CanonicalRequest(SignableRequest request, List<KeyValuePair<string, string>> headers)
    {
        var canonical = new StringBuilder(512)
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

    private static HMACSHA256 HashFor(byte[] key)
    {
        if (_keyedHash is null || !ReferenceEquals(_keyedHash.Key, key))
        {
            _keyedHash?.Hash.Dispose();
            _keyedHash = new KeyedHash(key);
        }

        return _keyedHash.Hash;
    }

    private static string Hexadecimal(byte[] bytes)
    {
        const string Digits = "0123456789abcdef";
        char[] text = new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = Digits[bytes[i] >> 4];
            text[(2 * i) + 1] = Digits[bytes[i] & 15];
        }

        return new string(text);
    }

    private sealed class KeyedHash
    {
        internal KeyedHash(byte[] key)
        {
            Key = key;
            Hash = new HMACSHA256(key);
        }

        internal byte[] Key { get; }

        internal HMACSHA256 Hash { get; }
    }
}
