using System;
using System.Collections.Generic;
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

    /// <summary>The variables that together select an OIDC token.</summary>
    private static readonly string[] OidcVariables =
    [
        CredentialVariables.RoleArn, CredentialVariables.OidcProviderArn, CredentialVariables.OidcTokenFile,
    ];

    private const int MaximumRoleLength = 64;

    private const string RoleCharacters = "[A-Za-z0-9._-]";

    /// <summary>How long one attempt at a source may take, whichever command began it.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The same for the metadata service, which is on the local link.</summary>
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);

    /// <param name="proxy">The proxy for sources on other machines.</param>
    /// <param name="timeout">How long the command waits for credentials.</param>
    /// <param name="retries">When and how often a failed request to a source is repeated.</param>
    /// <param name="findFile">
    /// The full path of a path as the user writes it; null if that is not in the file system.
    /// </param>
    /// <exception cref="OssRequestException">
    /// There is none (<see cref="OssRequestError.CredentialsNotFound"/>), or a variable is not valid
    /// (<see cref="OssRequestError.CredentialSourceFailed"/>).
    /// </exception>
    internal static ICredentialProvider Choose(
        IWebProxy? proxy, TimeSpan timeout, RetryPolicy retries, Func<string, string?> findFile)
    {
        if (EnvironmentCredentials.Find() is { } credentials)
        {
            return credentials;
        }

        CredentialSource? source = Oidc(proxy, findFile) ?? (CredentialSource?)EcsRole() ?? AtUri(proxy);
        return source is not null
            ? new RenewedCredentials(source, timeout, retries)
            : throw EnvironmentCredentials.NotFound(
                "The environment contains no credentials. Set the environment variables OSS_ACCESS_KEY_ID and "
                + "OSS_ACCESS_KEY_SECRET, and OSS_SESSION_TOKEN for temporary credentials, or those of a source of "
                + $"temporary credentials: see about_OssPayment_Credentials.{Missing()}");
    }

    private static OidcSource? Oidc(IWebProxy? proxy, Func<string, string?> findFile) =>
        !MissingForOidc().Any()
        && CredentialVariables.ReadVisible(CredentialVariables.RoleArn) is { } role
        && CredentialVariables.ReadVisible(CredentialVariables.OidcProviderArn) is { } provider
        && CredentialVariables.ReadText(CredentialVariables.OidcTokenFile) is { } tokenFile
            ? new OidcSource(
                Sts(),
                role,
                provider,
                findFile(tokenFile) ?? throw Invalid(
                    CredentialVariables.OidcTokenFile, tokenFile, "a path in the file system"),
                CredentialVariables.ReadVisible(CredentialVariables.RoleSessionName) ?? DefaultSessionName,
                proxy,
                AttemptTimeout)
            : null;

    /// <summary>The endpoint of STS. As in the vendor's libraries, a VPC counts only with a region.</summary>
    private static Uri Sts()
    {
        string prefix = CredentialVariables.IsTrue(CredentialVariables.VpcEndpoint) ? "sts-vpc" : "sts";
        if (CredentialVariables.ReadVisible(CredentialVariables.StsRegion) is not { } region)
        {
            return new Uri("https://sts.aliyuncs.com");
        }

        return OssRegion.IsValid(region)
            ? new Uri($"https://{prefix}.{region}.aliyuncs.com")
            : throw Invalid(
                CredentialVariables.StsRegion, region, "a region. Set it to a region id such as cn-hangzhou");
    }

    private static EcsRoleSource? EcsRole()
    {
        if (CredentialVariables.Read(CredentialVariables.EcsRole) is null
            || CredentialVariables.IsTrue(CredentialVariables.EcsDisabled)
            || CredentialVariables.ReadVisible(CredentialVariables.EcsRole) is not { } role)
        {
            return null;
        }

        // The name becomes part of a path.
        bool isName = role.Length <= MaximumRoleLength
            && role.Trim('.').Length > 0
            && Ascii.IsAll(role, AsciiKinds.Name | AsciiKinds.Dot);
        return isName
            ? new EcsRoleSource(
                MetadataService,
                role,
                CredentialVariables.IsTrue(CredentialVariables.PlainEcsDisabled),
                MetadataTimeout)
            : throw Invalid(
                CredentialVariables.EcsRole,
                role,
                $"the name of a RAM role. Set it to 1 to {MaximumRoleLength} characters: {RoleCharacters}");
    }

    private static UriSource? AtUri(IWebProxy? proxy) =>
        CredentialVariables.ReadText(CredentialVariables.Uri) is { } uri
            ? new UriSource(uri, proxy, AttemptTimeout)
            : null;

    private static OssRequestException Invalid(string variable, string value, string what) =>
        CredentialVariables.Invalid(
            OssRequestError.CredentialSourceFailed,
            variable,
            $"is '{Sanitizer.Sanitize(value, 80)}', which is not {what}.");

    /// <summary>The variables that are missing for an OIDC token; empty if all or none are set.</summary>
    private static string Missing()
    {
        string[] missing = [.. MissingForOidc()];
        return missing.Length is 0 or 3 ? "" : $" For an OIDC token, {string.Join(" and ", missing)} must also be set.";
    }

    private static IEnumerable<string> MissingForOidc() =>
        OidcVariables.Where(name => CredentialVariables.Read(name) is null);
}
