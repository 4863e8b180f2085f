namespace OssPayment.Text;

/// <summary>Letter case as host names know it: Unicode's own rules would let a Kelvin sign pass for a k.</summary>
internal static class AsciiText
{
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
