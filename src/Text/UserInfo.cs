using System;
using System.Text.RegularExpressions;

namespace OssPayment.Text;

/// <summary>User and password in a URL as people write them: with characters that would end them.</summary>
internal static class UserInfo
{
    /// <summary>What precedes the last @ of a URL, after its scheme.</summary>
    private static readonly Regex Part =
        new(@"(?<=\A[A-Za-z][A-Za-z0-9+.-]*://).*(?=@)", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>What is not part of a user info, and a percent sign that does not start an escape.</summary>
    private static readonly Regex Unescaped =
        new(@"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~%:!$&'()*+,;=-]+", RegexOptions.CultureInvariant);

    /// <summary>The same URL with its user info escaped: it ends at the last @.</summary>
    internal static string Escape(string url) => Part.Replace(
        url, static part => Unescaped.Replace(part.Value, static text => Uri.EscapeDataString(text.Value)), 1);
}
