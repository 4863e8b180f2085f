using System.Management.Automation;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>A wildcard pattern of bucket names, and the literal part that the service can search by.</summary>
internal sealed class BucketPattern
{
    /// <summary>What every bucket matches.</summary>
    internal const string Everything = "*";

    private static readonly char[] Wildcards = ['*', '?', '[', ']', '`'];

    private readonly WildcardPattern _pattern;

    /// <exception cref="OssRequestException">No bucket could have a name that begins so.</exception>
    internal BucketPattern(string text)
    {
        _pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
        try
        {
            // PowerShell reads a pattern when it is used for the first time.
            _pattern.IsMatch("");
        }
        catch (WildcardPatternException)
        {
            throw BucketName.Invalid($"'{Printable.Clean(text, 80)}' is no wildcard pattern.", "Close every bracket: log-[ab]*.");
        }

        // Wildcards ignore case, and buckets have none.
        Prefix = AsciiText.ToLower(text.Substring(0, text.IndexOfAny(Wildcards)));
        BucketName.RequirePrefix(Prefix);
    }

    internal string Prefix { get; }

    internal static bool IsPattern(string text) => text.IndexOfAny(Wildcards) >= 0;

    internal bool Matches(string bucket) => _pattern.IsMatch(bucket);
}
