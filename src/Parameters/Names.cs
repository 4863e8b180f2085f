using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Names from files: spaces around a name are not part of it.</summary>
internal static class Names
{
    /// <summary>
    /// Stands for an empty name, because the message of PowerShell about an empty string does not help.
    /// </summary>
    internal const string Blank = " ";

    /// <summary>Spaces, tabs, the rest of a CRLF, and the no-break space of spreadsheets.</summary>
    private static readonly char[] Blanks = [' ', '\t', '\r', '\u00A0'];

    internal static bool IsBlank(string name) => name == Blank;

    /// <summary>Whether a value is a name or a list of names, and no other object.</summary>
    internal static bool AreNames(object? value) => RawValue.Unwrap(value) switch
    {
        IList list => list.Cast<object?>().Select(RawValue.Unwrap).All(IsName),
        var one => IsName(one),
    };

    internal static bool IsName(object? value) => value is null or string or ValueType;

    /// <summary>Refuses an object, so that PowerShell looks for the name in its properties.</summary>
    internal static ArgumentTransformationMetadataException Refusal(string message) =>
        new(message, new PSInvalidCastException(message));

    /// <summary>Trims the strings in the value of a parameter; other values stay as they are.</summary>
    internal static object? Read(object? value) => RawValue.Unwrap(value) switch
    {
        null => Blank,
        string text => Trim(text),
        IList list =>
            list.Cast<object?>().Select(item => RawValue.Unwrap(item) is null or string ? Read(item) : item).ToArray(),
        _ => value,
    };

    internal static string Trim(string text) => text.Trim(Blanks) is { Length: > 0 } name ? name : Blank;
}
