using System;
using System.Globalization;
using System.Net.Http;
using System.Threading.Tasks;
using OssPayment.Signing;
using OssPayment.Text;
using OssPayment.Time;
using OssPayment.Transport;

namespace OssPayment.Credentials;

/// <summary>Credentials of the RAM role of this ECS instance, from its metadata service.</summary>
/// <param name="service">The metadata service, without a path.</param>
/// <param name="role">The role's name, which is valid in a path.</param>
/// <param name="isHardenedOnly">Whether credentials are requested only with a token.</param>
/// <param name="timeout">How long all requests to it may take together.</param>
internal sealed class EcsRoleSource(
    Uri service,
    string role,
    bool isHardenedOnly,
    TimeSpan timeout)
    : CredentialSource(ProxySettings.None, timeout)
{
    private const string RolePath = "/latest/meta-data/ram/security-credentials/";

    /// <summary>Short, because the token is used only at once.</summary>
    private const int TokenSeconds = 60;

    private const int MaximumTokenLength = 1024;

    private readonly Uri _service = service;
    private readonly string _role = role;
    private readonly bool _isHardenedOnly = isHardenedOnly;

    internal override string Description =>
        $"the RAM role {_role} of this ECS instance ({CredentialVariables.EcsRole})";

    internal override string Key => string.Join("\n", "ECS", _service, _role, _isHardenedOnly);

    internal override string Endpoint => _service.GetLeftPart(UriPartial.Authority);

    internal override string Advice =>
        "Check that this is an ECS instance and that the role is attached to it, or use another source: "
        + $"{CredentialVariables.EcsDisabled}=true excludes this one.";

    internal override string SilenceAdvice =>
        $"{Advice} The responses do not reach a container in a network of its own: run it in the network of its host, "
        + "or use an OIDC token (RRSA).";

    internal override bool IsOnLocalLink => true;

    internal override async Task<OssCredentials> FetchAsync(Clock clock)
    {
        TimeSpan start = clock.Elapsed;
        string? token = await GetTokenAsync().ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service, RolePath + _role));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-aliyun-ecs-metadata-token", token);
        }

        TimeSpan rest = Timeout - (clock.Elapsed - start);
        return Read(await SendAsync(request, rest, token).ConfigureAwait(false), clock);
    }

    /// <summary>The token of the hardened mode; null if the service does not support that mode.</summary>
    private async Task<string?> GetTokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_service, "/latest/api/token"));
        request.Headers.TryAddWithoutValidation(
            "X-aliyun-ecs-metadata-token-ttl-seconds", TokenSeconds.ToString(CultureInfo.InvariantCulture));
        HttpResponse response = await SendAsync(request, FirstHalf).ConfigureAwait(false);
        if (response.StatusCode is >= 400 and < 500 && !_isHardenedOnly)
        {
            return null;
        }

        string token = DecodedText.Of(response.Body, response.Body.Length);
        return response.StatusCode != 200
            ? throw Refused(response, "but no hardened-mode token")
            : token.Length is > 0 and <= MaximumTokenLength
                && Ascii.IsAll(token, AsciiKinds.Visible)
            ? token
            : throw Refused(response, "but the hardened-mode token is not valid");
    }
}
