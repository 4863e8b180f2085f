using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.Faults;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Text;
using Xunit;

namespace OssPayment.Tests.Client;

public sealed class RequestTraceTests
{
    [Fact]
    public async Task Secrets_tokens_and_signatures_are_never_traced()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.Faults.Add(new Fault { Times = 1, Action = new OssErrorResponse(503, "ServiceUnavailable") });
        emulator.State.Faults.Add(new Fault
        {
            Skip = 1,
            Times = 1,
            Action = new CutConnection(CutPoint.BeforeHeaders, Ending.Reset),
        });
        OssLocation location = Clients.At(emulator.HttpEndpoint);
        var trace = new RequestTrace(wantsDebug: true);
        foreach (string name in new[] { "temporary", "owner", "expired", "disabled" })
        {
            // A client whose credentials were refused sends nothing more.
            await Record.ExceptionAsync(() => Client(name).PutPaymentAsync(location, Payer.Requester, trace: trace));
            await Record.ExceptionAsync(() => Client(name).GetPaymentAsync(location, trace: trace));
        }

        string traced = string.Join('\n', trace.Messages.Select(message => message.Text));
        Assert.Equal(10, emulator.State.Requests.All().Count);
        Assert.All(emulator.State.Requests.All(), request =>
        {
            string signature = request.Header("authorization")!.Split("Signature=")[1];
            Assert.Equal(64, signature.Length);
            Assert.DoesNotContain(signature, traced, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(emulator.State.KeyPairs.All, pair =>
        {
            Assert.DoesNotContain(pair.Secret, traced, StringComparison.Ordinal);
            Assert.DoesNotContain(pair.Token ?? pair.Secret, traced, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(pair.Token ?? pair.Secret), traced, StringComparison.Ordinal);
        });

        OssClient Client(string name) =>
            Clients.Create(Clients.CredentialsOf(emulator.State.KeyPairs[name]), retries: 2);
    }

    [Fact]
    public async Task An_echoed_request_is_not_in_the_trace_or_the_message()
    {
        const string Token = "HiddenToken+/=";
        string signature = "not known yet";
        await using RawServer server = RawServer.Serving(async connection =>
        {
            RawRequest request = (await connection.ReadRequestAsync())!;
            signature = request.Header("Authorization")!.Split("Signature=")[1];
            await connection.WriteAsync(Http.Response(
                403,
                $"<Error><Code>Any</Code><Message>{signature} {Token}</Message><HostId>{signature}</HostId></Error>",
                $"x-oss-request-id: {signature}",
                $"x-oss-ec: {Token}"));
        });
        var trace = new RequestTrace(wantsDebug: true);

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients
            .Create(new("id", "HiddenSecret", Token)).GetPaymentAsync(Clients.At(server.Uri), trace: trace));

        string shown = string.Join('\n', trace.Messages.Select(message => message.Text)) + e + e.RequestId + e.HostId + e.EC;
        Assert.Equal(64, signature.Length);
        Assert.DoesNotContain(signature, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, shown, StringComparison.Ordinal);
        Assert.Equal("*** ***", e.Message);
    }

    [Fact]
    public async Task With_debug_the_canonical_request_and_the_string_to_sign_are_traced()
    {
        await using OssEmulator emulator = await StartAsync();
        var trace = new RequestTrace(wantsDebug: true);

        await Clients.For(emulator.State, "temporary").GetPaymentAsync(Clients.At(emulator.HttpEndpoint), trace: trace);

        string[] debug = [.. trace.Messages.Where(message => message.IsDebug).Select(message => message.Text)];
        Assert.Equal(2, debug.Length);
        Assert.StartsWith("Canonical request:\nGET\n/examplebucket/\nrequestPayment\n", debug[0], StringComparison.Ordinal);
        Assert.Contains("x-oss-security-token:***\n", debug[0], StringComparison.Ordinal);
        Assert.StartsWith("String to sign:\nOSS4-HMAC-SHA256\n", debug[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_debug_each_request_is_one_line_with_method_host_status_request_id_and_time()
    {
        await using OssEmulator emulator = await StartAsync();
        var trace = new RequestTrace(wantsDebug: false);

        BucketRequestPayment payment = await Clients.For(emulator.State)
            .GetPaymentAsync(Clients.At(emulator.HttpEndpoint), trace: trace);

        (bool isDebug, string text) = Assert.Single(trace.Messages);
        Assert.False(isDebug);
        Assert.Matches(
            $@"\AGET {emulator.HttpEndpoint}examplebucket/\?requestPayment: 200, request id {payment.RequestId}, [0-9]+ ms\z", text);
    }

    [Fact]
    public async Task A_failure_and_its_retry_are_traced()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        var trace = new RequestTrace(wantsDebug: false);

        await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create(retries: 1).GetPaymentAsync(Clients.At(server.Uri), trace: trace));

        string[] texts = [.. trace.Messages.Select(message => message.Text)];
        Assert.Equal(3, texts.Length);
        Assert.StartsWith("GET http://127.0.0.1", texts[0], StringComparison.Ordinal);
        Assert.Contains("Attempt 1 failed", texts[1], StringComparison.Ordinal);
        Assert.StartsWith("GET http://127.0.0.1", texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsafe_request_id_is_sanitized()
    {
        await using RawServer server = RawServer.Responding(
            Http.Response(200, Http.RequesterPays, "x-oss-request-id: a\u001B[31m" + new string('x', 1000)));
        var trace = new RequestTrace(wantsDebug: true);

        await Record.ExceptionAsync(() => Clients.Create().GetPaymentAsync(Clients.At(server.Uri), trace: trace));

        Assert.NotEmpty(trace.Messages);
        Assert.All(trace.Messages, message =>
        {
            Assert.DoesNotContain('\u001B', message.Text);
            Assert.InRange(message.Text.Length, 1, 600);
        });
    }

    [Theory]
    [InlineData('\u202E')]
    [InlineData('\u2028')]
    [InlineData('\u200B')]
    [InlineData('\uFEFF')]
    [InlineData('\u001B')]
    [InlineData('\uE000')]
    public async Task An_unsafe_token_or_marker_is_sanitized_in_the_trace(char hostile)
    {
        await using RawServer server = RawServer.Responding(Http.Error(404, "Any"));
        var trace = new RequestTrace(wantsDebug: true);
        string token = $"a{hostile}b/%+" + char.ConvertFromUtf32(0xE0041);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        OssClient client = Clients.Create();
        OssLocation location = Clients.At(server.Uri);

        await Assert.ThrowsAsync<OssServiceException>(() => client.SendAsync(
            RequesterQoSOperations.List(LimitedResource.OfBucket(Clients.Bucket), Clients.Page(token)), location, trace, cancellation));
        await Assert.ThrowsAsync<OssServiceException>(
            () => client.SendAsync(ListBucketsOperation.Create("", Clients.Page(token)), location, trace, cancellation));

        Assert.Equal(6, trace.Messages.Count);
        Assert.All(trace.Messages, message => AssertHarmless(message.Text.Replace("\n", "", StringComparison.Ordinal)));
        string encoded = Uri.EscapeDataString(token);
        Assert.All(server.Requests, request => Assert.Contains(encoded, request.Line, StringComparison.Ordinal));
        Assert.Equal(4, trace.Messages.Count(message => message.Text.Contains(encoded, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData('\u202E')]
    [InlineData('\u2028')]
    [InlineData('\u200B')]
    [InlineData('\uFEFF')]
    [InlineData('\uE000')]
    public async Task Unsafe_characters_of_a_listing_are_replaced_in_the_message(char hostile)
    {
        string next = $"0{hostile}b";
        await using RawServer server = RawServer.Serving(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                string body = request.Line.Contains("requesterQosInfo", StringComparison.Ordinal)
                    ? $"<ListBucketRequesterQoSInfosResult><RequesterQoSInfo><Requester>{next}</Requester></RequesterQoSInfo></ListBucketRequesterQoSInfosResult>"
                    : $"<ListAllMyBucketsResult><IsTruncated>{next}</IsTruncated></ListAllMyBucketsResult>";
                byte[] bytes = Encoding.UTF8.GetBytes(body);
                await connection.WriteAsync([.. Encoding.ASCII.GetBytes(Http.Head(200, Http.RequestIdHeader, $"Content-Length: {bytes.Length}")), .. bytes]);
            }
        });

        var listing = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().ListAsync(Clients.At(server.Uri)));
        var limits = await Assert.ThrowsAsync<OssRequestException>(() => Clients.Create().ListQoSAsync(Clients.At(server.Uri)));

        Assert.Contains("IsTruncated is '0\uFFFDb', which is neither true nor false", listing.Message, StringComparison.Ordinal);
        Assert.Contains("Requester is '0\uFFFDb'", limits.Message, StringComparison.Ordinal);
        Assert.All([listing.Message, limits.Message], AssertHarmless);
    }

    private static void AssertHarmless(string text)
    {
        Assert.DoesNotMatch(@"[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]", text);
        Assert.Equal(text, Sanitizer.Sanitize(text, 10_000));
    }

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
}
