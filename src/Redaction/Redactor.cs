using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using OssPayment.Text;

namespace OssPayment.Redaction;

/// <summary>Removes a request's secrets from text of the server or of .NET.</summary>
/// <remarks>
/// A server or a gateway may echo the request in another encoding, and .NET shows a proxy's URL with its password. So
/// the text is unescaped before the search, and long parts of a secret are searched for among only the letters and
/// digits, ignoring case: it does not matter how the rest is written, wrapped or separated.
/// </remarks>
internal sealed class Redactor
{
    private const string Mask = "***";

    /// <summary>How much of a text is searched: many times more than is ever shown.</summary>
    private const int MaximumTextLength = 16 * 1024;

    private static readonly Regex UserInfo = new(@"(?<=://)[^\s/'""]*(?=@)", RegexOptions.CultureInvariant);

    private readonly SecretText[] _secrets;

    /// <param name="secrets">The secrets; null for one that does not exist.</param>
    internal Redactor(params string?[] secrets)
        : this([.. secrets.Where(secret => !string.IsNullOrEmpty(secret)).Select(secret => new SecretText(secret!))])
    {
    }

    private Redactor(SecretText[] secrets)
    {
        _secrets = secrets;
    }

    /// <summary>A redactor that has one more secret.</summary>
    internal Redactor With(string secret) => new([.. _secrets, new SecretText(secret)]);

    /// <summary>The text without secrets, safe to show, with a maximum length.</summary>
    internal string Redact(string text, int maximumLength = 512)
    {
        string beginning = text.Length > MaximumTextLength ? text.Substring(0, MaximumTextLength) + "…" : text;
        List<(int Start, int End)> found = Find(beginning);
        return Sanitizer.Sanitize(found.Count == 0 ? beginning : Masked(beginning, found), maximumLength);
    }

    /// <summary>The positions of secrets and of parts of them in the text.</summary>
    private List<(int Start, int End)> Find(string text)
    {
        var found = new List<(int Start, int End)>();
        var plain = UnescapedText.Of(text);
        var letters = new LettersAndDigits(plain.Text);
        foreach (SecretText secret in _secrets)
        {
            secret.FindParts(letters.Text, found);
        }

        for (int i = 0; i < found.Count; i++)
        {
            found[i] = (letters.PositionOf(found[i].Start), letters.PositionOf(found[i].End - 1) + 1);
        }

        if (plain.Text.IndexOf('@') >= 0)
        {
            foreach (Match match in UserInfo.Matches(plain.Text))
            {
                found.Add((match.Index, match.Index + match.Length));
            }
        }

        foreach (SecretText secret in _secrets)
        {
            secret.FindWhole(plain.Text, found);
        }

        for (int i = 0; i < found.Count; i++)
        {
            found[i] = (plain.StartOf(found[i].Start), plain.StartOf(found[i].End));
        }

        return found;
    }

    private static string Masked(string text, List<(int Start, int End)> found)
    {
        found.Sort();
        var masked = new StringBuilder(text.Length);
        int position = 0;
        foreach ((int start, int end) in found)
        {
            // An overlap with the part before it is the same secret.
            if (start >= position)
            {
                masked.Append(text, position, start - position).Append(Mask);
            }

            position = Math.Max(position, end);
        }

        return masked.Append(text, position, text.Length - position).ToString();
    }
}
