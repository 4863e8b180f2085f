using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>The common part of the listings, whose pages continue with a token.</summary>
internal static class TokenListing
{
    /// <summary>The maximum of OSS.</summary>
    private const string LargestPage = "1000";

    /// <param name="query">What is listed.</param>
    /// <param name="page">The <see cref="Page{TItem}.Next"/> of the page before.</param>
    /// <param name="token">The name of the token in the query.</param>
    internal static IReadOnlyList<KeyValuePair<string, string>> Query(
        IEnumerable<KeyValuePair<string, string>> query, PageToken page, string token = "continuation-token")
    {
        var pairs = new List<KeyValuePair<string, string>>(query) { new("max-keys", LargestPage) };
        if (page.Text.Length > 0)
        {
            pairs.Add(new(token, page.Text));
        }

        return pairs;
    }

    /// <param name="result">The root of the response.</param>
    /// <param name="element">The name of the elements that are listed.</param>
    /// <param name="page">The token of this page.</param>
    /// <param name="read">Reads one of the elements.</param>
    /// <param name="nameOf">The name of an item.</param>
    /// <exception cref="XmlException">The listing does not advance.</exception>
    internal static Page<TItem> Read<TItem>(
        OssElement result, string element, PageToken page, Func<OssElement, TItem> read, Func<TItem, string> nameOf)
    {
        TItem[] items = [.. result.Children.Where(child => child.Name == element).Select(read)];
        return new Page<TItem>(items, page.Next(result, "NextContinuationToken", items.Select(nameOf)));
    }
}
