using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Operations;
using OssPayment.Text;

namespace OssPayment.Parameters;

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
            throw BucketName.Invalid(
                $"'{Sanitizer.Sanitize(text, 80)}' is not a wildcard pattern. Close every bracket, as in log-[ab]*.");
        }

        // Wildcards ignore case, and buckets have none.
        Prefix = Ascii.ToLower(text.Substring(0, text.IndexOfAny(Wildcards)));
        BucketName.ThrowIfInvalidPrefix(Prefix);
    }

    internal string Prefix { get; }

    /// <summary>Whether it is a pattern. An ARN, which may have wildcards before the bucket, is not one.</summary>
    internal static bool IsPattern(string text) => text.IndexOfAny(Wildcards) >= 0 && BucketName.NameIn(text) is null;

    /// <summary>The refusal of a pattern where names alone are taken.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="command">The pipeline that does what was meant, with <c>{0}</c> for the pattern.</param>
    internal static OssRequestException NotTaken(string text, string command)
    {
        string pattern = Sanitizer.Sanitize(text, 80);

        // Advice is pasted: it repeats what was typed, quoted, or names no command at all.
        string advice = pattern == text
            ? $": {command.Replace("{0}", $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'")}"
            : ", name by name.";
        return BucketName.Invalid(
            $"'{pattern}' is a pattern, and what changes something takes names alone. Pipe what you mean{advice}");
    }

    internal bool Matches(string bucket) => _pattern.IsMatch(bucket);
}
