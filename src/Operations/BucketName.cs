using OssPayment.Text;

namespace OssPayment.Operations;

/// <summary>The names that OSS allows for a bucket.</summary>
internal static class BucketName
{
    private const int MaximumLength = 63;

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidBucketName"/>.</exception>
    internal static void ThrowIfInvalid(string name)
    {
        if (!IsValid(name))
        {
            throw Invalid(
                $"'{Sanitizer.Sanitize(name, 80)}' is not a valid bucket name. Use 3 to 63 of a-z, 0-9 and '-', "
                + "neither first nor last a '-'.");
        }
    }

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidBucketName"/>.</exception>
    internal static void ThrowIfInvalidPrefix(string prefix)
    {
        bool isValid = prefix.Length <= MaximumLength
            && !(prefix.Length > 0 && prefix[0] == '-')
            && NameCharacters.AreOfHosts(prefix);
        if (!isValid)
        {
            throw Invalid(
                $"No bucket's name begins with '{Sanitizer.Sanitize(prefix, 80)}'. Bucket names have 3 to 63 of a-z, 0-9 "
                + "and '-', neither first nor last a '-'.");
        }
    }

    internal static bool IsValid(string name) =>
        name.Length is >= 3 and <= MaximumLength
        && name[0] != '-'
        && name[name.Length - 1] != '-'
        && NameCharacters.AreOfHosts(name);

    internal static OssRequestException Invalid(string message) => new(OssRequestError.InvalidBucketName, message);
}
