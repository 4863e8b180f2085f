using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Signing;
using OssPayment.Text;
using OssPayment.Time;

namespace OssPayment.Credentials;

/// <summary>Credentials of a RAM role, from STS for an OIDC token: <c>AssumeRoleWithOIDC</c>.</summary>
/// <remarks>Request and rules are those of the vendor's own libraries (credentials-go, credentials-python).</remarks>
/// <param name="sts">The endpoint of STS.</param>
/// <param name="roleArn">The role to assume.</param>
/// <param name="providerArn">The issuer of the token, as registered in RAM.</param>
/// <param name="tokenFile">The path of the token, which is read each time.</param>
/// <param name="sessionName">The name that ActionTrail shows.</param>
/// <param name="proxy">The proxy to go through.</param>
/// <param name="timeout">How long one attempt may take, with the reading of the file.</param>
internal sealed class OidcSource(
    Uri sts,
    string roleArn,
    string providerArn,
    string tokenFile,
    string sessionName,
    IWebProxy? proxy,
    TimeSpan timeout)
    : CredentialSource(proxy, timeout)
{
    /// <summary>The default of the vendor's libraries. Every role allows at least an hour.</summary>
    private const int DurationSeconds = 3600;

    /// <summary>STS accepts tokens of at most 20,000 characters.</summary>
    private const int MaximumTokenLength = 20_000;

    private const int MaximumShownLength = 260;

    private readonly Uri _sts = sts;
    private readonly string _roleArn = roleArn;
    private readonly string _providerArn = providerArn;
    private readonly string _tokenFile = tokenFile;
    private readonly string _sessionName = sessionName;

    internal override string Description => $"STS, for an OIDC token ({CredentialVariables.OidcTokenFile})";

    internal override string Key => string.Join("\n", "OIDC", _sts, _roleArn, _providerArn, _tokenFile, _sessionName);

    internal override string Endpoint => _sts.GetLeftPart(UriPartial.Authority);

    internal override string Advice =>
        $"Check {CredentialVariables.RoleArn}, {CredentialVariables.OidcProviderArn} and the role's trust policy.";

    internal override string SilenceAdvice => $"Check the network and the file {ShownFile}.";

    private string ShownFile => Sanitizer.Sanitize(_tokenFile, MaximumShownLength);

    internal override async Task<OssCredentials> FetchAsync(Clock clock)
    {
        TimeSpan start = clock.Elapsed;
        string token = await ReadTokenAsync(clock).ConfigureAwait(false);
        string time = Uri.EscapeDataString(CredentialJson.Time(clock.UtcNow));
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{_sts}?Action=AssumeRoleWithOIDC&Format=JSON&Version=2015-04-01&Timestamp={time}")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["RoleArn"] = _roleArn,
                ["OIDCProviderArn"] = _providerArn,
                ["OIDCToken"] = token,
                ["RoleSessionName"] = _sessionName,
                ["DurationSeconds"] = $"{DurationSeconds}",
            }),
        };
        request.Headers.ExpectContinue = false;
        TimeSpan rest = Timeout - (clock.Elapsed - start);
        return Read(await SendAsync(request, rest, token).ConfigureAwait(false), clock, isNested: true);
    }

    private protected override string AdviceFor(string code) => code switch
    {
        "AuthenticationFail.OIDCToken.Expired" =>
            $"The token in the file {ShownFile} ({CredentialVariables.OidcTokenFile}) has expired. The file is read "
            + "each time. Check the process that renews it.",
        _ when code.StartsWith("AuthenticationFail.OIDCToken.", StringComparison.Ordinal) =>
            $"Check the token in the file {ShownFile} ({CredentialVariables.OidcTokenFile}), and its OIDC provider "
            + "in RAM.",
        "AuthenticationFail.NoPermission" =>
            $"Check {CredentialVariables.OidcProviderArn} and the role's trust policy.",
        "EntityNotExist.Role" => $"Check {CredentialVariables.RoleArn}.",
        "InvalidParameter.RoleSessionName" => $"Check {CredentialVariables.RoleSessionName}.",
        _ => Advice,
    };

    /// <exception cref="OssRequestException">The file cannot be read, or has no valid token.</exception>
    private async Task<string> ReadTokenAsync(Clock clock)
    {
        string token;
        try
        {
            Task<string> read = BlockingFile.ReadAsync(_tokenFile, MaximumTokenLength);
            token = await clock.EndsWithinAsync(read, FirstHalf, CancellationToken.None).ConfigureAwait(false)
                ? (await read.ConfigureAwait(false)).Trim()
                : throw NoToken($"could not be read within {FirstHalf.TotalSeconds:0.###} seconds");
        }
        catch (Exception e) when (e is not OssException)
        {
            throw NoToken($"cannot be read ({e.GetType().Name})");
        }

        return token.Length is 0 or > MaximumTokenLength ? throw NoToken("is empty or too large")
            : Ascii.IsAll(token, AsciiKinds.Visible) ? token
            : throw NoToken("does not contain a valid token (it has spaces or other invalid characters)");
    }

    private OssRequestException NoToken(string what) => new(
        OssRequestError.CredentialSourceFailed,
        $"The file {ShownFile} that {CredentialVariables.OidcTokenFile} names {what}. Check the variable and the "
        + "file.");
}
