using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using OssPayment.Emulator.Operations;

namespace OssPayment.Emulator.Signing;

/// <summary>The parts of an <c>Authorization</c> header of signature V4, parsed strictly.</summary>
internal sealed partial record AuthorizationHeader(
    string KeyId,
    string Date,
    string Region,
    IReadOnlyList<string> AdditionalHeaders,
    string Signature)
{
    public static AuthorizationHeader Parse(string value)
    {
        Match match = Pattern().Match(value);
        if (!match.Success)
        {
            throw ServiceErrors.InvalidAuthorization("Authorization header is invalid.", "0002-00000063");
        }

        if (match.Groups["product"].Value != SignatureVerifier.Product)
        {
            throw ServiceErrors.InvalidAuthorization(
                "Invalid signing product in Authorization header.", "0002-00000227");
        }

        if (!DatePattern().IsMatch(match.Groups["date"].Value))
        {
            throw ServiceErrors.InvalidAuthorization("Invalid signing date in Authorization header.", "0002-00000212");
        }

        string[] additional = match.Groups["additional"].Value.Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (!additional.SequenceEqual(additional.Order(StringComparer.Ordinal).Distinct())
            || additional.Any(SignatureVerifier.IsAlwaysSigned))
        {
            throw ServiceErrors.InvalidAuthorization(
                "Invalid additional headers in Authorization header.", "0002-00000210");
        }

        return new AuthorizationHeader(
            match.Groups["id"].Value,
            match.Groups["date"].Value,
            match.Groups["region"].Value,
            additional,
            match.Groups["signature"].Value);
    }

    [GeneratedRegex(
        "^OSS4-HMAC-SHA256 Credential=(?<id>[^/,= ]+)/(?<date>[^/,]+)/(?<region>[^/,]+)/(?<product>[^/,]+)"
        + "/aliyun_v4_request(,AdditionalHeaders=(?<additional>[a-z0-9;-]+))?,Signature=(?<signature>[0-9a-f]{64})\\z")]
    private static partial Regex Pattern();

    [GeneratedRegex("^[0-9]{8}\\z")]
    private static partial Regex DatePattern();
}
