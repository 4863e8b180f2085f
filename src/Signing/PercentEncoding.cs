using System.Text;
using OssPayment.Text;

namespace OssPayment.Signing;

/// <summary>RFC 3986 percent-encoding of UTF-8 for signature V4, the same on every .NET.</summary>
internal static class PercentEncoding
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>
    /// Encodes everything except the unreserved characters, and <c>/</c> if it separates parts of a path.
    /// </summary>
    internal static string Encode(string text, bool keepSlash = false)
    {
        AsciiKinds plain = keepSlash ? AsciiKinds.Unreserved | AsciiKinds.Slash : AsciiKinds.Unreserved;
        if (Ascii.IsAll(text, plain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (Ascii.Is((char)b, plain))
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
}
