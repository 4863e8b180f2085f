using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace OssPayment.Emulator.Signing;

/// <summary>
/// Computes signature V4 of a request. It follows the vendor's description step by step and is not optimized, so that
/// the optimized signer of the module can be checked against it.
/// </summary>
public static class SignatureVerifier
{
    public const string Algorithm = "OSS4-HMAC-SHA256";
    public const string Product = "oss";
    public const string Terminator = "aliyun_v4_request";
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>The signature that a request must have. The time is read from its <c>x-oss-date</c> header.</summary>
    /// <param name="verb">The method.</param>
    /// <param name="bucket">The bucket, or null for the service itself.</param>
    /// <param name="key">The object's name, decoded; empty for the bucket itself.</param>
    /// <param name="rawQuery">The query as in the request target, without the question mark.</param>
    /// <param name="headers">All headers of the request.</param>
    /// <param name="region">The region for which the request is signed.</param>
    /// <param name="secret">The secret of the access key.</param>
    /// <param name="additionalHeaders">The names, in lower case, of the additional headers that are signed.</param>
    public static ExpectedSignature Expect(
        string verb,
        string? bucket,
        string key,
        string rawQuery,
        IEnumerable<KeyValuePair<string, string>> headers,
        string region,
        string secret,
        IReadOnlyCollection<string>? additionalHeaders = null)
    {
        additionalHeaders ??= [];
        ILookup<string, string> values =
            headers.ToLookup(header => header.Key.ToLowerInvariant(), header => header.Value);

        string canonicalRequest = string.Join(
            '\n',
            verb,
            CanonicalUri(bucket, key),
            CanonicalQuery(rawQuery),
            CanonicalHeaders(values, additionalHeaders),
            string.Join(';', additionalHeaders.Order(StringComparer.Ordinal)),
            UnsignedPayload);

        string time = values["x-oss-date"].Single();
        string date = time[..8];
        string scope = $"{date}/{region}/{Product}/{Terminator}";
        string stringToSign = string.Join(
            '\n', Algorithm, time, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest))));

        byte[] signingKey = Encoding.UTF8.GetBytes("aliyun_v4" + secret);
        foreach (string part in new[] { date, region, Product, Terminator })
        {
            signingKey = Hmac(signingKey, part);
        }

        return new ExpectedSignature(canonicalRequest, stringToSign, Hex(Hmac(signingKey, stringToSign)));
    }

    /// <summary>Whether a header is always signed, even if it is not listed as an additional header.</summary>
    public static bool IsAlwaysSigned(string lowerCaseName) =>
        lowerCaseName.StartsWith("x-oss-", StringComparison.Ordinal)
        || lowerCaseName is "content-type" or "content-md5";

    private static string CanonicalUri(string? bucket, string key) =>
        PercentEncoding.EncodePath(bucket is null ? "/" : $"/{bucket}/{key}");

    private static string CanonicalQuery(string rawQuery)
    {
        var pairs = new List<(string Key, string Value)>();
        foreach (string pair in rawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            string value = parts.Length == 2 ? parts[1] : "";
            pairs.Add((Reencode(parts[0]), Reencode(value)));
        }

        return string.Join('&', pairs
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => pair.Value.Length == 0 ? pair.Key : $"{pair.Key}={pair.Value}"));
    }

    // Clients may percent-encode more or fewer characters than necessary. The meaning is the same.
    private static string Reencode(string text) => PercentEncoding.Encode(PercentEncoding.Decode(text));

    private static string CanonicalHeaders(ILookup<string, string> values, IReadOnlyCollection<string> additional)
    {
        IEnumerable<string> lines = values
            .Where(header => IsAlwaysSigned(header.Key) || additional.Contains(header.Key))
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}:{string.Join(',', header.Select(value => value.Trim()))}\n");
        return string.Concat(lines);
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>The correct signature of a request, and the two strings from which it was computed.</summary>
public sealed record ExpectedSignature(string CanonicalRequest, string StringToSign, string Signature);
