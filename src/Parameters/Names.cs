using System.Collections;
using System.Linq;

namespace OssPayment.Parameters;

/// <summary>Names as files bring them: blanks around one are not part of it.</summary>
internal static class Names
{
    /// <summary>
    /// What stands for a blank, because PowerShell refuses an empty text and null in words of its own.
    /// </summary>
    internal const string Blank = " ";

    /// <summary>Spaces, tabs, the rest of a CRLF, and the no-break space of spreadsheets.</summary>
    private static readonly char[] Blanks = [' ', '\t', '\r', '\u00A0'];

    internal static bool IsBlank(string name) => name == Blank;

    /// <summary>A value of a parameter for names, with each text among it read; anything else stays as it is.</summary>
    internal static object? Read(object? given) => Given.Unwrap(given) switch
    {
        null => Blank,
        string text => Trim(text),
        IList list =>
            list.Cast<object?>().Select(item => Given.Unwrap(item) is null or string ? Read(item) : item).ToArray(),
        _ => given,
    };

    internal static string Trim(string text) => text.Trim(Blanks) is { Length: > 0 } name ? name : Blank;
}
