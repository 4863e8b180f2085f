using System;

namespace OssPayment.Emulator.Signing;

/// <summary>Percent-encoding (RFC 3986) of everything except letters, digits and <c>-._~</c>.</summary>
internal static class PercentEncoding
{
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>Encodes a path, except for its slashes.</summary>
    public static string EncodePath(string path) => Encode(path).Replace("%2F", "/", StringComparison.Ordinal);

    /// <summary>Decodes a text. A plus sign is not decoded to a space.</summary>
    public static string Decode(string text) => Uri.UnescapeDataString(text);
}
