using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.Faults;
using OssPayment.Endpoints;
using OssPayment.Redaction;
using OssPayment.Text;
using OssPayment.Time;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Client;

public sealed class OssErrorsTests
{
    private const string NoSuchBucket =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>NoSuchBucket</Code>\n"
        + "  <Message>The specified bucket does not exist.</Message>\n  <RequestId>5C3D9175B6FC201293AD4890</RequestId>\n"
        + "  <HostId>examplebucket.oss-cn-hangzhou.aliyuncs.com</HostId>\n  <BucketName>examplebucket</BucketName>\n"
        + "  <EC>0015-00000101</EC>\n  <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0015-00000101</RecommendDoc>\n</Error>\n";

    private static readonly ConnectionPool Connections = new(new WebProxy(), Clock.System);
    private static readonly OssLocation Location = Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com"));

    [Fact]
    public void An_OSS_error_keeps_every_field()
    {
        OssServiceException e = ServiceError(NoSuchBucket);

        Assert.Equal((404, "NoSuchBucket", "The specified bucket does not exist."), (e.StatusCode, e.ErrorCode, e.Message));
        Assert.Equal(("0015-00000101", "5C3D9175B6FC201293AD4890"), (e.EC, e.RequestId));
        Assert.Equal("examplebucket.oss-cn-hangzhou.aliyuncs.com", e.HostId);
        Assert.Equal("https://api.aliyun.com/troubleshoot?q=0015-00000101", e.RecommendDoc);
        Assert.Equal(Location.Endpoint.Uri, e.Endpoint);
        Assert.Equal(("", null), (e.NamedEndpoint, e.ServerTime));
        Assert.Equal("cn-hangzhou", e.SignedRegion);
    }

    [Fact]
    public void An_error_is_read_from_the_header_if_there_is_no_body()
    {
        OssServiceException e = ServiceError("", encodedError: Base64(NoSuchBucket));

        Assert.Equal(("NoSuchBucket", "0015-00000101"), (e.ErrorCode, e.EC));
    }

    [Fact]
    public void An_error_is_read_from_the_header_if_the_body_is_from_a_gateway()
    {
        OssServiceException e = ServiceError("<html>404</html>", encodedError: Base64(NoSuchBucket));

        Assert.Equal("NoSuchBucket", e.ErrorCode);
    }

    [Fact]
    public void An_error_in_the_body_takes_precedence_over_the_header()
    {
        OssServiceException e = ServiceError(
            "<Error><Code>AccessDenied</Code></Error>", encodedError: Base64(NoSuchBucket));

        Assert.Equal("AccessDenied", e.ErrorCode);
    }

