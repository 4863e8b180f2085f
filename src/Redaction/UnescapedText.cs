using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OssPayment.Text;

namespace OssPayment.Redaction;

/// <summary>
/// A text without its escapes, and the position of each character in the original: percent-encoding, HTML references
/// and JSON escapes of ASCII, also nested.
/// </summary>
internal readonly struct UnescapedText
{
    /// <summary>Deeper nesting does not happen by accident.</summary>
    private const int MaximumDepth = 4;

    private static readonly char[] Signs = ['%', '&', '\\'];

    /// <summary>
    /// The position of each character in the original, and its end; null if nothing was escaped.
    /// </summary>
    private readonly int[]? _starts;

    private UnescapedText(string text, int[]? starts)
    {
        Text = text;
        _starts = starts;
    }

    internal string Text { get; }

    internal static UnescapedText Of(string text)
    {
        var unescaped = new UnescapedText(text, starts: null);
        for (int depth = 0; depth < MaximumDepth && unescaped.Text.IndexOfAny(Signs) >= 0; depth++)
        {
            unescaped = unescaped.Once();
        }

        return unescaped;
    }

    /// <summary>The position of a character in the original; for the length of the text, its end.</summary>
    internal int StartOf(int index) => _starts is null ? index : _starts[index];

    private UnescapedText Once()
    {
        char[] characters = new char[Text.Length];
        int[] starts = new int[Text.Length + 1];
        int count = 0;
        int length;
        for (int i = 0; i < Text.Length; i += length)
        {
            (characters[count], length) = Read(i);
            starts[count++] = StartOf(i);
        }

        starts[count] = StartOf(Text.Length);
        return new UnescapedText(new string(characters, 0, count), starts);
    }

    /// <summary>The character at a position, and the length of its escape.</summary>
    private (char Character, int Length) Read(int index)
    {
        (int Code, int Length) escape = Text[index] switch
        {
            '%' => Digits(index, prefix: 1, most: 2, least: 2),
            '\\' => ReadBackslash(index),
            '&' => ReadReference(index),
            _ => default,
        };
        return escape.Code is > 0 and <= '~' ? ((char)escape.Code, escape.Length) : (Text[index], 1);
    }

    private (int Code, int Length) ReadBackslash(int index) => index + 1 == Text.Length
        ? default
        : Text[index + 1] switch
        {
            'u' or 'U' => Digits(index, prefix: 2, most: 4, least: 4),
            'x' or 'X' => Digits(index, prefix: 2, most: 2, least: 2),
            '/' or '\\' or '"' or '\'' => (Text[index + 1], 2),
            'r' or 'n' or 't' => (' ', 2),
            _ => default,
        };

    private (int Code, int Length) ReadReference(int index)
    {
        if (index + 1 < Text.Length && Text[index + 1] == '#')
        {
            bool isHexadecimal = index + 2 < Text.Length && Text[index + 2] is 'x' or 'X';
            return WithSemicolon(
                index,
                isHexadecimal
                    ? Digits(index, prefix: 3, most: 8, least: 1)
                    : Digits(index, prefix: 2, most: 8, least: 1, isDecimal: true));
        }

        int end = Text.IndexOf(';', index, Math.Min(20, Text.Length - index));
        string name = end > 0 ? Text.Substring(index + 1, end - index - 1) : "";
        return HtmlNames.Characters.TryGetValue(name, out char character) ? (character, end + 1 - index) : default;
    }

    private (int Code, int Length) WithSemicolon(int index, (int Code, int Length) reference)
    {
        int end = index + reference.Length;
        return reference.Length > 0 && end < Text.Length && Text[end] == ';'
            ? (reference.Code, reference.Length + 1)
            : reference;
    }

    private (int Code, int Length) Digits(int index, int prefix, int most, int least, bool isDecimal = false)
    {
        int start = index + prefix;
        int end = start;
        while (end < Text.Length && end < start + most
            && (isDecimal ? Ascii.Is(Text[end], AsciiKinds.Digit) : Uri.IsHexDigit(Text[end])))
        {
            end++;
        }

        return end - start >= least
            && int.TryParse(
                Text.Substring(start, end - start),
                isDecimal ? NumberStyles.None : NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out int code)
            ? (code, end - index)
            : default;
    }

    /// <summary>The HTML names of ASCII punctuation, made only when a text has one.</summary>
    private static class HtmlNames
    {
        internal static readonly Dictionary<string, char> Characters =
            ("excl! quot\" num# dollar$ percnt% amp& apos' lpar( rpar) ast* midast* plus+ comma, period. sol/ colon: "
            + "semi; lt< equals= gt> quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ underbar_ grave` "
            + "lcub{ lbrace{ verbar| vert| rcub} rbrace}")
            .Split(' ')
            .ToDictionary(
                name => name.Substring(0, name.Length - 1),
                name => name[name.Length - 1],
                StringComparer.OrdinalIgnoreCase);
    }
}
