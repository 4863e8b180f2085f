using System;
using OssPayment.Text;

namespace OssPayment.Endpoints;

/// <summary>Region ids: <c>cn-hangzhou</c>, also written <c>oss-cn-hangzhou</c>.</summary>
internal static class OssRegion
{
    private const string OssPrefix = "oss-";
    private const int MaximumLength = 40;

    /// <summary>The region id, without the prefix and as the vendor's table has it.</summary>
    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidRegion"/>.</exception>
    internal static string Parse(string text) => TryParse(text) ?? throw Invalid(text);

    /// <summary>The same; null where the text is not a region.</summary>
    internal static string? TryParse(string text)
    {
        string region = Ascii.ToLower(text.Trim());
        if (region.StartsWith(OssPrefix, StringComparison.Ordinal))
        {
            region = region.Substring(OssPrefix.Length);
        }

        return IsValid(region) ? KnownRegions.IdOf(region) : null;
    }

    private static OssRequestException Invalid(string text)
    {
        string suggestion = KnownRegions.Suggest(text);
        return new OssRequestException(
            OssRequestError.InvalidRegion,
            $"'{Sanitizer.Sanitize(text, 80)}' is not a valid region. {(suggestion.Length > 0 ? suggestion + " " : "")}"
            + "Use a region id such as cn-hangzhou. For the internal endpoint, also use -EndpointType Internal.");
    }

    internal static bool IsValid(string region) =>
        region.Length is >= 2 and <= MaximumLength
        && region[0] != '-'
        && region[region.Length - 1] != '-'
        && !region.StartsWith(OssPrefix, StringComparison.Ordinal)
        && region != "accelerate" && !region.StartsWith("accelerate-", StringComparison.Ordinal)
        && !region.EndsWith("-internal", StringComparison.Ordinal)
        && Ascii.IsAll(region, AsciiKinds.Host);
}