    [Fact]
    public async Task An_error_in_the_header_is_received_over_HTTP()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        emulator.State.Faults.Add(new Fault
        {
            Action = new OssErrorResponse(409, "OperationAborted", "Another operation is in progress.", "0017-00000801", InHeader: true),
        });

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.For(emulator.State).GetPaymentAsync(Clients.At(emulator.HttpEndpoint)));

        Assert.Equal(
            (409, "OperationAborted", "Another operation is in progress.", "0017-00000801"),
            (e.StatusCode, e.ErrorCode, e.Message, e.EC));
    }

    [Fact]
    public void Request_id_and_ec_come_from_the_headers_if_the_body_has_none()
    {
        OssServiceException e = ServiceError("<Error><Code>Any</Code></Error>", requestId: "ID", ec: "EC");

        Assert.Equal(("ID", "EC"), (e.RequestId, e.EC));
        Assert.NotEmpty(e.Message);
        Assert.Equal(("", ""), (e.HostId, e.RecommendDoc));
    }

    [Fact]
    public void The_endpoint_and_the_server_time_in_an_error_are_kept()
    {
        OssServiceException e = ServiceError(
            "<Error><Code>Any</Code><Endpoint>oss-cn-beijing.aliyuncs.com</Endpoint><ServerTime>2024-12-27T03:21:12.000Z</ServerTime></Error>");

        Assert.Equal("oss-cn-beijing.aliyuncs.com", e.NamedEndpoint);
        Assert.Equal(new DateTimeOffset(2024, 12, 27, 3, 21, 12, TimeSpan.Zero), e.ServerTime);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<ServerTime>soon</ServerTime>")]
    [InlineData("<ServerTime>99999-01-01T00:00:00Z</ServerTime>")]
    public void The_time_comes_from_the_date_header_if_the_body_has_none(string serverTime)
    {
        var date = new DateTimeOffset(2024, 12, 27, 3, 21, 12, TimeSpan.Zero);
        using var message = new HttpResponseMessage(HttpStatusCode.Forbidden) { Headers = { Date = date } };

        OssException e = OssErrors.From(Response(message, $"<Error><Code>Any</Code>{serverTime}</Error>"), Location);

        Assert.Equal(date, Assert.IsType<OssServiceException>(e).ServerTime);
    }

    [Fact]
    public void The_first_of_duplicate_fields_is_used()
    {
        Assert.Equal("First", ServiceError("<Error><Code>First</Code><Code>Second</Code></Error>").ErrorCode);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("<html><head><title>502 Bad Gateway</title></head><body><hr></body></html>", null)]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", null)]
    [InlineData("Bad Gateway", null)]
    [InlineData("{\"Code\":\"NoSuchBucket\"}", null)]
    [InlineData("<error><Code>NoSuchBucket</Code></error>", null)]
    [InlineData("<Error/>", null)]
    [InlineData("<Error><Code/></Error>", null)]
    [InlineData("<Error><Message>No.</Message></Error>", null)]
    [InlineData("<Error><X><Code>NoSuchBucket</Code></X></Error>", null)]
    [InlineData("<Error><Code>NoSuchBucket</Code>", null)]
    [InlineData("<!DOCTYPE Error><Error><Code>NoSuchBucket</Code></Error>", null)]
    [InlineData("", "no base64!")]
    [InlineData("", "AAAA")]
    [InlineData("", "PEVycm9yLz4=")]
    public void A_failure_without_an_OSS_error_is_an_invalid_response(string body, string? encodedError)
    {
        OssRequestException e = NoError(502, body, encodedError);

        Assert.Equal((OssRequestError.InvalidResponse, 502), (e.Error, e.StatusCode));
        Assert.Equal(Location.Endpoint.Uri, e.Endpoint);
        Assert.StartsWith("examplebucket.oss-cn-hangzhou.aliyuncs.com returned HTTP 502", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Bad Gateway", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(429, true)]
    [InlineData(408, true)]
    [InlineData(403, false)]
    [InlineData(302, false)]
    public void The_status_of_a_gateways_response_decides_about_a_retry(int status, bool isTransient)
    {
        Assert.Equal(isTransient, NoError(status, "<html>Error</html>").IsTransient);
    }

    [Fact]
    public void The_advice_depends_on_the_likely_sender_of_the_response()
    {
        Assert.Contains("-Proxy", NoError(407, "").Message, StringComparison.Ordinal);
        Assert.Contains("Redirects", NoError(302, "").Message, StringComparison.Ordinal);
        Assert.Contains("gateway", NoError(502, "").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Code")]
    [InlineData("Message")]
    [InlineData("EC")]
    [InlineData("RequestId")]
    [InlineData("HostId")]
    [InlineData("RecommendDoc")]
    [InlineData("Endpoint")]
    public void Unsafe_text_in_a_body_is_sanitized_and_truncated(string field)
    {
        string hostile = "a\u202Eb\u0085c\nd\u2028e\u200F" + new string('x', 100_000);

        OssServiceException e = ServiceError(
            $"<Error><{field}>{hostile}</{field}>{(field == "Code" ? "" : "<Code>Any</Code>")}</Error>");

        string[] texts = [e.ErrorCode, e.Message, e.EC, e.RequestId, e.HostId, e.RecommendDoc, e.NamedEndpoint];
        Assert.Contains(texts, text => text.StartsWith("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDxxx", StringComparison.Ordinal));
        Assert.All(texts, text => Assert.InRange(text.Length, 0, 1025));
        Assert.All(texts, text => Assert.Equal(text, Sanitizer.Sanitize(text, 2000)));
    }

    [Theory]
    [InlineData("Code")]
    [InlineData("Message")]
    [InlineData("EC")]
    [InlineData("RequestId")]
    [InlineData("HostId")]
    [InlineData("RecommendDoc")]
    [InlineData("Endpoint")]
    public void Echoed_secrets_are_not_shown(string field)
    {
        OssServiceException e = ServiceError(
            $"<Error><{field}>It was HiddenSecret.</{field}>{(field == "Code" ? "" : "<Code>Any</Code>")}</Error>",
            requestId: "HiddenSecret",
            ec: "HiddenSecret");

        string[] texts = [e.ErrorCode, e.ToString(), e.EC, e.RequestId, e.HostId, e.RecommendDoc, e.NamedEndpoint];
        Assert.Contains(texts, text => text.Contains("It was ***.", StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("HiddenSecret", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_echoed_instead_of_an_error_are_not_shown()
    {
        OssRequestException e = NoError(502, "HiddenSecret", requestId: "HiddenSecret");

        Assert.Equal("***", e.RequestId);
        Assert.DoesNotContain("HiddenSecret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unsafe_text_in_headers_is_sanitized_and_truncated()
    {
        string hostile = "a\u001B[31m" + new string('x', 10_000);

        OssServiceException service = ServiceError("<Error><Code>Any</Code></Error>", requestId: hostile, ec: hostile);
        OssRequestException request = NoError(502, "", requestId: hostile);

        Assert.All([service.RequestId, service.EC, request.RequestId], text =>
        {
            Assert.StartsWith("a\uFFFD[31mx", text, StringComparison.Ordinal);
            Assert.InRange(text.Length, 1, 65);
        });
        Assert.DoesNotContain('\u001B', request.Message);
        Assert.InRange(request.Message.Length, 1, 500);
    }

    [Fact]
    public async Task An_abnormal_error_response_is_handled()
    {
        string message = string.Concat("Denied. &#x202E;", new string('x', 900_000));
        await using RawServer server = RawServer.Responding(
            Http.FromOss(403, $"<Error><Code>AccessDenied</Code><Message>{message}</Message></Error>"));

        OssServiceException e = await Clients.ServiceFailureAsync(server);

        Assert.StartsWith("Denied. \uFFFDxxx", e.Message, StringComparison.Ordinal);
        Assert.Equal(1025, e.Message.Length);
    }

    [Fact]
    public async Task An_error_with_a_document_type_is_not_read_and_fetches_nothing()
    {
        await using RawServer elsewhere = RawServer.Responding(Http.Response(200));
        await using RawServer server = RawServer.Responding(Http.FromOss(
            403, $"<!DOCTYPE Error SYSTEM '{elsewhere.Uri}'><Error><Code>AccessDenied</Code></Error>"));

        OssRequestException e = await Clients.RequestFailureAsync(server);

        Assert.Equal((OssRequestError.InvalidResponse, 403), (e.Error, e.StatusCode));
        Assert.Equal(0, elsewhere.Connections);
    }

    private static OssServiceException ServiceError(
        string body, string? encodedError = null, string? requestId = null, string? ec = null) =>
        Assert.IsType<OssServiceException>(OssErrors.From(Response(404, body, encodedError, requestId, ec), Location));

    private static OssRequestException NoError(int status, string body, string? encodedError = null, string? requestId = null) =>
        Assert.IsType<OssRequestException>(OssErrors.From(Response(status, body, encodedError, requestId, ec: null), Location));

    private static HttpResponse Response(int status, string body, string? encodedError, string? requestId, string? ec)
    {
        using var message = new HttpResponseMessage((HttpStatusCode)status);
        foreach ((string name, string? value) in new[] { ("x-oss-err", encodedError), ("x-oss-request-id", requestId), ("x-oss-ec", ec) })
        {
            if (value is not null)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return Response(message, body);
    }

    private static HttpResponse Response(HttpResponseMessage message, string body)
    {
        var uri = new Uri("https://examplebucket.oss-cn-hangzhou.aliyuncs.com");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        var exchange = new HttpExchange(Connections, request, uri, Patience.Limit, new Redactor("HiddenSecret", null));
        return new HttpResponse(exchange, message, Encoding.UTF8.GetBytes(body));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
