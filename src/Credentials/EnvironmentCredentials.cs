using System;
using OssPayment.Signing;

namespace OssPayment.Credentials;

/// <summary>Credentials from the environment: one family of variables or the other, never a mixture.</summary>
internal static class EnvironmentCredentials
{
    /// <summary>
    /// The beginning of the access key IDs of temporary credentials, which OSS accepts only with their token.
    /// </summary>
    private const string TemporaryPrefix = "STS.";

    /// <returns>Null if neither family is set.</returns>
    /// <exception cref="OssRequestException">
    /// One is incomplete or not valid: <see cref="OssRequestError.CredentialsNotFound"/>.
    /// </exception>
    internal static FixedCredentials? Find() =>
        FindFamily(
            CredentialVariables.OssAccessKeyId,
            CredentialVariables.OssAccessKeySecret,
            CredentialVariables.OssToken,
            CredentialVariables.CloudToken)
        ?? FindFamily(
            CredentialVariables.CloudAccessKeyId,
            CredentialVariables.CloudAccessKeySecret,
            CredentialVariables.CloudToken,
            CredentialVariables.OssToken);

    internal static OssRequestException NotFound(string message) =>
        new(OssRequestError.CredentialsNotFound, message);

    private static FixedCredentials? FindFamily(
        string idVariable, string secretVariable, string tokenVariable, string otherTokenVariable)
    {
        string? id = ReadVisible(idVariable);
        string? secret = ReadVisible(secretVariable);
        if (id is null && secret is null)
        {
            return null;
        }

        var credentials = new OssCredentials(
            id ?? throw Missing(idVariable, secretVariable),
            secret ?? throw Missing(secretVariable, idVariable),
            ReadVisible(tokenVariable));
        return credentials.SecurityToken is null && id.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
            ? throw WithoutToken(idVariable, tokenVariable, otherTokenVariable)
            : new FixedCredentials(credentials);
    }

    // Two of the three are sent in headers, which a line break would end.
    private static string? ReadVisible(string name) =>
        CredentialVariables.ReadVisible(name, OssRequestError.CredentialsNotFound);

    private static OssRequestException WithoutToken(string idVariable, string tokenVariable, string otherTokenVariable)
    {
        bool isOtherSet = CredentialVariables.Read(otherTokenVariable) is not null;
        string other = isOtherSet
            ? $" {otherTokenVariable} is set, but belongs to the other family of variables. The families are "
                + "never mixed."
            : "";
        return NotFound(
            $"The access key ID in the environment variable {idVariable} begins with {TemporaryPrefix}, so it belongs "
            + $"to temporary credentials, but {tokenVariable} is not set. Set {tokenVariable} to the token that was "
            + $"issued with the ID.{other}");
    }

    private static OssRequestException Missing(string missing, string present) => NotFound(
        $"The environment variable {present} is set, but {missing} is not. Set both, or neither to use the other "
        + "family of variables. The families (OSS_…, ALIBABA_CLOUD_…) are never mixed.");
}
