using OssPayment.Text;

namespace OssPayment.Operations;

/// <summary>The account ids (UIDs) by which OSS knows requesters.</summary>
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
                $"'{Sanitizer.Sanitize(uid, 80)}' is not a requester's account id (UID), which has digits alone. Give "
                + "the number that the requester's Alibaba Cloud account shows as its account id, "
                + "such as 1234567890123456.");
        }
    }

    /// <summary>Whether it is digits, as OSS documents the ids.</summary>
    internal static bool IsValid(string uid) =>
        uid.Length is > 0 and <= MaximumLength && Ascii.IsAll(uid, AsciiKinds.Digit);

    /// <summary>
    /// Whether it could be an id in an answer, where one of another form is shown rather than refused.
    /// </summary>
    internal static bool IsReadable(string uid) =>
        uid.Length is > 0 and <= MaximumLength && Ascii.IsAll(uid, AsciiKinds.Name);
}
