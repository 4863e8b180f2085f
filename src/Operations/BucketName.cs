using System.Text.RegularExpressions;
using OssPayment.Text;

namespace OssPayment.Operations;

/// <summary>The names that OSS allows for a bucket.</summary>
internal static class BucketName
{
    private const int MaximumLength = 63;

    /// <summary>A bucket's address as other tools write it: of ossutil, a host of OSS's, a URL or an ARN.</summary>
    private static readonly Regex Address = new(
        @"\A(?:oss://(?<name>[^/]+)|acs:oss:[^:/]*:[^:/]*:(?<name>[^/]+)|(?<name>[^/]+)(?=/\z)"
        + @"|(?:https?://)?(?<name>[^./]+)\.(?:oss-[a-z0-9-]+|[a-z0-9-]+\.oss)\.aliyuncs\.com)(?:/.*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidBucketName"/>.</exception>
    internal static void ThrowIfInvalid(string name)
    {
        if (!IsValid(name))
        {
            string advice = NameIn(name) is { } bucket
                ? $"Use the name alone: {bucket}."
                : "Use 3 to 63 of a-z, 0-9 and '-', neither first nor last a '-'.";
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
                $"No bucket's name begins with '{Sanitizer.Sanitize(prefix, 80)}'. Bucket names have 3 to 63 of a-z, "
                + "0-9 and '-', neither first nor last a '-'.");
        }
    }

    internal static bool IsValid(string name) =>
        name.Length is >= 3 and <= MaximumLength
        && name[0] != '-'
        && name[name.Length - 1] != '-'
        && Ascii.IsAll(name, AsciiKinds.Host);

    /// <summary>The name in a bucket's address; null where it is none.</summary>
    internal static string? NameIn(string address)
    {
        string name = Address.Match(address).Groups["name"].Value;
        return IsValid(name) ? name : null;
    }

    internal static OssRequestException Invalid(string message) => new(OssRequestError.InvalidBucketName, message);
}
