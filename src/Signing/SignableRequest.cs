using System;
using System.Collections.Generic;
using System.Text;

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
        var pairs = new KeyValuePair<string, string>[query.Count];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(PercentEncoding.Encode(query[i].Key), PercentEncoding.Encode(query[i].Value));
        }

        Array.Sort(pairs, static (a, b) => string.CompareOrdinal(a.Key, b.Key));

        var canonical = new StringBuilder();
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            canonical.Append(canonical.Length == 0 ? "" : "&").Append(pair.Key);
            if (pair.Value.Length > 0)
            {
                canonical.Append('=').Append(pair.Value);
            }
        }

        return canonical.ToString();
    }
}
