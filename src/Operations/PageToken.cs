using System;
using System.Collections.Generic;
using System.Xml;
using OssPayment.Xml;

namespace OssPayment.Operations;

/// <summary>Where a page of a listing begins, and what the pages before it had: a listing must have an end.</summary>
internal sealed class PageToken
{
    private readonly HashSet<string> _tokens;
    private readonly HashSet<string> _names;

    private PageToken(string text, HashSet<string> tokens, HashSet<string> names)
    {
        Text = text;
        _tokens = tokens;
        _names = names;
    }

    /// <summary>The token from OSS; empty for the first page.</summary>
    internal string Text { get; }

    /// <summary>The beginning of a listing.</summary>
    internal static PageToken First() => new("", new(StringComparer.Ordinal) { "" }, new(StringComparer.Ordinal));

    /// <summary>The token of the next page; null after the last one.</summary>
    /// <param name="page">The response for this page.</param>
    /// <param name="element">The element with the token of the next page.</param>
    /// <param name="names">The names on this page.</param>
    /// <exception cref="XmlException">The listing does not advance, or does not say whether it ends.</exception>
    internal PageToken? Next(OssElement page, string element, IEnumerable<string> names)
    {
        bool hasNew = false;
        foreach (string name in names)
        {
            hasNew |= _names.Add(name);
        }

        if (!IsTruncated(page))
        {
            return null;
        }

        string next = page.Require(element).Text;
        return !hasNew ? throw new XmlException("it is truncated, but contains nothing new")
            : !_tokens.Add(next) ? throw new XmlException($"its {element} '{next}' was sent before")
            : new PageToken(next, _tokens, _names);
    }

    private static bool IsTruncated(OssElement page) => page.TextOf("IsTruncated") switch
    {
        "" => false,
        var text when bool.TryParse(text, out bool isTruncated) => isTruncated,
        var text => throw new XmlException($"IsTruncated is '{text}', which is neither true nor false"),
    };
}
