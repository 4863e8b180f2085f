using System;
using OssPayment.Signing;

namespace OssPayment.Client;

/// <summary>Credentials from the environment: one family of variables or the other, never a mixture.</summary>
internal static class EnvironmentCredentials
{
    private const string OssToken = "OSS_SESSION_TOKEN";
    private const string CloudToken = "ALIBABA_CLOUD_SECURITY_TOKEN";

    /// <summary>
    /// How the access key ids of temporary credentials begin; OSS takes none of them without its token.
    /// </summary>
    private const string TemporaryPrefix = "STS.";

    /// <exception cref="OssRequestException"><see cref="OssRequestError.CredentialsNotFound"/>.</exception>
    internal static OssCredentials Read() =>
        ReadFamily("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", OssToken, CloudToken)
        ?? ReadFamily("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", CloudToken, OssToken)
        ?? throw NotFound(
            "The environment holds no credentials. Set the environment variables OSS_ACCESS_KEY_ID and "
            + "OSS_ACCESS_KEY_SECRET, and OSS_SESSION_TOKEN for temporary credentials.");

    private static OssCredentials? ReadFamily(
        string idVariable, string secretVariable, string tokenVariable, string otherTokenVariable)
    {
        string? id = ReadVariable(idVariable);
        string? secret = ReadVariable(secretVariable);
        if (id is null && secret is null)
        {
            return null;
        }

        var credentials = new OssCredentials(
            id ?? throw Missing(idVariable, secretVariable),
            secret ?? throw Missing(secretVariable, idVariable),
            ReadVariable(tokenVariable));
        return credentials.SecurityToken is null && id.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
            ? throw WithoutToken(idVariable, tokenVariable, otherTokenVariable)
            : credentials;
    }

    private static string? ReadVariable(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        // All three are made of visible ASCII; a header must carry two of them, and a stray line break would end it.
        foreach (char c in value)
        {
            if (c is <= ' ' or > '~')
            {
                throw NotFound(
                    $"The environment variable {name} holds a blank, a line break or another character that no "
                    + $"credential has. Set {name} again without it.");
            }
        }

        return IsQuotationMark(value[0]) || IsQuotationMark(value[value.Length - 1])
            ? throw NotFound(
                $"The environment variable {name} begins or ends with a quotation mark, which no credential does. "
                + "Environment files of containers keep the quotation marks that are written around a value. Set "
                + $"{name} again without them.")
            : value;
    }

    private static bool IsQuotationMark(char c) => c is '"' or '\'' or '`';

    private static OssRequestException WithoutToken(string idVariable, string tokenVariable, string otherTokenVariable)
    {
        bool isOtherSet = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(otherTokenVariable));
        string other = isOtherSet
            ? $" {otherTokenVariable} is set, and belongs to the other family of variables: the families are never mixed."
            : "";
        return NotFound(
            $"The access key id in the environment variable {idVariable} is that of temporary credentials, because it "
            + $"begins with {TemporaryPrefix}, and {tokenVariable} is not set. Set {tokenVariable} to the token that was "
            + $"issued with the id.{other}");
    }

    private static OssRequestException Missing(string missing, string present) => NotFound(
        $"The environment variable {present} is set and {missing} is not. Set both, or neither to use the other family "
        + "of variables: the families (OSS_…, ALIBABA_CLOUD_…) are never mixed.");

    private static OssRequestException NotFound(string message) =>
        new(OssRequestError.CredentialsNotFound, message);
}
