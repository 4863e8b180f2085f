namespace OssPayment.Client;

/// <summary>The names of resource pools.</summary>
internal static class ResourcePoolName
{
    private const int MaximumLength = 128;

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidResourcePool"/>.</exception>
    internal static void Require(string name)
    {
        if (!NameCharacters.AreAll(name, MaximumLength))
        {
            throw new OssRequestException(
                OssRequestError.InvalidResourcePool,
                $"'{Printable.Clean(name, 80)}' is no resource pool's name.",
                "Give the name as OSS's console shows it: letters, digits, '-' and '_'.");
        }
    }
}
