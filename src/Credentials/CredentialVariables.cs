using System;
using System.Linq;
using OssPayment.Text;

namespace OssPayment.Credentials;

/// <summary>
/// The environment variables for credentials and their sources, and the only place where they are read.
/// </summary>
internal static class CredentialVariables
{
    internal const string OssAccessKeyId = "OSS_ACCESS_KEY_ID";
    internal const string OssAccessKeySecret = "OSS_ACCESS_KEY_SECRET";
    internal const string OssToken = "OSS_SESSION_TOKEN";

    internal const string CloudAccessKeyId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    internal const string CloudAccessKeySecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    internal const string CloudToken = "ALIBABA_CLOUD_SECURITY_TOKEN";

    internal const string RoleArn = "ALIBABA_CLOUD_ROLE_ARN";
    internal const string OidcProviderArn = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
    internal const string OidcTokenFile = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
    internal const string RoleSessionName = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
    internal const string StsRegion = "ALIBABA_CLOUD_STS_REGION";
    internal const string VpcEndpoint = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";

    internal const string EcsRole = "ALIBABA_CLOUD_ECS_METADATA";
    internal const string EcsDisabled = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    internal const string PlainEcsDisabled = "ALIBABA_CLOUD_IMDSV1_DISABLED";

    internal const string Uri = "ALIBABA_CLOUD_CREDENTIALS_URI";

    /// <summary>The current value of the variable, as it is; null if it is not set, or empty.</summary>
    internal static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The value of a variable that has only visible ASCII; null if it is not set, or empty.</summary>
    /// <param name="name">The name of the variable.</param>
    /// <param name="error">The error if the value is not valid.</param>
    /// <exception cref="OssRequestException">It has another character, or is in quotation marks.</exception>
    internal static string? ReadVisible(
        string name, OssRequestError error = OssRequestError.CredentialSourceFailed) =>
        Read(name) is not { } value ? null
        : !Ascii.IsAll(value, AsciiKinds.Visible) ? throw Invalid(
            error, name, $"contains a space, line break or other invalid character. Set {name} again without it.")
        : Unquoted(name, value, error);

    /// <summary>The value of a variable that is a path or a URI; null if it is not set, or empty.</summary>
    /// <exception cref="OssRequestException">It has a line break, or is in quotation marks or spaces.</exception>
    internal static string? ReadText(string name) =>
        Read(name) is not { } value ? null
        : value != value.Trim() || value.Any(char.IsControl) ? throw Invalid(
            OssRequestError.CredentialSourceFailed,
            name,
            $"begins or ends with a space, or contains a line break or other control character. Set {name} again "
            + "without it.")
        : Unquoted(name, value, OssRequestError.CredentialSourceFailed);

    /// <summary>Whether a switch is set to <c>true</c>. Any other value is an error.</summary>
    /// <exception cref="OssRequestException">It is neither true nor false, in any case of letters.</exception>
    internal static bool IsTrue(string name) => ReadVisible(name)?.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" or null => false,
        _ => throw Invalid(
            OssRequestError.CredentialSourceFailed,
            name,
            $"is '{Sanitizer.Sanitize(Read(name)!, 80)}', which is neither true nor false. Set it to one of them."),
    };

    private static string Unquoted(string name, string value, OssRequestError error) =>
        IsQuotationMark(value[0]) || IsQuotationMark(value[value.Length - 1])
            ? throw Invalid(
                error,
                name,
                "begins or ends with a quotation mark, which is not part of the value. Environment files of containers "
                + $"keep the quotation marks around a value. Set {name} again without them.")
            : value;

    /// <param name="error">The error.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="what">What is wrong, and what to do, after the name.</param>
    internal static OssRequestException Invalid(OssRequestError error, string name, string what) =>
        new(error, $"The environment variable {name} {what}");

    private static bool IsQuotationMark(char c) => c is '"' or '\'' or '`';
}
