using System;
using OssPayment.Signing;

namespace OssPayment.Client;

/// <summary>Credentials from the environment: one family of variables or the other, never a mixture.</summary>
internal static class EnvironmentCredentials
{
    /// <exception cref="OssRequestException"><see cref="OssRequestError.CredentialsNotFound"/>.</exception>
    internal static OssCredentials Read() =>
        ReadFamily("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", "OSS_SESSION_TOKEN")
        ?? ReadFamily("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN")
        ?? throw NotFound(
            "The environment holds no credentials. Set the environment variables OSS_ACCESS_KEY_ID and "
            + "OSS_ACCESS_KEY_SECRET, and OSS_SESSION_TOKEN for temporary credentials.");

    private static OssCredentials? ReadFamily(string idVariable, string secretVariable, string tokenVariable)
    {
        string? id = ReadVariable(idVariable);
        string? secret = ReadVariable(secretVariable);
        if (id is null && secret is null)
        {
            return null;
        }

        return new OssCredentials(
            id ?? throw Missing(idVariable, secretVariable),
            secret ?? throw Missing(secretVariable, idVariable),
            ReadVariable(tokenVariable));
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

        return value;
    }

    private static OssRequestException Missing(string missing, string present) => NotFound(
        $"The environment variable {present} is set and {missing} is not. Set both, or neither to use the other family "
        + "of variables: the families (OSS_…, ALIBABA_CLOUD_…) are never mixed.");

    private static OssRequestException NotFound(string message) =>
        new(OssRequestError.CredentialsNotFound, message);
}
