namespace OssPayment.Client;

/// <summary>What OSS's identifiers that have no documented grammar are made of, as far as this module lets pass.</summary>
internal static class NameCharacters
{
    /// <summary>Letters, digits, <c>-</c> and <c>_</c>: what could be a slip of the pen does not pass.</summary>
    internal static bool AreAll(string text, int maximumLength)
    {
        if (text.Length == 0 || text.Length > maximumLength)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
