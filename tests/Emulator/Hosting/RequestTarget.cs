using System;

namespace OssPayment.Emulator.Hosting;

/// <summary>A request target in its parts, none of them decoded. Only the absolute form has an authority.</summary>
internal sealed record RequestTarget(string? Authority, string Path, string Query)
{
    public static RequestTarget Read(string rawTarget)
    {
        string? authority = null;
        string rest = rawTarget;
        int scheme = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (!rawTarget.StartsWith('/') && scheme > 0)
        {
            string afterScheme = rawTarget[(scheme + 3)..];
            int end = afterScheme.IndexOfAny(['/', '?']);
            authority = end < 0 ? afterScheme : afterScheme[..end];
            rest = end < 0 ? "" : afterScheme[end..];
        }

        string[] parts = rest.Split('?', 2);
        return new RequestTarget(authority, parts[0].Length == 0 ? "/" : parts[0], parts.Length == 2 ? parts[1] : "");
    }
}
