namespace OssPayment.Text;

/// <summary>What names are made of, as far as this module lets pass.</summary>
internal static class NameCharacters
{
    /// <summary>
    /// For OSS's identifiers that have no documented grammar: letters, digits, <c>-</c> and <c>_</c>. What could be a
    /// slip of the pen does not pass.
    /// </summary>
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

    /// <summary>Whether it has only the characters of host names: a-z, 0-9 and '-'.</summary>
    internal static bool AreOfHosts(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
