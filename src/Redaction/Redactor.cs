using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using OssPayment.Text;

namespace OssPayment.Redaction;

/// <summary>Takes a request's secrets out of what the other side, or .NET, says about it.</summary>
/// <remarks>
/// A server or a gateway may echo what it was sent, in clothes of its own, and .NET shows a proxy's URL with its
/// password. Escapes are undone before a secret is searched for, and long parts of it are looked for among letters and
/// digits alone, in one case: however the rest was written, wrapped or separated.
/// </remarks>
internal sealed class Redactor
{
    private const string Mask = "***";

    /// <summary>The most of a text that is looked at: many times what is shown of any.</summary>
    private const int MaximumTextLength = 16 * 1024;

    private static readonly Regex UserInfo = new(@"(?<=://)[^\s/'""]*(?=@)", RegexOptions.CultureInvariant);

    private readonly SecretText[] _secrets;

    /// <param name="secrets">What must not be shown; null where there is no secret.</param>
    internal Redactor(params string?[] secrets)
        : this([.. secrets.Where(secret => !string.IsNullOrEmpty(secret)).Select(secret => new SecretText(secret!))])
    {
    }

    private Redactor(SecretText[] secrets)
    {
        _secrets = secrets;
    }

    /// <summary>The same, and one more secret.</summary>
    internal Redactor With(string secret) => new([.. _secrets, new SecretText(secret)]);

    /// <summary>The text without secrets, harmless to show, and not endless.</summary>
    internal string Redact(string text, int maximumLength = 512)
    {
        string beginning = text.Length > MaximumTextLength ? text.Substring(0, MaximumTextLength) + "…" : text;
        List<(int Start, int End)> found = Find(beginning);
        return Sanitizer.Sanitize(found.Count == 0 ? beginning : Masked(beginning, found), maximumLength);
    }

    /// <summary>Where a secret or a part of one stands in the text.</summary>
    private List<(int Start, int End)> Find(string text)
    {
        var found = new List<(int, int)>();
        var plain = UnescapedText.Of(text);
        var letters = new LettersAndDigits(plain.Text);
        Action<int, int> addWhole = (start, end) => found.Add((plain.StartOf(start), plain.StartOf(end)));
        Action<int, int> addPart = (start, end) => addWhole(letters.PositionOf(start), letters.PositionOf(end - 1) + 1);
        if (plain.Text.IndexOf('@') >= 0)
        {
            foreach (Match match in UserInfo.Matches(plain.Text))
            {
                addWhole(match.Index, match.Index + match.Length);
            }
        }

        foreach (SecretText secret in _secrets)
        {
            secret.FindWhole(plain.Text, addWhole);
            secret.FindParts(letters.Text, addPart);
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
            // What overlaps with what was masked before is the same secret.
            if (start >= position)
            {
                masked.Append(text, position, start - position).Append(Mask);
            }

            position = Math.Max(position, end);
        }

        return masked.Append(text, position, text.Length - position).ToString();
    }
}
