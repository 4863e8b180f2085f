using System;

namespace OssPayment.Text;

/// <summary>The kinds of ASCII characters, and the sets of them that names and headers are made of.</summary>
[Flags]
internal enum AsciiKinds
{
    None = 0,
    Digit = 1,
    Lower = 2,
    Upper = 4,
    Hyphen = 8,
    Underscore = 16,
    Dot = 32,
    Tilde = 64,
    Slash = 128,
    OtherVisible = 256,
    Space = 512,

    /// <summary>Letters and digits.</summary>
    Alphanumeric = Digit | Lower | Upper,

    /// <summary>Labels of host names, and bucket names.</summary>
    Host = Digit | Lower | Hyphen,

    /// <summary>OSS identifiers that have no documented grammar.</summary>
    Name = Alphanumeric | Hyphen | Underscore,

    /// <summary>The unreserved characters of RFC 3986.</summary>
    Unreserved = Name | Dot | Tilde,

    /// <summary>Values of headers: no space, and nothing that would end a header.</summary>
    Visible = Unreserved | Slash | OtherVisible,

    Printable = Visible | Space,
}

/// <summary>Tests and conversions of ASCII characters, which do not depend on Unicode's rules.</summary>
internal static class Ascii
{
    internal static bool Is(char c, AsciiKinds kinds) => (KindOf(c) & kinds) != 0;

    /// <summary>Whether the text has only characters of these kinds; true if it is empty.</summary>
    internal static bool IsAll(string text, AsciiKinds kinds)
    {
        foreach (char c in text)
        {
            if (!Is(c, kinds))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The lower-case letter. By Unicode's rules, that of a Kelvin sign would be a k.</summary>
    internal static char ToLower(char c) => Is(c, AsciiKinds.Upper) ? (char)(c | 0x20) : c;

    internal static string ToLower(string text) => IsAll(text, AsciiKinds.Printable)
        ? text.ToLowerInvariant()
        : new(Array.ConvertAll(text.ToCharArray(), ToLower));

    private static AsciiKinds KindOf(char c) => c switch
    {
        >= 'a' and <= 'z' => AsciiKinds.Lower,
        >= '0' and <= '9' => AsciiKinds.Digit,
        >= 'A' and <= 'Z' => AsciiKinds.Upper,
        '-' => AsciiKinds.Hyphen,
        '_' => AsciiKinds.Underscore,
        '.' => AsciiKinds.Dot,
        '~' => AsciiKinds.Tilde,
        '/' => AsciiKinds.Slash,
        ' ' => AsciiKinds.Space,
        > ' ' and < '~' => AsciiKinds.OtherVisible,
        _ => AsciiKinds.None,
    };
}
