using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Credentials;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>A source that refuses: which reasons pass, and what each says to check.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Json =
        """{"AccessKeyId":"STS.id","AccessKeySecret":"secret","SecurityToken":"token","Expiration":"2099-01-31T12:00:00Z"}""";

    private readonly string _tokenFile = Path.GetTempFileName();
    private readonly ManualClock _clock = new() { SkipsDelays = true };

    public RefusalTests()
    {
        File.WriteAllText(_tokenFile, "a.b.c");
    }

    public void Dispose() => File.Delete(_tokenFile);

    [Theory]
    [InlineData("AuthenticationFail.OIDCToken.Expired", "The token in the file {0} (ALIBABA_CLOUD_OIDC_TOKEN_FILE) has expired.")]
    [InlineData("AuthenticationFail.OIDCToken.Invalid", "Check the token in the file {0} (ALIBABA_CLOUD_OIDC_TOKEN_FILE)")]
    [InlineData("AuthenticationFail.OIDCToken.AudienceNotMatch", "Check the token in the file {0} (ALIBABA_CLOUD_OIDC_TOKEN_FILE)")]
    [InlineData("AuthenticationFail.NoPermission", "Check ALIBABA_CLOUD_OIDC_PROVIDER_ARN and the role's trust policy.")]
    [InlineData("EntityNotExist.Role", "Check ALIBABA_CLOUD_ROLE_ARN.")]
    [InlineData("InvalidParameter.RoleSessionName", "Check ALIBABA_CLOUD_ROLE_SESSION_NAME.")]
    [InlineData("Other", "Check ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN and the role's trust policy.")]
    public async Task A_refusal_of_STS_that_does_not_pass_says_what_to_check(string code, string advice)
    {
        await using RawServer server = RawServer.Responding(Http.Response(401, $$"""{"Code":"{{code}}","Message":"No."}"""));

        var e = await Assert.ThrowsAsync<OssRequestException>(() => GetAsync(Oidc(server)));

        Assert.EndsWith(
            $"with {code}: No. {string.Format(null, advice, _tokenFile)}",
            e.Message.Replace(" The file is read each time. Check the process that renews it.", "", StringComparison.Ordinal)
                .Replace(", and its OIDC provider in RAM.", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Throttling")]
    [InlineData("Throttling.User")]
    public async Task Throttling_is_retried_whatever_the_source_and_the_status(string code)
    {
        string refusal = Http.Response(400, $$"""{"Code":"{{code}}","Message":"Request was denied due to user flow control."}""");
        await using RawServer passing = RawServer.Responding(refusal, refusal, Http.Response(200, $$"""{"Credentials":{{Json}}}"""));
        await using RawServer lasting = RawServer.Responding(refusal);

        OssCredentials credentials = await GetAsync(Oidc(passing));
        var e = await Assert.ThrowsAsync<OssRequestException>(() => GetAsync(new UriSource($"{lasting.Uri}", null, Patience.Limit)));

        Assert.Equal(("STS.id", 3, 3), (credentials.AccessKeyId, lasting.Requests.Count, e.Attempts));
        Assert.Contains("Try again later.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metadata_service_that_swallows_PUT_gets_one_request_and_advice_about_containers()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Line.StartsWith("PUT", StringComparison.Ordinal))
                {
                    await Task.Delay(Timeout.Infinite, connection.Stopping);
                }

                await connection.WriteAsync(Http.Response(200, Json));
            }
        });

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => GetAsync(new EcsRoleSource(server.Uri, "a-role", false, TimeSpan.FromSeconds(0.5))));

        Assert.Equal((OssRequestError.CredentialSourceFailed, 1), (e.Error, e.Attempts));
        Assert.Contains("within 0.25 seconds.", e.Message, StringComparison.Ordinal);
        Assert.Contains("a container in a network of its own", e.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_command_waits_for_the_metadata_service_no_longer_than_the_service_may_take()
    {
        // Each response is a failure that passes, and there are retries for 200 seconds.
        await using RawServer server = RawServer.Responding(Http.Response(503));
        var clock = new ManualClock();
        Task<OssCredentials> get = new RenewedCredentials(
            new EcsRoleSource(server.Uri, "a-role", false, TimeSpan.FromSeconds(5)),
            TimeSpan.FromHours(1),
            Clients.Policy(100, TimeSpan.FromSeconds(2), clock: clock)).GetAsync(TestContext.Current.CancellationToken);

        await Patience.UntilAsync(() => clock.Delays.Count == 1);
        await clock.AdvanceUntilAsync(get);

        var e = await Assert.ThrowsAsync<OssRequestException>(() => get);
        Assert.InRange(e.Attempts, 1, 3);
        Assert.Contains("returned HTTP 503, but no hardened-mode token. Check that", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}]{}]")]
    [InlineData("{]")]
    [InlineData("{\"a\":[}]")]
    [InlineData("{\"a\":{]}")]
    [InlineData("[}")]
    [InlineData("]")]
    public async Task A_response_with_brackets_that_do_not_match_is_one_error(string body)
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, body));

        var e = await Assert.ThrowsAsync<OssRequestException>(() => GetAsync(new UriSource($"{server.Uri}", null, Patience.Limit)));

        Assert.Equal((OssRequestError.CredentialSourceFailed, true, 1), (e.Error, e.ConcernsAll, e.Attempts));
        Assert.Contains("(ALIBABA_CLOUD_CREDENTIALS_URI)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_in_any_other_way_is_named_too()
    {
        var e = await Assert.ThrowsAsync<OssRequestException>(() => GetAsync(new BrokenSource()));

        Assert.Equal((OssRequestError.CredentialSourceFailed, true, 1), (e.Error, e.ConcernsAll, e.Attempts));
        Assert.Equal(
            "Could not get credentials from a broken source. Reading the credentials failed unexpectedly "
            + "(InvalidTimeZoneException). Repair it.",
            e.Message);
    }

    [Fact]
    public async Task Every_part_of_a_URI_that_is_long_enough_to_be_a_secret_is_masked()
    {
        foreach (string secret in new[] { "elevenchars", "Password", "values-12", "names-123", "between9x", "ab:cdef:gh" })
        {
            await using RawServer server = RawServer.Responding(
                Http.Response(403, $$"""{"Code":"No","Message":"{{secret}} is unknown."}"""));
            string uri = $"{server.Uri}a/Password/elevenchars/ab:cdef:gh?a=values-12&names-123&b=much-longer-than-that;between9x";

            var e = await Assert.ThrowsAsync<OssRequestException>(() => GetAsync(new UriSource(uri, null, Patience.Limit)));

            Assert.Contains("with No: *** is unknown.", e.Message, StringComparison.Ordinal);
        }
    }

    private Task<OssCredentials> GetAsync(CredentialSource source) =>
        new RenewedCredentials(source, Patience.Limit, Clients.Policy(2, null, clock: _clock))
            .GetAsync(TestContext.Current.CancellationToken).Soon();

    private OidcSource Oidc(RawServer server) =>
        new(server.Uri, "a-role", "a-provider", _tokenFile, "session", null, Patience.Limit);

    private sealed class BrokenSource() : CredentialSource(null, Patience.Limit)
    {
        internal override string Description => "a broken source";

        internal override string Key { get; } = $"{Guid.NewGuid()}";

        internal override string Endpoint => "http://127.0.0.1:1";

        internal override string Advice => "Repair it.";

        internal override Task<OssCredentials> FetchAsync(Time.Clock clock) => throw new InvalidTimeZoneException("hidden");
    }
}
