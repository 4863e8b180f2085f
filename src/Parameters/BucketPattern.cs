using System;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Operations;
using OssPayment.Text;

namespace OssPayment.Parameters;

/// <summary>
/// A wildcard pattern of bucket names, and the literal part that the service can search by; and the rules that patterns
/// of resource pools share.
/// </summary>
internal sealed class BucketPattern
{
    /// <summary>What every bucket and every resource pool matches.</summary>
    internal const string Everything = "*";

    private static readonly char[] Wildcards = ['*', '?', '[', ']', '`'];

    private readonly WildcardPattern _pattern;

    /// <exception cref="OssRequestException">No bucket could have a name that begins so.</exception>
    internal BucketPattern(string text)
    {
        _pattern = Compile(text, BucketName.Invalid);

        // Wildcards ignore case, and buckets have none.
        Prefix = Ascii.ToLower(text.Substring(0, text.IndexOfAny(Wildcards)));
        BucketName.ThrowIfInvalidPrefix(Prefix);
    }

    internal string Prefix { get; }

    /// <summary>The literal prefix of a pattern, and whether a name matches.</summary>
    /// <exception cref="OssRequestException">It is not a valid pattern of bucket names.</exception>
    internal static (string Prefix, Func<string, bool> Matches) Parse(string text)
    {
        var pattern = new BucketPattern(text);
        return (pattern.Prefix, pattern.Matches);
    }

    /// <summary>Whether it is a pattern. An ARN, which may have wildcards before the bucket, is not one.</summary>
    internal static bool IsPattern(string text) => HasWildcard(text) && BucketName.NameIn(text) is null;

    /// <summary>Whether it has a wildcard, and so is a pattern of resource pools.</summary>
    internal static bool HasWildcard(string text) => text.IndexOfAny(Wildcards) >= 0;

    /// <param name="text">The pattern.</param>
    /// <param name="invalid">Creates the exception for a text that is not a pattern, from its message.</param>
    internal static WildcardPattern Compile(string text, Func<string, OssRequestException> invalid)
    {
        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
        try
        {
            // PowerShell reads a pattern when it is used for the first time.
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException)
        {
            throw invalid(
                $"'{Sanitizer.Sanitize(text, 80)}' is not a wildcard pattern. Close every bracket, as in log-[ab]*.");
        }
    }

    /// <summary>The refusal of a pattern where only names are accepted.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="command">The command to use, with <c>{0}</c> for the pattern.</param>
    internal static OssRequestException NotAccepted(string text, string command)
    {
        string pattern = Sanitizer.Sanitize(text, 80);

        // Advice is pasted: it has the pattern as it was typed, quoted, or there is no command.
        string advice = pattern == text
            ? $"Use: {command.Replace("{0}", $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'")}"
            : "Specify names.";
        return BucketName.Invalid($"'{pattern}' is a wildcard pattern, which this cmdlet does not accept. {advice}");
    }

    internal bool Matches(string bucket) => _pattern.IsMatch(bucket);
}
