using System.Globalization;
using System.Text;

namespace OssPayment.Text;

/// <summary>
/// Makes text from outside safe to show: one line, no control or direction characters, a maximum length.
/// </summary>
internal static class Sanitizer
{
    private const char Replacement = '\uFFFD';

    internal static string Sanitize(string text, int maximumLength = 512)
    {
        if (text.Length <= maximumLength && Ascii.IsAll(text, AsciiKinds.Printable))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length < maximumLength ? text.Length : maximumLength);
        for (int i = 0; i < text.Length; i++)
        {
            if (clean.Length >= maximumLength)
            {
                return clean.Append('…').ToString();
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                AppendPair(clean, text, i++);
            }
            else
            {
                clean.Append(IsSafe(CharUnicodeInfo.GetUnicodeCategory(text[i])) ? text[i] : Replacement);
            }
        }

        return clean.ToString();
    }

    private static void AppendPair(StringBuilder clean, string text, int index)
    {
        if (IsSafe(CharUnicodeInfo.GetUnicodeCategory(text, index)))
        {
            clean.Append(text, index, 2);
        }
        else
        {
            clean.Append(Replacement);
        }
    }

    private static bool IsSafe(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
