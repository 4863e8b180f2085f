using System;
using System.Collections.Generic;
using System.Text;

namespace OssPayment.Redaction;

/// <summary>A secret and the forms that are searched for: whole, in parts, in hexadecimal and in base64.</summary>
internal sealed class SecretText
{
    /// <summary>
    /// A length that texts do not share by chance, and from which the rest cannot be guessed.
    /// </summary>
    private const int LongPart = 12;

    /// <summary>
    /// The same for encoded forms: longer than OSS request IDs, so that those need no search.
    /// </summary>
    private const int LongEncodedPart = 32;

    /// <summary>A shorter secret would be found in ordinary words, so it is searched for only unchanged.</summary>
    private const int ShortestToVary = 8;

    private readonly string _secret;

    // The forms take time, and most requests have no text to search.
    private string? _unescaped;
    private SecretForm? _letters;
    private SecretForm?[]? _encoded;

    internal SecretText(string secret)
    {
        _secret = secret;
    }

    /// <summary>
    /// The searched texts are unescaped, so the secret must be, too, if it looks like an escape.
    /// </summary>
    private string Unescaped => _unescaped ??= UnescapedText.Of(_secret).Text;

    /// <summary>Finds the whole secret in a text without escapes.</summary>
    internal void FindWhole(string text, List<(int Start, int End)> found)
    {
        StringComparison comparison =
            _secret.Length < ShortestToVary ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        int start = 0;
        while (text.Length - start >= Unescaped.Length
            && text.IndexOf(Unescaped, start, comparison) is >= 0 and int index)
        {
            start = index + Unescaped.Length;
            found.Add((index, start));
        }
    }

    /// <summary>Finds long parts of the secret, and of its encoded forms, in a text of letters and digits.</summary>
    internal void FindParts(string text, List<(int Start, int End)> found)
    {
        _letters ??= Form(Unescaped, LongPart);
        _letters?.FindParts(text, found);

        // Encoding takes time, and a text that is shorter than a part cannot contain it.
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

    /// <summary>Base64 of the bytes after others, without the characters that depend on neighbours.</summary>
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
