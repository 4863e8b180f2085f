using OssPayment.Text;

namespace OssPayment.Operations;

/// <summary>The user IDs (UIDs) of requesters.</summary>
internal static class RequesterUid
{
    private const int MaximumLength = 64;

    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidRequester"/>.</exception>
    internal static void ThrowIfInvalid(string uid)
    {
        if (!IsValid(uid))
        {
            throw new OssRequestException(
                OssRequestError.InvalidRequester,
                $"'{Sanitizer.Sanitize(uid, 80)}' is not a valid user ID (UID). Use the numeric UID of the "
                + "requester, such as 202835923910178018.");
        }
    }

    /// <summary>Whether it has only digits, as OSS documents the IDs.</summary>
    internal static bool IsValid(string uid) =>
        uid.Length is > 0 and <= MaximumLength && Ascii.IsAll(uid, AsciiKinds.Digit);

    /// <summary>
    /// Whether it may be an ID in a response, where another form than digits is shown rather than refused.
    /// </summary>
    internal static bool IsReadable(string uid) =>
        uid.Length is > 0 and <= MaximumLength && Ascii.IsAll(uid, AsciiKinds.Name);
}
