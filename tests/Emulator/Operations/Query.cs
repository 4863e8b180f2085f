using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OssPayment.Emulator.Signing;

namespace OssPayment.Emulator.Operations;

/// <summary>The decoded query parameters of a request.</summary>
internal sealed class Query
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public Query(string rawQuery)
    {
        foreach (string pair in rawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            string value = parts.Length == 2 ? PercentEncoding.Decode(parts[1]) : "";
            _pairs.Add(new KeyValuePair<string, string>(PercentEncoding.Decode(parts[0]), value));
        }
    }

    public IEnumerable<string> Names => _pairs.Select(pair => pair.Key);

    public bool Has(string name) => Names.Contains(name);

    /// <summary>The value of a parameter, or null if it is absent.</summary>
    public string? Value(string name) => _pairs
        .Where(pair => pair.Key == name)
        .Select(pair => pair.Value)
        .FirstOrDefault();

    /// <summary>The page size that the client requests: 1 to 1000, by default 100.</summary>
    public int PageSize()
    {
        string? text = Value("max-keys");
        if (text is null)
        {
            return 100;
        }

        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size);
        return isNumber && size is >= 1 and <= 1000
            ? size
            : throw ServiceErrors.InvalidArgument("Argument max-keys must be between 1 and 1000.", "max-keys");
    }
}
