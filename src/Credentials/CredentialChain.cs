using System;
using System.Linq;
using System.Net;
using OssPayment.Endpoints;
using OssPayment.Text;
using OssPayment.Transport;

namespace OssPayment.Credentials;

/// <summary>Selects the source of credentials: only the first one that the environment names.</summary>
/// <remarks>
/// The order is that of the vendor's credentials libraries, without their configuration files. No source, such as the
/// metadata service, is contacted unless a variable selects it.
/// </remarks>
internal static class CredentialChain
{
    private const string DefaultSessionName = "OssPayment";

    /// <summary>The fixed address of the metadata service of ECS, which no option changes.</summary>
    private static readonly Uri MetadataService = new("http://100.100.100.200");

    private const int MaximumRoleLength = 64;

    private const string RoleCharacters = "[A-Za-z0-9._-]";

    /// <param name="proxy">The proxy for sources on other machines.</param>
    /// <param name="timeout">How long one request may take.</param>
    /// <param name="retries">When and how often a failed request to a source is repeated.</param>
    /// <exception cref="OssRequestException">
    /// There is none (<see cref="OssRequestError.CredentialsNotFound"/>), or a variable is not valid
    /// (<see cref="OssRequestError.CredentialSourceFailed"/>).
    /// </exception>
    internal static ICredentialProvider Choose(IWebProxy? proxy, TimeSpan timeout, RetryPolicy retries)
    {
        if (EnvironmentCredentials.Find() is { } credentials)
        {
            return credentials;
        }

        CredentialSource? source =
            Oidc(proxy, timeout) ?? (CredentialSource?)EcsRole(timeout) ?? AtUri(proxy, timeout);
        return source is not null
            ? new RenewedCredentials(source, retries)
            : throw EnvironmentCredentials.NotFound(
                "The environment contains no credentials. Set the environment variables OSS_ACCESS_KEY_ID and "
                + "OSS_ACCESS_KEY_SECRET, and OSS_SESSION_TOKEN for temporary credentials, or those of a source of "
                + $"temporary credentials: see about_OssPayment_Credentials.{Missing()}");
    }

    private static OidcSource? Oidc(IWebProxy? proxy, TimeSpan timeout) =>
        CredentialVariables.Read(CredentialVariables.RoleArn) is { } role
        && CredentialVariables.Read(CredentialVariables.OidcProviderArn) is { } provider
        && CredentialVariables.Read(CredentialVariables.OidcTokenFile) is { } tokenFile
            ? new OidcSource(
                Sts(),
                role,
                provider,
                tokenFile,
                CredentialVariables.Read(CredentialVariables.RoleSessionName) ?? DefaultSessionName,
                proxy,
                timeout)
            : null;

    /// <summary>The endpoint of STS. As in the vendor's libraries, a VPC counts only with a region.</summary>
    private static Uri Sts()
    {
        if (CredentialVariables.Read(CredentialVariables.StsRegion) is not { } region)
        {
            return new Uri("https://sts.aliyuncs.com");
        }

        string prefix = CredentialVariables.IsTrue(CredentialVariables.VpcEndpoint) ? "sts-vpc" : "sts";
        return OssRegion.IsValid(region)
            ? new Uri($"https://{prefix}.{region}.aliyuncs.com")
            : throw Invalid(
                CredentialVariables.StsRegion, region, "a region. Set it to a region id such as cn-hangzhou");
    }

    private static EcsRoleSource? EcsRole(TimeSpan timeout)
    {
        if (CredentialVariables.Read(CredentialVariables.EcsRole) is not { } role
            || CredentialVariables.IsTrue(CredentialVariables.EcsDisabled))
        {
            return null;
        }

        // The name becomes part of a path.
        bool isName = role.Length <= MaximumRoleLength
            && role.Trim('.').Length > 0
            && Ascii.IsAll(role, AsciiKinds.Name | AsciiKinds.Dot);
        return isName
            ? new EcsRoleSource(
                MetadataService, role, CredentialVariables.IsTrue(CredentialVariables.PlainEcsDisabled), timeout)
            : throw Invalid(
                CredentialVariables.EcsRole,
                role,
                $"the name of a RAM role. Set it to 1 to {MaximumRoleLength} characters: {RoleCharacters}");
    }

    private static UriSource? AtUri(IWebProxy? proxy, TimeSpan timeout) =>
        CredentialVariables.Read(CredentialVariables.Uri) is { } uri ? new UriSource(uri, proxy, timeout) : null;

    private static OssRequestException Invalid(string variable, string value, string what) => new(
        OssRequestError.CredentialSourceFailed,
        $"The environment variable {variable} is '{Sanitizer.Sanitize(value, 80)}', which is not {what}.");

    /// <summary>The variables that are missing for an OIDC token; empty if all or none are set.</summary>
    private static string Missing()
    {
        string[] needed =
        [
            CredentialVariables.RoleArn, CredentialVariables.OidcProviderArn, CredentialVariables.OidcTokenFile,
        ];
        string[] missing = [.. needed.Where(name => CredentialVariables.Read(name) is null)];
        return missing.Length is 0 or 3 ? "" : $" For an OIDC token, {string.Join(" and ", missing)} must also be set.";
    }
}
