namespace OssPayment.Redaction;

/// <summary>The ASCII letters and digits of a text, in lower case, and where each of them stands.</summary>
internal sealed class LettersAndDigits
{
    /// <summary>Null where the text is made of them, and each stands at its own place.</summary>
    private readonly int[]? _positions;

    internal LettersAndDigits(string text)
    {
        if (IsPlain(text))
        {
            Text = text;
            return;
        }

        char[] characters = new char[text.Length];
        _positions = new int[text.Length];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= 'A' and <= 'Z'))
            {
                characters[count] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
                _positions[count++] = i;
            }
        }

        Text = new string(characters, 0, count);
    }

    internal string Text { get; }

    internal int PositionOf(int index) => _positions is null ? index : _positions[index];

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9')))
            {
                return false;
            }
        }

        return true;
    }
}
