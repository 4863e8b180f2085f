using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Client;

/// <summary>The common parts of all operations: requests, responses and attempts.</summary>
public sealed class OssClientTests
{
    private static readonly string Success = Http.FromOss(200, Http.RequesterPays);

    [Fact]
    public async Task A_get_has_the_required_headers_and_query()
    {
        await using RawServer server = RawServer.Responding(Success);

        await Clients.Create().GetPaymentAsync(Clients.At(server.Uri));

        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal("GET /examplebucket/?requestPayment HTTP/1.1", request.Line);
        Assert.Equal($"127.0.0.1:{server.Port}", request.Header("Host"));
        Assert.StartsWith("OSS4-HMAC-SHA256 Credential=AnyKeyId/", request.Header("Authorization"), StringComparison.Ordinal);
        Assert.Matches(@"\A[0-9]{8}T[0-9]{6}Z\z", request.Header("x-oss-date"));
        Assert.Equal("UNSIGNED-PAYLOAD", request.Header("x-oss-content-sha256"));
        Assert.Matches(@"\AOssPayment/[0-9]+\.[0-9]+\.[0-9]+\z", request.Header("User-Agent"));
        Assert.Equal("0", request.Header("Content-Length"));
        Assert.Equal(
            ["authorization", "content-length", "host", "user-agent", "x-oss-content-sha256", "x-oss-date"],
            request.Headers.Select(header => header.Key.ToLowerInvariant()).Order());
    }

