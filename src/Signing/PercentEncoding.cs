using System.Text;

namespace OssPayment.Signing;

/// <summary>RFC 3986 percent-encoding of UTF-8, the same on every .NET, as signature V4 wants it.</summary>
internal static class PercentEncoding
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>
    /// Encodes everything but the unreserved characters, and <c>/</c> where it separates parts of a path.
    /// </summary>
    internal static string Encode(string text, bool keepSlash = false)
    {
        if (IsPlain(text, keepSlash))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (IsUnreserved((char)b) || (keepSlash && b == '/'))
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 15]);
            }
        }

        return encoded.ToString();
    }

    private static bool IsPlain(string text, bool keepSlash)
    {
        foreach (char c in text)
        {
            if (!IsUnreserved(c) && !(keepSlash && c == '/'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUnreserved(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '~';
}
