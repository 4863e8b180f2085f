using System.Text.RegularExpressions;
using OssPayment.Text;

namespace OssPayment.Operations;

/// <summary>The names that OSS allows for a bucket.</summary>
internal static class BucketName
{
    private const int MaximumLength = 63;
    private const string Rules = "3 to 63 characters: a-z, 0-9 and '-', not starting or ending with '-'";

    /// <summary>A bucket's address as other tools write it: for ossutil, as a host name, a URL or an ARN.</summary>
    private static readonly Regex Address = new(
        @"\A(?:oss://(?<name>[^/]+)|acs:oss:[^:/]*:[^:/]*:(?<name>[^/]+)|(?<name>[^/]+)(?=/\z)"
        + @"|(?:https?://)?(?<name>[^./]+)\.(?:oss-[a-z0-9-]+|[a-z0-9-]+\.oss)\.aliyuncs\.com)(?:/.*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidBucketName"/>.</exception>
    internal static void ThrowIfInvalid(string name)
    {
        if (!IsValid(name))
        {
            string advice = NameIn(name) is { } bucket ? $"Use only the name: {bucket}."
                : Ascii.ToLower(name) is var lower && IsValid(lower) ? $"Names have no capital letters. Use {lower}."
                : $"Use {Rules}.";
            throw Invalid($"'{Sanitizer.Sanitize(name, 80)}' is not a valid bucket name. {advice}");
        }
    }

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidBucketName"/>.</exception>
    internal static void ThrowIfInvalidPrefix(string prefix)
    {
        bool isValid = prefix.Length <= MaximumLength
            && !(prefix.Length > 0 && prefix[0] == '-')
            && Ascii.IsAll(prefix, AsciiKinds.Host);
        if (!isValid)
        {
            throw Invalid(
                $"No bucket name begins with '{Sanitizer.Sanitize(prefix, 80)}'. Use {Rules}.");
        }
    }

    internal static bool IsValid(string name) =>
        name.Length is >= 3 and <= MaximumLength
        && name[0] != '-'
        && name[name.Length - 1] != '-'
        && Ascii.IsAll(name, AsciiKinds.Host);

    /// <summary>The name in a bucket's address; null for other texts.</summary>
    internal static string? NameIn(string address)
    {
        string name = Address.Match(address).Groups["name"].Value;
        return IsValid(name) ? name : null;
    }

    internal static OssRequestException Invalid(string message) => new(OssRequestError.InvalidBucketName, message);
}
