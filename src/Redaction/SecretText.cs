using System;
using System.Text;

namespace OssPayment.Redaction;

/// <summary>A secret as it is looked for in a text: whole, in parts, in hexadecimal and in base64.</summary>
internal sealed class SecretText
{
    /// <summary>
    /// As many letters and digits as texts do not share by chance, and too few to guess the rest from.
    /// </summary>
    private const int LongPart = 12;

    /// <summary>
    /// The same of what is encoded: more than OSS's request ids have, so that they need no search for it.
    /// </summary>
    private const int LongEncodedPart = 32;

    /// <summary>What is shorter would be found in ordinary words: it is looked for as it is alone.</summary>
    private const int ShortestToVary = 8;

    private readonly string _secret;
    private readonly string _unescaped;
    private readonly SecretForm? _letters;
    private SecretForm?[]? _encoded;

    internal SecretText(string secret)
    {
        _secret = secret;

        // What looks like an escape in the secret is undone in the texts that are searched.
        _unescaped = UnescapedText.Of(secret).Text;
        _letters = Form(_unescaped, LongPart);
    }

    /// <summary>Finds the whole secret in a text without escapes.</summary>
    internal void FindWhole(string text, Action<int, int> found)
    {
        StringComparison comparison =
            _secret.Length < ShortestToVary ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        int start = 0;
        while (text.Length - start >= _unescaped.Length
            && text.IndexOf(_unescaped, start, comparison) is >= 0 and int index)
        {
            start = index + _unescaped.Length;
            found(index, start);
        }
    }

    /// <summary>Finds long parts of the secret, and of its encoded forms, in a text of letters and digits.</summary>
    internal void FindParts(string text, Action<int, int> found)
    {
        _letters?.FindParts(text, found);

        // Encoding takes its time, and where the text is shorter than a part of it there is nothing to find.
        if (text.Length >= LongEncodedPart || _secret.Length < LongEncodedPart)
        {
            _encoded ??= Encoded(_secret);
            foreach (SecretForm? form in _encoded)
            {
                form?.FindParts(text, found);
            }
        }
    }

    private static SecretForm?[] Encoded(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        return
        [
            Form(BitConverter.ToString(bytes), LongEncodedPart),
            Form(Base64(bytes, 0), LongEncodedPart),
            Form(Base64(bytes, 1), LongEncodedPart),
            Form(Base64(bytes, 2), LongEncodedPart),
        ];
    }

    /// <summary>Base64 of the bytes after as many others, without what depends on the neighbours.</summary>
    private static string Base64(byte[] bytes, int bytesBefore)
    {
        byte[] shifted = new byte[bytesBefore + bytes.Length];
        bytes.CopyTo(shifted, bytesBefore);
        int start = ((bytesBefore * 8) + 5) / 6;
        int end = shifted.Length * 8 / 6;
        return Convert.ToBase64String(shifted).Substring(start, end - start);
    }

    private static SecretForm? Form(string text, int longPart) =>
        new LettersAndDigits(text).Text is { Length: >= ShortestToVary } letters
            ? new SecretForm(letters, longPart)
            : null;
}
