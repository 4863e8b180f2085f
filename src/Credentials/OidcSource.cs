using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
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
/// <param name="timeout">How long one request may take.</param>
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

    internal override async Task<OssCredentials> FetchAsync(Clock clock)
    {
        string token = ReadToken();
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
        return Read(await SendAsync(request, token).ConfigureAwait(false), clock, isNested: true);
    }

    /// <exception cref="OssRequestException">The file cannot be read, or has no valid token.</exception>
    private string ReadToken()
    {
        string token;
        try
        {
            using FileStream file = new(
                _tokenFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[MaximumTokenLength + 1];
            int length = 0;
            for (int read = -1; read != 0 && length < bytes.Length; length += read)
            {
                read = file.Read(bytes, length, bytes.Length - length);
            }

            token = length < bytes.Length ? Encoding.UTF8.GetString(bytes, 0, length).Trim() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw NoToken($"cannot be read ({e.GetType().Name})");
        }

        if (!Ascii.IsAll(token, AsciiKinds.Visible))
        {
            throw NoToken("does not contain a valid token (it has spaces or other invalid characters)");
        }

        return token.Length > 0 ? token : throw NoToken("is empty or too large");
    }

    private static OssRequestException NoToken(string what) => new(
        OssRequestError.CredentialSourceFailed,
        $"The file that {CredentialVariables.OidcTokenFile} names {what}. Check the variable and the file.");
}
