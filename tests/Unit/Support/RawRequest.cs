using System;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Tests;

/// <summary>A request as it came over the socket.</summary>
internal sealed record RawRequest(string Line, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The value of a header that is there once; null where it is not there.</summary>
    internal string? Header(string name) => Headers
        .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value)
        .SingleOrDefault();
}
