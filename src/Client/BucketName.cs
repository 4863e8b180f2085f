namespace OssPayment.Client;

/// <summary>The names that OSS allows for a bucket.</summary>
internal static class BucketName
{
    private const int MaximumLength = 63;

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidBucketName"/>.</exception>
    internal static void Require(string name)
    {
        if (!IsValid(name))
        {
            throw Invalid($"'{Printable.Clean(name, 80)}' is no bucket name.");
        }
    }

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidBucketName"/>.</exception>
    internal static void RequirePrefix(string prefix)
    {
        if (prefix.Length > MaximumLength || (prefix.Length > 0 && prefix[0] == '-') || !NameCharacters.AreOfHosts(prefix))
        {
            throw Invalid($"No bucket's name begins with '{Printable.Clean(prefix, 80)}'.");
        }
    }

    internal static bool IsValid(string name) =>
        name.Length is >= 3 and <= MaximumLength && name[0] != '-' && name[name.Length - 1] != '-' && NameCharacters.AreOfHosts(name);

    internal static OssRequestException Invalid(
        string message,
        string recommendedAction = "A bucket's name has 3 to 63 of a-z, 0-9 and '-', and neither starts nor ends with '-'.") =>
        new(OssRequestError.InvalidBucketName, message, recommendedAction);
}
