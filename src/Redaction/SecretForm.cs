using System;
using System.Collections.Generic;

namespace OssPayment.Redaction;

/// <summary>
/// The letters and digits of a secret, or of an encoded form of it, and the search for long parts of them.
/// </summary>
internal sealed class SecretForm
{
    /// <summary>A text that is not longer, such as a request ID, is searched before the pairs would be noted.</summary>
    private const int ShortText = 64;

    private readonly string _letters;
    private readonly int _least;

    /// <summary>
    /// The pairs of neighbouring characters, as bits: most texts do not share three pairs in a row.
    /// </summary>
    private ulong[]? _pairs;

    /// <param name="letters">Letters and digits, in lower case.</param>
    /// <param name="longPart">The shortest part to find; for a shorter form, all but one character.</param>
    internal SecretForm(string letters, int longPart)
    {
        _letters = letters;
        _least = Math.Min(longPart, letters.Length - 1);
    }

    /// <summary>Finds long parts of it in a text of letters and digits.</summary>
    internal void FindParts(string text, List<(int Start, int End)> found)
    {
        if (text.Length < _least)
        {
            return;
        }

        // A part that is long enough contains one of these blocks, wherever it begins.
        int block = (_least + 1) / 2;
        int searched = 0;
        for (int i = 0; i + block <= text.Length; i += block)
        {
            (int start, int end) = text.Length <= ShortText || MayContain(text, i, block)
                ? LongestAround(text, i, block, searched)
                : default;
            if (end - start >= _least)
            {
                found.Add((start, end));
                searched = end;
                i = end - block;
            }
        }
    }

    private static int PairAt(string text, int index) => ((text[index - 1] & 31) << 5) | (text[index] & 31);

    private static ulong[] PairsOf(string text)
    {
        ulong[] pairs = new ulong[16];
        for (int i = 1; i < text.Length; i++)
        {
            int pair = PairAt(text, i);
            pairs[pair >> 6] |= 1UL << (pair & 63);
        }

        return pairs;
    }

    private bool MayContain(string text, int index, int block)
    {
        ulong[] pairs = _pairs ??= PairsOf(_letters);
        for (int i = index + 1; i < index + block; i++)
        {
            int pair = PairAt(text, i);
            if ((pairs[pair >> 6] & (1UL << (pair & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The longest part in the text around a block.</summary>
    private (int Start, int End) LongestAround(string text, int index, int block, int searched)
    {
        (int Start, int End) longest = default;
        for (int at = _letters.IndexOf(text[index]); at >= 0; at = _letters.IndexOf(text[index], at + 1))
        {
            if (string.CompareOrdinal(_letters, at, text, index, block) != 0)
            {
                continue;
            }

            int start = index;
            int end = index + block;
            while (start > searched && at - (index - start) > 0
                && text[start - 1] == _letters[at - (index - start) - 1])
            {
                start--;
            }

            while (end < text.Length && at + (end - index) < _letters.Length
                && text[end] == _letters[at + (end - index)])
            {
                end++;
            }

            longest = end - start > longest.End - longest.Start ? (start, end) : longest;
        }

        return longest;
    }
}
