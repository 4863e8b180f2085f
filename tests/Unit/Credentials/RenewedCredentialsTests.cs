using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Credentials;
using OssPayment.Emulator;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>The metadata service and a URI, which the emulator plays, and requests with their credentials.</summary>
public sealed partial class RenewedCredentialsTests : IAsyncLifetime
{
    private static readonly string Deep =
        string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);

    private static readonly Dictionary<string, FaultAction> Failures = new()
    {
        ["hangs"] = new HangResponse(),
        ["drips"] = new DripResponse(200),
        ["is cut"] = new CutConnection(CutPoint.InBody, Ending.Reset),
        ["is endless"] = new EndlessBody(),
        ["is empty"] = new ReplaceResponse { Text = "" },
        ["is HTML"] = new ReplaceResponse { Text = "<html><body>Sign in</body></html>" },
        ["has brackets that do not match"] = new ReplaceResponse { Text = "{}]{}]" },
        ["is throttled"] = new ReplaceResponse { Status = 400, Text = """{"Code":"Throttling.User","Message":"Not so fast."}""" },
        ["is deep"] = new ReplaceResponse { Text = Deep },
        ["lacks a field"] = new ReplaceResponse { Text = """{"Code":"Success","AccessKeyId":"STS.x"}""" },
        ["refuses"] = new ReplaceResponse { Status = 403, Text = """{"Code":"Forbidden","Message":"Not you."}""" },
        ["redirects"] = new ReplaceResponse
        {
            Status = 302,
            Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/" },
        },
        ["is out of order"] = new ReplaceResponse { Status = 500, Text = "Oops" },
    };

    private readonly ManualClock _clock = new() { SkipsDelays = true };
    private OssEmulator _emulator = null!;

    public static TheoryData<string> Sources => ["Ecs", "Uri"];

    public async ValueTask InitializeAsync()
    {
        _emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _clock.Set(DateTimeOffset.UtcNow);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Requests_share_fetched_credentials(string source)
    {
        OssClient client = Client(Source(source));

        await client.PutPaymentAsync(Clients.At(_emulator.HttpEndpoint), Payer.Requester);
        BucketRequestPayment payment = await client.GetPaymentAsync(Clients.At(_emulator.HttpEndpoint));
        RequesterLimits limits = await client.GetQoSAsync(Clients.At(_emulator.HttpEndpoint), "300100");

        Assert.Equal((Payer.Requester, 10), (payment.Payer, limits.Configuration.Get("TotalUploadBandwidth")));
        Assert.Equal("STS.EmulatorIssued1", Assert.Single(KeyIds().Distinct()));
        Assert.Equal(1, Fetches());
    }

    [Fact]
    public async Task The_metadata_service_is_queried_with_a_token_and_without_one_only_if_that_is_allowed()
    {
        await Client(Source("Ecs")).GetPaymentAsync(Clients.At(_emulator.HttpEndpoint));
        Assert.Equal(["GetMetadataToken", "GetRoleCredentials", "GetBucketRequestPayment"], Operations());

        _emulator.State.Temporary.MetadataMode = MetadataMode.Plain;
        await Client(Source("Ecs")).GetPaymentAsync(Clients.At(_emulator.HttpEndpoint));
        OssRequestException e = await FailureAsync(Ecs(isHardenedOnly: true));

        Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
        Assert.Contains("HTTP 404, but no hardened-mode token", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_the_instance_does_not_have_is_an_error()
    {
        OssRequestException e = await FailureAsync(Ecs(role: "another-role"));

        Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
        Assert.Contains("ALIBABA_CLOUD_ECS_METADATA", e.Message, StringComparison.Ordinal);
        Assert.Equal(["GetMetadataToken", "GetRoleCredentials"], Operations());
    }

    [Fact]
    public async Task The_metadata_service_is_not_queried_through_a_proxy()
    {
        var client = new OssClient(
            new RenewedCredentials(Source("Ecs"), Patience.Limit, Clients.Policy(0, null, clock: _clock)),
            Clients.ProxiesOf(_emulator.Proxy),
            Patience.Limit,
            Clients.Policy(0, null, clock: _clock));

        await client.GetPaymentAsync(Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com")));

        Assert.Equal(
            [Via.Direct, Via.Direct, Via.AbsoluteForm], _emulator.State.Requests.All().Select(request => request.Via));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_pipeline_continues_while_its_credentials_are_renewed(string source)
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"fleet-{i:d6}")];
        _emulator.State.Buckets.AddFleet(names.Length, "fleet-", ["cn-hangzhou"]);
        OssClient client = Client(Source(source));

        // The pipeline takes 250 seconds by both clocks, and credentials are renewed after 50 of 100.
        _emulator.State.Temporary.Lifetime = TimeSpan.FromSeconds(100);
        var output = new RecordingOutput
        {
            OnWrite = _ =>
            {
                _clock.Advance(TimeSpan.FromSeconds(0.5));
                _emulator.State.ClockOffset += TimeSpan.FromSeconds(0.5);
            },
        };
        using var engine = new PipelineEngine(output, throttleLimit: 4, isChanging: false, () => null, _clock);
        foreach (string name in names)
        {
            engine.Start(
                new BucketTarget(name),
                async _ => (await client.GetPaymentAsync(Clients.At(_emulator.HttpEndpoint), name)).Bucket);
        }

        engine.Complete();

        Assert.Equal(names, output.Written);
        Assert.InRange(Fetches(), 2, 6);
        Assert.InRange(KeyIds().Distinct().Count(), 2, 6);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Each_request_that_waits_for_a_source_gets_its_own_exception(string source)
    {
        _emulator.State.Faults.Add(new Fault { Operation = OperationOf(source), Action = Failures["hangs"] });
        OssClient client = Client(Source(source, TimeSpan.FromSeconds(0.3)));

        OssRequestException[] failures = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Assert.ThrowsAsync<OssRequestException>(
                () => client.GetPaymentAsync(Clients.At(_emulator.HttpEndpoint)))));

        Assert.Equal(3, failures.Distinct().Count());
        Assert.All(
            failures,
            e => Assert.Equal((OssRequestError.CredentialSourceFailed, true, 1), (e.Error, e.ConcernsAll, e.Attempts)));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_source_that_fails_is_one_error(string source)
    {
        foreach ((string failure, FaultAction action) in Failures)
        {
            _emulator.State.Faults.Clear();
            _emulator.State.Faults.Add(new Fault { Operation = OperationOf(source), Action = action });

            // Only an endless request waits for the timeout.
            bool isEndless = failure is "hangs" or "drips";
            OssRequestException e = await FailureAsync(
                Source(source, isEndless ? TimeSpan.FromSeconds(0.3) : Patience.Limit));

            Assert.Equal(
                (failure, OssRequestError.CredentialSourceFailed, true, 1),
                (failure, e.Error, e.ConcernsAll, e.Attempts));
            Assert.StartsWith("Could not get credentials from ", e.Message, StringComparison.Ordinal);
            Assert.Matches($"\\({VariableOf(source)}\\).*{Regex.Escape(ErrorTextOf(failure))}", e.Message);
        }

        Assert.DoesNotContain(_emulator.State.Requests.All(), request => request.Bucket is not null);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Credentials_that_are_already_expired_are_one_error(string source)
    {
        _emulator.State.Temporary.Lifetime = TimeSpan.FromSeconds(-60);

        OssRequestException e = await FailureAsync(Source(source));

        Assert.Equal(OssRequestError.CredentialSourceFailed, e.Error);
        Assert.Matches("the credentials expired at .*this machine's clock is at", e.Message);
        Assert.Equal(1, Fetches());
    }

    [Fact]
    public async Task A_source_is_queried_again_after_a_back_off()
    {
        _emulator.State.Faults.Add(new Fault { Times = 2, Action = new ReplaceResponse { Status = 503 } });

        await Client(Source("Uri"), retries: 2).GetPaymentAsync(Clients.At(_emulator.HttpEndpoint));

        Assert.Equal(3, Fetches());
        Assert.Equal(2, _clock.Delays.Count);
        Assert.InRange(_clock.Delays[0].TotalSeconds, 0, 0.4);
        Assert.InRange(_clock.Delays[1].TotalSeconds, 0, 0.8);
    }

    [Fact]
    public async Task The_attempt_with_renewed_credentials_counts_as_an_attempt_and_not_as_a_retry()
    {
        _emulator.State.Faults.Add(
            new Fault { Bucket = Clients.Bucket, Action = new OssErrorResponse(403, "SecurityTokenExpired") });

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Client(Source("Ecs")).GetPaymentAsync(Clients.At(_emulator.HttpEndpoint)));

        Assert.Equal((2, 2), (e.Attempts, _emulator.State.Requests.Where(request => request.Bucket is not null).Count));
    }

    [Fact]
    public async Task No_secret_of_the_metadata_service_is_in_a_trace_or_an_error()
    {
        OssClient client = Client(Source("Ecs"));
        OssLocation location = Clients.At(_emulator.HttpEndpoint);
        var trace = new RequestTrace(wantsDebug: true);

        await client.GetPaymentAsync(location, trace: trace);
        _emulator.State.Temporary.Rotate();
        await client.PutPaymentAsync(location, Payer.Requester, trace: trace);
        _emulator.State.Faults.Add(
            new Fault { Bucket = Clients.Bucket, Action = new OssErrorResponse(403, "SecurityTokenExpired") });
        var e = await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(location, trace: trace));

        Assert.Equal(3, Fetches());
        string shown =
            string.Join('\n', [.. trace.Messages.Select(message => message.Text), $"{e}", e.CredentialSource]);
        Assert.Contains(
            "the RAM role emulator-role of this ECS instance (ALIBABA_CLOUD_ECS_METADATA)",
            shown,
            StringComparison.Ordinal);
        string metadataToken = _emulator.State.Requests.All()
            .First(request => request.Operation == "GetRoleCredentials").Header("X-aliyun-ecs-metadata-token")!;
        IEnumerable<KeyPair> issued = _emulator.State.KeyPairs.All.Where(pair => pair.Expires is not null);
        Assert.All(
            issued.SelectMany(pair => new[] { pair.Secret, pair.Token!, Uri.EscapeDataString(pair.Token!) })
                .Append(metadataToken),
            secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    private static string OperationOf(string source) => source == "Ecs" ? "GetRoleCredentials" : "GetUriCredentials";

    private static string VariableOf(string source) =>
        source == "Ecs" ? "ALIBABA_CLOUD_ECS_METADATA" : "ALIBABA_CLOUD_CREDENTIALS_URI";

    private static string ErrorTextOf(string failure) => failure switch
    {
        "hangs" or "drips" => "did not send a complete response within 0.3 seconds",
        "is cut" => "The request to 127.0.0.1",
        "is endless" => "returned more than 1 MiB",
        "is empty" => "HTTP 200, but the response is empty",
        "is HTML" => "HTTP 200, but the response is not a JSON object",
        "is deep" or "has brackets that do not match" => "not a JSON object",
        "is throttled" => "with Throttling.User: Not so fast. The source limits how often",
        "lacks a field" => "no text AccessKeySecret",
        "refuses" => "HTTP 403, with Forbidden: Not you.",
        "redirects" => "Redirects are not followed",
        _ => "HTTP 500, but no credentials",
    };

    private CredentialSource Source(string name, TimeSpan? timeout = null) => name == "Ecs"
        ? Ecs(timeout: timeout)
        : new UriSource($"{_emulator.HttpEndpoint}credentials?{Guid.NewGuid()}", null, timeout ?? Patience.Limit);

    /// <summary>The query keeps the credentials apart from those of other tests.</summary>
    private EcsRoleSource Ecs(string role = Seed.EcsRole, bool isHardenedOnly = false, TimeSpan? timeout = null) =>
        new(new Uri(_emulator.HttpEndpoint, $"?{Guid.NewGuid()}"), role, isHardenedOnly, timeout ?? Patience.Limit);

    private OssClient Client(CredentialSource source, int retries = 0) => new(
        new RenewedCredentials(source, Patience.Limit, Clients.Policy(retries, null, clock: _clock)),
        Clients.ProxiesOf(null),
        Patience.Limit,
        Clients.Policy(retries, null, clock: _clock));

    private Task<OssRequestException> FailureAsync(CredentialSource source) => Assert.ThrowsAsync<OssRequestException>(
        () => Client(source).GetPaymentAsync(Clients.At(_emulator.HttpEndpoint)));

    private IEnumerable<string?> Operations() => _emulator.State.Requests.All().Select(request => request.Operation);

    private int Fetches() => Operations().Count(name => name is "GetRoleCredentials" or "GetUriCredentials");

    /// <summary>The access keys that requests to OSS were signed with.</summary>
    private IEnumerable<string> KeyIds() => _emulator.State.Requests.Where(request => request.Bucket is not null)
        .Select(request => KeyId().Match(request.Header("Authorization")!).Groups[1].Value);

    [GeneratedRegex("Credential=([^/]+)")]
    private static partial Regex KeyId();
}
