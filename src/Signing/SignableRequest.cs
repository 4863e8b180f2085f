using System;
using System.Collections.Generic;

namespace OssPayment.Signing;

/// <summary>The parts of a request that signature V4 covers, except the time and the credentials.</summary>
/// <param name="method">The verb, in upper case.</param>
/// <param name="resource"><c>/bucket/key</c>, or <c>/</c> for the service; not encoded.</param>
/// <param name="query">The query's names and values, not encoded, in any order.</param>
/// <param name="headers">
/// The <c>content-type</c>, <c>content-md5</c> and <c>x-oss-*</c> headers, names in lower case.
/// </param>
internal sealed class SignableRequest(
    string method,
    string resource,
    IReadOnlyList<KeyValuePair<string, string>> query,
    params KeyValuePair<string, string>[] headers)
{
    private readonly KeyValuePair<string, string>[] _headers = headers;

    internal string Method { get; } = method;

    internal string CanonicalUri { get; } = PercentEncoding.Encode(resource, keepSlash: true);

    /// <summary>The query as it is signed, and as it is sent.</summary>
    internal string CanonicalQuery { get; } = Canonicalize(query);

    internal IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    private static string Canonicalize(IReadOnlyList<KeyValuePair<string, string>> query)
    {
        string[] names = new string[query.Count];
        string[] pairs = new string[query.Count];
        for (int i = 0; i < pairs.Length; i++)
        {
            names[i] = PercentEncoding.Encode(query[i].Key);
            pairs[i] = query[i].Value.Length == 0 ? names[i] : $"{names[i]}={PercentEncoding.Encode(query[i].Value)}";
        }

        Array.Sort(names, pairs, StringComparer.Ordinal);
        return string.Join("&", pairs);
    }
}
