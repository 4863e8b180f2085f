using OssPayment.Text;

namespace OssPayment.Redaction;

/// <summary>The ASCII letters and digits of a text, in lower case, and the position of each.</summary>
internal readonly struct LettersAndDigits
{
    /// <summary>Null if the text has nothing else, so that no position differs.</summary>
    private readonly int[]? _positions;

    internal LettersAndDigits(string text)
    {
        if (Ascii.IsAll(text, AsciiKinds.Alphanumeric))
        {
            Text = Ascii.ToLower(text);
            return;
        }

        char[] characters = new char[text.Length];
        _positions = new int[text.Length];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (Ascii.Is(c, AsciiKinds.Alphanumeric))
            {
                characters[count] = Ascii.ToLower(c);
                _positions[count++] = i;
            }
        }

        Text = new string(characters, 0, count);
    }

    internal string Text { get; }

    internal int PositionOf(int index) => _positions is null ? index : _positions[index];
}
