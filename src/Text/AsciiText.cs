namespace OssPayment.Text;

/// <summary>Text as host names and headers know it.</summary>
internal static class AsciiText
{
    /// <summary>Whether it has visible characters alone: no blank, and nothing that would end a header.</summary>
    internal static bool IsVisible(string text)
    {
        foreach (char c in text)
        {
            if (c is <= ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In small letters: Unicode's own rules would let a Kelvin sign pass for a k.</summary>
    internal static string ToLower(string text)
    {
        char[] characters = text.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (characters[i] is >= 'A' and <= 'Z')
            {
                characters[i] += (char)('a' - 'A');
            }
        }

        return new string(characters);
    }
}