    [Fact]
    public async Task A_put_has_the_required_headers_and_body()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200));

        await Clients.Create().PutPaymentAsync(Clients.At(server.Uri), Payer.Requester);

        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal("PUT /examplebucket/?requestPayment HTTP/1.1", request.Line);
        Assert.Equal(Http.RequesterPays, Encoding.UTF8.GetString(request.Body));
        Assert.Equal("application/xml", request.Header("Content-Type"));
        Assert.Equal(Md5(request.Body), request.Header("Content-MD5"));
        Assert.Equal(
            [
                "authorization", "content-length", "content-md5", "content-type", "host", "user-agent",
                "x-oss-content-sha256", "x-oss-date",
            ],
            request.Headers.Select(header => header.Key.ToLowerInvariant()).Order());
    }

    [Fact]
    public async Task Temporary_credentials_send_their_token()
    {
        await using RawServer server = RawServer.Responding(Success);

        await Clients.Create(new("id", "secret", "token+/=")).GetPaymentAsync(Clients.At(server.Uri));

        Assert.Equal("token+/=", Assert.Single(server.Requests).Header("x-oss-security-token"));
    }

    [Fact]
    public async Task Calls_and_clients_reuse_connections()
    {
        await using RawServer server = RawServer.Responding(
            Success, Http.FromOss(200), Http.Error(404, "NoSuchBucket"), Http.Response(502, "<html>"), Success);
        OssLocation location = Clients.At(server.Uri);

        await Clients.Create().GetPaymentAsync(location);
        await Clients.Create().PutPaymentAsync(location, Payer.BucketOwner);
        await Clients.ServiceFailureAsync(server);
        await Clients.RequestFailureAsync(server);
        await Clients.Create(new("other", "secret", "token")).GetPaymentAsync(location);

        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200, Http.RequesterPays, "Set-Cookie: a=b; Path=/"));

        await Clients.Create().GetPaymentAsync(Clients.At(server.Uri));
        await Clients.Create().GetPaymentAsync(Clients.At(server.Uri));

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Null(request.Header("Cookie")));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_not_followed(int status)
    {
        await using RawServer elsewhere = RawServer.Responding(Success);
        await using RawServer server = RawServer.Responding(
            Http.Response(status, "", $"Location: {elsewhere.Uri}examplebucket/?requestPayment"));

        OssRequestException e = await Clients.RequestFailureAsync(server, Clients.Create(retries: 2));

        Assert.Equal((OssRequestError.InvalidResponse, status), (e.Error, e.StatusCode));
        Assert.Contains("edirect", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Connections);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_success_without_a_request_id_is_an_error()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, Http.RequesterPays));

        OssRequestException e = await Clients.RequestFailureAsync(server, Clients.Create(retries: 2));

        Assert.Equal((OssRequestError.InvalidResponse, 200, 1), (e.Error, e.StatusCode, e.Attempts));
        Assert.Equal(server.Uri, e.Endpoint);
        Assert.Equal("", e.RequestId);
    }

    [Fact]
    public async Task A_response_to_a_put_without_a_request_id_is_refused()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().PutPaymentAsync(Clients.At(server.Uri), Payer.Requester));

        Assert.Equal(OssRequestError.InvalidResponse, e.Error);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task A_compressed_response_is_refused(string encoding)
    {
        await using RawServer server = RawServer.Responding(
            Http.FromOss(200, Http.RequesterPays, $"Content-Encoding: {encoding}"));

        OssRequestException e = await Clients.RequestFailureAsync(server);

        Assert.Equal((OssRequestError.InvalidResponse, Http.RequestId), (e.Error, e.RequestId));
        Assert.Contains("compressed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_without_its_body_is_refused()
    {
        await using RawServer server = RawServer.Responding(Http.Head(204, Http.RequestIdHeader), Http.FromOss(200));

        Assert.Equal((OssRequestError.InvalidResponse, 204), ErrorOf(await Clients.RequestFailureAsync(server)));
        Assert.Equal((OssRequestError.InvalidResponse, 200), ErrorOf(await Clients.RequestFailureAsync(server)));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Transient_errors_are_retried(int status)
    {
        await using RawServer server = RawServer.Responding(
            Http.Error(status, "Any"), Http.Response(status, "<html>Bad Gateway</html>"), Success);

        BucketRequestPayment payment = await Clients.Create(retries: 2).GetPaymentAsync(Clients.At(server.Uri));

        Assert.Equal(Payer.Requester, payment.Payer);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Permanent_errors_have_the_number_of_attempts(int retries)
    {
        await using RawServer service = RawServer.Responding(Http.Error(503, "ServiceUnavailable"));
        await using RawServer gateway = RawServer.Responding(Http.Response(502));

        OssServiceException fromService = await Clients.ServiceFailureAsync(service, Clients.Create(retries: retries));
        OssRequestException fromGateway = await Clients.RequestFailureAsync(gateway, Clients.Create(retries: retries));

        Assert.Equal((retries + 1, retries + 1), (fromService.Attempts, service.Requests.Count));
        Assert.Equal((retries + 1, retries + 1), (fromGateway.Attempts, gateway.Requests.Count));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task Refusals_are_not_retried(int status)
    {
        await using RawServer server = RawServer.Responding(Http.Error(status, "Any"), Success);

        OssServiceException e = await Clients.ServiceFailureAsync(server, Clients.Create(retries: 2));

        Assert.Equal((status, 1), (e.StatusCode, e.Attempts));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Broken_connections_are_retried()
    {
        int connections = 0;
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            switch (Interlocked.Increment(ref connections))
            {
                case 1:
                    connection.Reset();
                    break;
                case 2:
                    await connection.WriteAsync(Success[..^5]);
                    break;
                default:
                    await connection.WriteAsync(Success);
                    break;
            }
        });

        BucketRequestPayment payment = await Clients.Create(retries: 2).GetPaymentAsync(Clients.At(server.Uri));

        Assert.Equal(Payer.Requester, payment.Payer);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    public async Task A_response_that_is_always_cut_off_has_the_number_of_attempts(string response)
    {
        await using RawServer server = RawServer.RespondingOnce(response);

        OssRequestException e = await Clients.RequestFailureAsync(server, Clients.Create(retries: 2));

        Assert.Equal((OssRequestError.RequestFailed, 3), (e.Error, e.Attempts));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_is_always_reset_has_the_number_of_attempts()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });

        OssRequestException e = await Clients.RequestFailureAsync(server, Clients.Create(retries: 2));

        // Within an attempt, .NET itself resends a request that is reset before the first byte of the response.
        Assert.Equal((OssRequestError.RequestFailed, 3), (e.Error, e.Attempts));
        Assert.InRange(server.Requests.Count, 3, 12);
    }

    [Fact]
    public async Task Each_attempt_has_its_own_timeout()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WaitForCloseAsync();
        });

        OssRequestException e = await Clients.RequestFailureAsync(
            server, Clients.Create(timeout: TimeSpan.FromSeconds(0.5), retries: 2));

        Assert.Equal((OssRequestError.RequestTimedOut, 3), (e.Error, e.Attempts));
        await Patience.UntilAsync(() => server.Requests.Count == 3);
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_not_requested_again()
    {
        await using RawServer server = RawServer.Responding(Http.Head(500, Http.RequestIdHeader, "Content-Length: 99999999"));

        OssRequestException e = await Clients.RequestFailureAsync(server, Clients.Create(retries: 2));

        Assert.Equal((OssRequestError.ResponseTooLarge, 500, 1), (e.Error, e.StatusCode, e.Attempts));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Each_attempt_is_signed_anew_and_follows_Retry_After()
    {
        await using RawServer server = RawServer.Responding(Http.Error(503, "Any", "Retry-After: 2"), Success);

        await Clients.Create(retries: 1, interval: TimeSpan.Zero).GetPaymentAsync(Clients.At(server.Uri));

        DateTime first = DateOf(server.Requests[0]);
        DateTime second = DateOf(server.Requests[1]);
        Assert.True(second - first >= TimeSpan.FromSeconds(1), $"{first:O} and {second:O} are less than two seconds apart.");
        Assert.NotEqual(server.Requests[0].Header("Authorization"), server.Requests[1].Header("Authorization"));
    }

    [Fact]
    public async Task Cancellation_between_two_attempts_ends_the_operation()
    {
        await using RawServer server = RawServer.Responding(Http.Error(503, "Any"));
        using var cancellation = new CancellationTokenSource();
        var trace = new RequestTrace(wantsDebug: false);

        Task<BucketRequestPayment> operation = Clients.Create(retries: 1, interval: TimeSpan.FromHours(1))
            .GetPaymentAsync(Clients.At(server.Uri), trace: trace, cancellation: cancellation.Token);
        await Patience.UntilAsync(() => trace.Messages.Count == 2);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => operation);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_cancelled_attempt_is_not_retried()
    {
        var arrived = new TaskCompletionSource();
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            arrived.SetResult();
            await connection.WaitForCloseAsync();
        });
        using var cancellation = new CancellationTokenSource();

        Task<BucketRequestPayment> operation = Clients.Create(retries: 2)
            .GetPaymentAsync(Clients.At(server.Uri), cancellation: cancellation.Token);
        await arrived.Task.Soon();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => operation);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("x/../y")]
    [InlineData("a.b@evil.example")]
    public async Task An_invalid_bucket_name_is_refused_before_anything_is_sent(string bucket)
    {
        await using RawServer server = RawServer.Responding(Success);
        OssLocation location = Clients.At(server.Uri);

        var get = await Assert.ThrowsAsync<OssRequestException>(() => Clients.Create().GetPaymentAsync(location, bucket));
        var put = await Assert.ThrowsAsync<OssRequestException>(() => Clients.Create().PutPaymentAsync(location, Payer.Requester, bucket));
        var qos = await Assert.ThrowsAsync<OssRequestException>(() => Clients.Create().GetQoSAsync(location, "300100", LimitedResource.OfBucket(bucket)));

        Assert.All([get, put, qos], e => Assert.Equal(OssRequestError.InvalidBucketName, e.Error));
        Assert.Equal(0, server.Connections);
    }

    private static (OssRequestError Error, int StatusCode) ErrorOf(OssRequestException e) => (e.Error, e.StatusCode);

    private static DateTime DateOf(RawRequest request) => DateTime.ParseExact(
        request.Header("x-oss-date")!, "yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    // OSS requires MD5; nothing secret depends on it.
#pragma warning disable CA5351
    private static string Md5(byte[] body) => Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
}
