using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using OssPayment.Emulator.Operations;

namespace OssPayment.Emulator.Signing;

/// <summary>
/// The parts of an <c>Authorization</c> header of signature V4. The numbers are those of the vendor's pages about them,
/// which the README lists.
/// </summary>
internal sealed partial record AuthorizationHeader(
    string KeyId,
    string Date,
    string Region,
    IReadOnlyList<string> AdditionalHeaders,
    string Signature)
{
    private const string CredentialField = "Credential";
    private const string SignatureField = "Signature";
    private const string AdditionalHeadersField = "AdditionalHeaders";

    private static readonly string[] Fields = [CredentialField, AdditionalHeadersField, SignatureField];

    public static AuthorizationHeader Parse(string value)
    {
        string[] parts = value.Split(' ', 2);
        if (parts[0] == "OSS")
        {
            throw ServiceErrors.SignatureV1();
        }

        if (parts[0] != SignatureVerifier.Algorithm || parts.Length < 2)
        {
            throw Invalid("0002-00000061");
        }

        Dictionary<string, string> fields = ParseFields(parts[1]);
        string signature = fields.GetValueOrDefault(SignatureField) ?? throw Invalid("0002-00000207");
        string[] credential = ParseCredential(
            fields.GetValueOrDefault(CredentialField) ?? throw Invalid("0002-00000205"));
        return new AuthorizationHeader(
            credential[0],
            credential[1],
            credential[2],
            ParseAdditionalHeaders(fields.GetValueOrDefault(AdditionalHeadersField)),
            signature.Length > 0 ? signature : throw Invalid("0002-00000208"));
    }

    // The vendor's page has a space after each comma. Its SDK for Python (2.19) sends it, with AdditionalHeaders last.
    private static Dictionary<string, string> ParseFields(string text)
    {
        string[] pairs = text.Split(',', StringSplitOptions.TrimEntries);
        if (pairs.Length is not (2 or 3))
        {
            throw Invalid("0002-00000202");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] pair in pairs.Select(pair => pair.Split('=', 2)))
        {
            if (pair.Length < 2)
            {
                throw Invalid("0002-00000203");
            }

            if (!Fields.Contains(pair[0]) || !fields.TryAdd(pair[0], pair[1]))
            {
                throw Invalid("0002-00000204");
            }
        }

        return fields;
    }

    /// <summary>The id of the access key, the date and the region.</summary>
    private static string[] ParseCredential(string credential)
    {
        string[] parts = credential.Split('/');
        if (parts.Length != 5 || parts[4] != SignatureVerifier.Terminator)
        {
            throw Invalid("0002-00000213");
        }

        if (!KeyIdPattern().IsMatch(parts[0]))
        {
            throw Invalid("0002-00000206");
        }

        if (!DatePattern().IsMatch(parts[1]))
        {
            throw ServiceErrors.InvalidAuthorization("Invalid signing date in Authorization header.", "0002-00000212");
        }

        return parts[3] == SignatureVerifier.Product
            ? parts
            : throw ServiceErrors.InvalidAuthorization(
                "Invalid signing product in Authorization header.", "0002-00000227");
    }

    private static string[] ParseAdditionalHeaders(string? text)
    {
        if (text is null)
        {
            return [];
        }

        string[] names = text.Split(';');
        bool isSorted = names.SequenceEqual(names.Order(StringComparer.Ordinal).Distinct());
        return text.Length == 0 ? throw Invalid("0002-00000209")
            : names.All(NamePattern().IsMatch) && isSorted && !names.Any(SignatureVerifier.IsAlwaysSigned) ? names
            : throw Invalid("0002-00000210");
    }

    private static ServiceException Invalid(string ec) =>
        ServiceErrors.InvalidAuthorization("Authorization header is invalid.", ec);

    [GeneratedRegex("^[!-~]+\\z")]
    private static partial Regex KeyIdPattern();

    [GeneratedRegex("^[0-9]{8}\\z")]
    private static partial Regex DatePattern();

    [GeneratedRegex("^[a-z0-9_-]+\\z")]
    private static partial Regex NamePattern();
}
