using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using OssPayment.Client;
using OssPayment.Credentials;
using OssPayment.Signing;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>The request to each source, and its response, which may be hostile.</summary>
[Collection(nameof(EnvironmentCredentialsTests))]
public sealed class CredentialSourceTests : IDisposable
{
    private const string Secret = "HiddenSecretOfTheSource";
    private const string Token = "CAIS+hidden/token/of/the/source==";
    private const string OidcToken = "eyJhbGciOiJSUzI1NiJ9.HiddenOidcToken0123456789.HiddenSignature";

    private readonly string _tokenFile = Path.GetTempFileName();
    private readonly ManualClock _clock = new();

    public CredentialSourceTests()
    {
        File.WriteAllText(_tokenFile, OidcToken + "\n");
    }

    public void Dispose()
    {
        File.Delete(_tokenFile);
    }

    [Fact]
    public async Task A_uri_is_requested_with_its_query()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, CredentialsJson()));

        OssCredentials credentials = await new UriSource($"{server.Uri}role?key=hidden", null, Patience.Limit).FetchAsync(_clock).Soon();

        AssertWhole(credentials);
        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal("GET /role?key=hidden HTTP/1.1", request.Line);
    }

    [Fact]
    public async Task Sts_gets_the_same_request_as_from_the_vendors_libraries()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, $$"""{"RequestId":"1","Credentials":{{CredentialsJson()}}}"""));

        OssCredentials credentials = await Oidc(server).FetchAsync(_clock).Soon();

        AssertWhole(credentials);
        RawRequest request = Assert.Single(server.Requests);
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(request.Line.Split(' ')[1].Split('?')[1]);
        Dictionary<string, StringValues> form = QueryHelpers.ParseQuery(Body(request));
        Assert.StartsWith("POST /?", request.Line, StringComparison.Ordinal);
        Assert.Equal(("AssumeRoleWithOIDC", "2015-04-01", "JSON"), ($"{query["Action"]}", $"{query["Version"]}", $"{query["Format"]}"));
        Assert.Equal("2026-01-31T12:00:00Z", query["Timestamp"]);
        Assert.Equal(("a-role", "a-provider", OidcToken), ($"{form["RoleArn"]}", $"{form["OIDCProviderArn"]}", $"{form["OIDCToken"]}"));
        Assert.Equal(("a session", "3600"), ($"{form["RoleSessionName"]}", $"{form["DurationSeconds"]}"));
        Assert.DoesNotContain(OidcToken, request.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_file_is_read_each_time()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, $$"""{"Credentials":{{CredentialsJson()}}}"""));
        OidcSource source = Oidc(server);

        await source.FetchAsync(_clock).Soon();
        await File.WriteAllTextAsync(_tokenFile, "another.token", TestContext.Current.CancellationToken);
        await source.FetchAsync(_clock).Soon();

        Assert.Contains("OIDCToken=another.token&", Body(server.Requests[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty or too large")]
    [InlineData("\n", "is empty or too large")]
    [InlineData("two words", "does not contain a valid token")]
    [InlineData("hiddén", "does not contain a valid token")]
    [InlineData(null, "cannot be read (FileNotFoundException)")]
    [InlineData("large", "is empty or too large")]
    public async Task An_invalid_token_file_is_not_sent(string? content, string expected)
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, CredentialsJson()));
        await File.WriteAllTextAsync(
            _tokenFile, content == "large" ? new string('a', 100_000) : content ?? "", TestContext.Current.CancellationToken);
        if (content is null)
        {
            File.Delete(_tokenFile);
        }

        OssRequestException e = await FailureAsync(Oidc(server));

        Assert.Contains($"The file {_tokenFile} that ALIBABA_CLOUD_OIDC_TOKEN_FILE names {expected}", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_metadata_service_is_requested_in_its_hardened_mode(bool isHardenedOnly)
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, "hidden-metadata-token"), Http.Response(200, CredentialsJson()));

        AssertWhole(await Ecs(server, isHardenedOnly).FetchAsync(_clock).Soon());

        Assert.Equal(
            ["PUT /latest/api/token HTTP/1.1", "GET /latest/meta-data/ram/security-credentials/a-role HTTP/1.1"],
            server.Requests.Select(request => request.Line));
        Assert.Equal("60", server.Requests[0].Header("X-aliyun-ecs-metadata-token-ttl-seconds"));
        Assert.Equal("hidden-metadata-token", server.Requests[1].Header("X-aliyun-ecs-metadata-token"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_metadata_service_without_that_mode_is_requested_without_a_token_if_that_is_allowed(int status)
    {
        await using RawServer server = RawServer.Responding(Http.Response(status), Http.Response(200, CredentialsJson()));
        await using RawServer refused = RawServer.Responding(Http.Response(status), Http.Response(200, CredentialsJson()));

        AssertWhole(await Ecs(server, isHardenedOnly: false).FetchAsync(_clock).Soon());
        OssRequestException e = await FailureAsync(Ecs(refused, isHardenedOnly: true));

        Assert.Null(server.Requests[1].Header("X-aliyun-ecs-metadata-token"));
        Assert.Contains($"HTTP {status}, but no hardened-mode token", e.Message, StringComparison.Ordinal);
        Assert.Single(refused.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("evil\r\nheader: x")]
    [InlineData("<html>")]
    public async Task An_invalid_metadata_token_is_not_sent(string token)
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, token), Http.Response(404));

        OssRequestException e = await FailureAsync(Ecs(server, isHardenedOnly: true));

        Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
        Assert.Equal(token == "<html>" ? 2 : 1, server.Requests.Count);
    }

    [Fact]
    public async Task This_machines_own_addresses_and_the_metadata_service_bypass_the_proxy()
    {
        await using RawServer proxy = RawServer.Responding(Http.Response(200, CredentialsJson()));
        await using RawServer server = RawServer.Responding(Http.Response(200, CredentialsJson()));
        await using RawServer metadata = RawServer.Responding(Http.Response(200, "token"), Http.Response(200, CredentialsJson()));
        var through = ProxySettings.Of(proxy.Uri);
        string? before = Environment.GetEnvironmentVariable("http_proxy");
        Environment.SetEnvironmentVariable("http_proxy", $"{proxy.Uri}");
        try
        {
            await new UriSource($"{server.Uri}", through, Patience.Limit).FetchAsync(_clock).Soon();
            await Ecs(metadata, isHardenedOnly: true).FetchAsync(_clock).Soon();
        }
        finally
        {
            Environment.SetEnvironmentVariable("http_proxy", before);
        }

        Assert.Equal((0, 1, 2), (proxy.Connections, server.Requests.Count, metadata.Requests.Count));
    }

    [Theory]
    [InlineData(200, "", "the response is empty")]
    [InlineData(200, "<html><body>Sign in</body></html>", "not a JSON object")]
    [InlineData(200, "[]", "not a JSON object")]
    [InlineData(200, "null", "not a JSON object")]
    [InlineData(200, "\"text\"", "not a JSON object")]
    [InlineData(200, "{", "not a JSON object")]
    [InlineData(200, "{\"a\":1", "no text AccessKeyId")]
    [InlineData(200, "{\"a\":1} x", "not a JSON object")]
    [InlineData(200, "{}", "no text AccessKeyId")]
    [InlineData(200, "{\"AccessKeyId\":null}", "no text AccessKeyId")]
    [InlineData(200, "{\"AccessKeyId\":{\"a\":\"b\"}}", "no text AccessKeyId")]
    [InlineData(200, "{\"AccessKeyId\":7}", "no text AccessKeyId")]
    [InlineData(200, "{\"AccessKeyId\":\"\"}", "no text AccessKeyId")]
    [InlineData(200, "{\"accesskeyid\":\"id\"}", "no text AccessKeyId")]
    [InlineData(200, "{\"AccessKeyId\":\"id\"}", "no text AccessKeySecret")]
    [InlineData(200, "{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"HiddenSecretOfTheSource\"}", "no text SecurityToken")]
    [InlineData(200, "{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"HiddenSecretOfTheSource\",\"SecurityToken\":\"a\\r\\nb\"}", "field SecurityToken contains a space")]
    [InlineData(200, "{\"AccessKeyId\":\"i d\"}", "field AccessKeyId contains a space")]
    [InlineData(200, "{\"Code\":\"Failed\",\"Message\":\"Not\\u001b[31m today\"}", "with Failed: Not\uFFFD[31m today.")]
    [InlineData(200, "{\"Code\":\"Failed\",\"AccessKeyId\":\"id\"}", "with Failed.")]
    [InlineData(302, "", "Redirects are not followed")]
    [InlineData(400, "{\"Code\":\"AuthenticationFail.OIDCToken.Expired\",\"Message\":\"Expired.\"}", "HTTP 400, with AuthenticationFail.OIDCToken.Expired: Expired.")]
    [InlineData(404, "<html>not found</html>", "HTTP 404, but no credentials.")]
    [InlineData(407, "", "-ProxyCredential")]
    [InlineData(500, "", "HTTP 500, but no credentials.")]
    public async Task A_response_without_credentials_is_one_clear_error(int status, string body, string expected)
    {
        await using RawServer server = RawServer.Responding(Http.Response(status, body, "Location: http://evil.example.com/"));

        OssRequestException e = await FailureAsync(new UriSource($"{server.Uri}", null, Patience.Limit));

        Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{server.Port} (ALIBABA_CLOUD_CREDENTIALS_URI)", e.Message, StringComparison.Ordinal);
        Assert.Equal(status, e.StatusCode);
        Assert.DoesNotContain("Hidden", $"{e}", StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("01/02/2099")]
    public async Task An_expiration_that_is_not_a_time_is_named_as_the_cause(string expiration)
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, CredentialsJson(expiration)));

        OssRequestException e = await FailureAsync(new UriSource($"{server.Uri}", null, Patience.Limit));

        Assert.Contains("Expiration is not a time", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2099-01-31T12:00:00.123456789Z")]
    [InlineData("2099-01-31T20:00:00.123456789+08:00")]
    [InlineData("2099-01-31T12:00:00.1Z")]
    [InlineData("2099-01-31T12:00:00")]
    public async Task An_expiration_may_have_any_number_of_fractional_digits(string expiration)
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, CredentialsJson(expiration)));

        OssCredentials credentials = await new UriSource($"{server.Uri}", null, Patience.Limit).FetchAsync(_clock).Soon();

        Assert.Equal(new DateTimeOffset(2099, 1, 31, 12, 0, 0, TimeSpan.Zero), credentials.Expiration!.Value, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task JSON_is_read_in_the_encoding_of_its_byte_order_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] body = [.. encoding.GetPreamble(), .. encoding.GetBytes(CredentialsJson())];
        await using RawServer server = RawServer.Responding(Http.Response(200, Encoding.Latin1.GetString(body)));

        AssertWhole(await new UriSource($"{server.Uri}", null, Patience.Limit).FetchAsync(_clock).Soon());
    }

    [Fact]
    public async Task Expired_credentials_are_reported_with_this_machines_time()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, CredentialsJson("2026-01-31T12:00:00Z")));

        OssRequestException e = await FailureAsync(new UriSource($"{server.Uri}", null, Patience.Limit));

        Assert.Contains("expired at 2026-01-31T12:00:00Z, and this machine's clock is at 2026-01-31T12:00:00Z.", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", $"{e}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Deep_and_large_responses_are_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000);
        string lists = $$"""{"a":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";
        string longText = $$"""{"AccessKeyId":"{{new string('a', 100_000)}}"}""";
        foreach (string body in new[] { deep, lists, longText })
        {
            await using RawServer server = RawServer.Responding(Http.Response(200, body));
            OssRequestException e = await FailureAsync(new UriSource($"{server.Uri}", null, Patience.Limit));
            Assert.Contains("not a JSON object", e.Message, StringComparison.Ordinal);
            Assert.InRange(e.Message.Length, 1, 1000);
        }

        await using RawServer large = RawServer.Responding(Http.Response(200, new string(' ', HttpExchange.MaximumBodyLength + 1)));
        OssRequestException tooLarge = await FailureAsync(new UriSource($"{large.Uri}", null, Patience.Limit));
        Assert.Contains("returned more than 1 MiB", tooLarge.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_respond_times_out()
    {
        await using RawServer server = RawServer.Serving(connection => connection.ReadRequestAsync());
        await using RawServer silent = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await Task.Delay(Timeout.Infinite, connection.Stopping);
        });

        OssRequestException broken = await FailureAsync(new UriSource($"{server.Uri}", null, Patience.Limit));
        OssRequestException late = await FailureAsync(new UriSource($"{silent.Uri}", null, TimeSpan.FromSeconds(0.5)));

        Assert.Contains("The request to 127.0.0.1", broken.Message, StringComparison.Ordinal);
        Assert.Contains("did not send a complete response within 0.5 seconds", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_transient_failures_are_retried()
    {
        await using RawServer passing = RawServer.Responding(Http.Response(503), Http.Response(429), Http.Response(200, CredentialsJson()));
        await using RawServer broken = RawServer.Responding(Http.Response(503));

        AssertWhole(await Renewed(new UriSource($"{passing.Uri}", null, Patience.Limit), retries: 2)
            .GetAsync(TestContext.Current.CancellationToken).Soon());
        OssRequestException e = await FailureAsync(new UriSource($"{broken.Uri}", null, Patience.Limit), retries: 2);

        Assert.Equal((3, 3, 3), (passing.Requests.Count, broken.Requests.Count, e.Attempts));
    }

    [Fact]
    public async Task An_echoed_token_is_masked()
    {
        await using RawServer server = RawServer.Responding(
            Http.Response(400, $$"""{"Code":"Bad","Message":"{{OidcToken}} and {{Uri.EscapeDataString(OidcToken)}}"}"""));

        OssRequestException e = await FailureAsync(Oidc(server));

        Assert.Contains("with Bad: ***", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", $"{e}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_source_can_be_cancelled()
    {
        await using RawServer silent = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await Task.Delay(Timeout.Infinite, connection.Stopping);
        });
        using var cancellation = new CancellationTokenSource();
        Task<OssCredentials> get = Renewed(new UriSource($"{silent.Uri}", null, Patience.Limit)).GetAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get.Soon());
    }

    [Theory]
    [InlineData("SecurityTokenExpired")]
    [InlineData("InvalidSecurityToken")]
    [InlineData("InvalidAccessKeyId")]
    public async Task Credentials_that_OSS_no_longer_accepts_are_renewed_once_and_the_request_is_sent_again(string code)
    {
        await using RawServer source = RawServer.Responding(Http.Response(200, CredentialsJson(id: "first")), Http.Response(200, CredentialsJson(id: "second")));
        await using RawServer oss = RawServer.Responding(
            Http.FromOss(200, Http.RequesterPays),
            Http.Error(403, code),
            Http.FromOss(200, Http.RequesterPays),
            Http.Error(403, "InvalidSecurityToken"));
        OssClient client = new(
            Renewed(new UriSource($"{source.Uri}", null, Patience.Limit)), null, Patience.Limit, Clients.Policy(2, TimeSpan.Zero));
        var trace = new RequestTrace(wantsDebug: true);

        await client.GetPaymentAsync(Clients.At(oss.Uri), trace: trace);
        BucketRequestPayment payment = await client.GetPaymentAsync(Clients.At(oss.Uri), trace: trace);
        var e = await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(Clients.At(oss.Uri), trace: trace));

        Assert.Equal(Payer.Requester, payment.Payer);
        Assert.Equal(("InvalidSecurityToken", 2), (e.ErrorCode, e.Attempts));
        Assert.Equal(
            ["first", "first", "second", "second", "second"],
            oss.Requests.Select(request => request.Header("Authorization")!.Split("Credential=")[1].Split('/')[0]));
        Assert.Equal(3, source.Requests.Count);
        string messages = string.Join('\n', trace.Messages.Select(message => message.Text));
        Assert.Contains($"The credentials come from {source.Uri.GetLeftPart(UriPartial.Authority)} (ALIBABA_CLOUD_CREDENTIALS_URI) and expire at 2099-01-31 12:00:00Z.", messages, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", messages, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_attempt_of_a_process_that_was_suspended_is_a_timeout()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            _clock.Advance(TimeSpan.FromHours(1));
            await connection.WriteAsync(Http.Response(200, "token"));
            await Task.Delay(Timeout.Infinite, connection.Stopping);
        });

        var e = await Assert.ThrowsAsync<OssRequestException>(() => Ecs(server).FetchAsync(_clock).Soon());

        Assert.Contains("did not send a complete response within 0 seconds.", e.Message, StringComparison.Ordinal);
    }

    private static string CredentialsJson(string expiration = "2099-01-31T12:00:00Z", string id = "STS.id") =>
        $$"""{"Code":"Success","AccessKeyId":"{{id}}","AccessKeySecret":"{{Secret}}","SecurityToken":"{{Token.Replace("/", "\\/", StringComparison.Ordinal)}}","Expiration":"{{expiration}}","Other":[1,{"a":null}],"9 odd name":true}""";

    private static string Body(RawRequest request) => Encoding.ASCII.GetString(request.Body);

    private static void AssertWhole(OssCredentials credentials)
    {
        Assert.Equal(
            ("STS.id", Secret, Token), (credentials.AccessKeyId, credentials.AccessKeySecret, credentials.SecurityToken));
        Assert.Equal(new DateTimeOffset(2099, 1, 31, 12, 0, 0, TimeSpan.Zero), credentials.Expiration);
    }

    private static EcsRoleSource Ecs(RawServer server, bool isHardenedOnly = false) =>
        new(server.Uri, "a-role", isHardenedOnly, Patience.Limit);

    private RenewedCredentials Renewed(CredentialSource source, int retries = 0, TimeSpan? timeout = null) =>
        new(source, timeout ?? Patience.Limit, Clients.Policy(retries, TimeSpan.Zero, clock: _clock));

    private Task<OssRequestException> FailureAsync(CredentialSource source, int retries = 0) =>
        Assert.ThrowsAsync<OssRequestException>(() => Renewed(source, retries).GetAsync(TestContext.Current.CancellationToken).Soon());

    private OidcSource Oidc(RawServer server) =>
        new(server.Uri, "a-role", "a-provider", _tokenFile, "a session", null, Patience.Limit);
}
