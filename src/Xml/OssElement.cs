using System;
using System.Collections.Generic;
using System.Xml;

namespace OssPayment.Xml;

/// <summary>An XML element of OSS: a name, and either text or child elements.</summary>
internal sealed class OssElement(string name)
{
    private static readonly OssElement[] None = [];
    private static readonly KeyValuePair<string, string>[] NoAttributes = [];

    private List<OssElement>? _children;

    internal string Name { get; } = name;

    /// <summary>The text, unchanged.</summary>
    internal string RawText { get; set; } = "";

    /// <summary>The text without the space around it.</summary>
    internal string Text => RawText.Trim();

    /// <summary>The attributes that belong to no namespace.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Attributes { get; set; } = NoAttributes;

    internal IReadOnlyList<OssElement> Children => _children ?? (IReadOnlyList<OssElement>)None;

    internal void Add(OssElement child) => (_children ??= []).Add(child);

    /// <summary>The same element with another text.</summary>
    internal OssElement WithText(string text) =>
        new(Name) { Attributes = Attributes, RawText = text, _children = _children };

    /// <summary>The same element with other children.</summary>
    internal OssElement WithChildren(List<OssElement> children) =>
        new(Name) { Attributes = Attributes, RawText = RawText, _children = children };

    /// <summary>The only child of that name; null if there is none.</summary>
    /// <exception cref="XmlException">There are several, which no OSS response has.</exception>
    internal OssElement? Child(string name)
    {
        OssElement? found = null;
        foreach (OssElement child in Children)
        {
            if (string.Equals(child.Name, name, StringComparison.Ordinal))
            {
                found = found is null ? child : throw new XmlException($"the element {name} appears twice");
            }
        }

        return found;
    }

    /// <exception cref="XmlException">There is no such child.</exception>
    internal OssElement Require(string name) =>
        Child(name) ?? throw new XmlException($"the element {name} is missing");

    /// <summary>The text of the child of that name; empty if there is none.</summary>
    internal string TextOf(string name) => Child(name)?.Text ?? "";
}
