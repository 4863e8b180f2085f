using OssPayment.Text;

namespace OssPayment.Operations;

/// <summary>The names of resource pools.</summary>
internal static class ResourcePoolName
{
    private const int MaximumLength = 128;

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidResourcePool"/>.</exception>
    internal static void ThrowIfInvalid(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Invalid(
                "The resource pool name is empty. Specify a name, remove empty lines and rows, and pipe only objects "
                + "with a resource pool.");
        }

        if (!IsValid(name))
        {
            throw Invalid(
                $"'{Sanitizer.Sanitize(name, 80)}' is not a valid resource pool name. Use the name that the OSS "
                + "console shows: letters, digits, '-' and '_'.");
        }
    }

    internal static OssRequestException Invalid(string message) => new(OssRequestError.InvalidResourcePool, message);

    internal static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength && Ascii.IsAll(name, AsciiKinds.Name);
}
