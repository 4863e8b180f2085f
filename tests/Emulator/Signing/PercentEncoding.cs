using System;

namespace OssPayment.Emulator.Signing;

/// <summary>Percent-encoding as RFC 3986 has it: everything but letters, digits and <c>-._~</c>.</summary>
internal static class PercentEncoding
{
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>Encodes a path, keeping its slashes.</summary>
    public static string EncodePath(string path) => Encode(path).Replace("%2F", "/", StringComparison.Ordinal);

    /// <summary>Decodes. A plus sign is a plus sign, not a space.</summary>
    public static string Decode(string text) => Uri.UnescapeDataString(text);
}
