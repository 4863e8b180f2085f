using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Redaction;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

public sealed class HttpExchangeTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task A_complete_response_is_read()
    {
        await using RawServer server = RawServer.Responding(Http.Response(
            203,
            "body",
            Http.RequestIdHeader,
            "x-oss-ec: 0015-00000101",
            "x-oss-err: PEVycm9yLz4=",
            "Content-Encoding: br",
            "Retry-After: 7",
            "Date: Fri, 27 Dec 2024 03:21:12 GMT"));

        HttpResponse response = await SendAsync(server);

        Assert.Equal(203, response.StatusCode);
        Assert.Equal("body", Encoding.UTF8.GetString(response.Body));
        Assert.Equal(Http.RequestId, response.RequestId);
        Assert.Equal("0015-00000101", response.EC);
        Assert.Equal("PEVycm9yLz4=", response.EncodedError);
        Assert.Equal("br", response.ContentEncoding);
        Assert.Equal(TimeSpan.FromSeconds(7), response.RetryAfter?.Delta);
        Assert.Equal(new DateTimeOffset(2024, 12, 27, 3, 21, 12, TimeSpan.Zero), response.Date);
    }

    [Fact]
    public async Task Missing_headers_are_null()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200));

        HttpResponse response = await SendAsync(server);

        Assert.Empty(response.Body);
        Assert.Null(response.RequestId);
        Assert.Null(response.EC);
        Assert.Null(response.EncodedError);
        Assert.Null(response.ContentEncoding);
        Assert.Null(response.RetryAfter);
        Assert.Null(response.Date);
    }

    [Fact]
    public async Task A_date_in_Retry_After_is_read()
    {
        DateTimeOffset time = new(2026, 1, 31, 13, 0, 0, TimeSpan.Zero);
        await using RawServer server = RawServer.Responding(Http.Response(503, "", $"Retry-After: {time:r}"));

        HttpResponse response = await SendAsync(server);

        Assert.Equal(time, response.RetryAfter?.Date);
    }

    [Theory]
    [InlineData(WebExceptionStatus.TrustFailure, false)]
    [InlineData(WebExceptionStatus.SecureChannelFailure, false)]
    [InlineData(WebExceptionStatus.ConnectFailure, true)]
    public async Task Failures_of_NET_Framework_are_recognized(
        WebExceptionStatus status, bool isTransient)
    {
        OssRequestException e = await FailureAsync(new HttpRequestException("", new WebException("", status)));

        Assert.Equal((OssRequestError.RequestFailed, isTransient), (e.Error, e.IsTransient));
        Assert.Equal(!isTransient, e.Message.Contains("certificates", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, true)]
    [InlineData(SocketError.TryAgain, true)]
    [InlineData(SocketError.NoData, true)]
    [InlineData(SocketError.ConnectionRefused, false)]
    public async Task A_name_that_does_not_resolve_is_distinguished_from_other_failures(SocketError error, bool isHostUnknown)
    {
        OssRequestException e = await FailureAsync(new HttpRequestException("", new SocketException((int)error)));

        Assert.Equal((OssRequestError.RequestFailed, isHostUnknown), (e.Error, e.IsHostUnknown));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_recognized_in_Windows_PowerShell()
    {
        OssRequestException e = await FailureAsync(
            new HttpRequestException("", new WebException("", WebExceptionStatus.NameResolutionFailure)));

        Assert.True(e.IsHostUnknown);
    }

    [Fact]
    public async Task A_failure_names_the_contacted_host_and_keeps_the_endpoint()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://a-bucket.host.example:8443/?requestPayment");
        OssRequestException e = await FailureAsync(new HttpRequestException(), request, new Uri("https://host.example:8443"));

        Assert.StartsWith("The request to a-bucket.host.example:8443 failed", e.Message, StringComparison.Ordinal);
        Assert.Equal("host.example", e.Endpoint?.Host);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_errors_for_a_timeout_and_a_response_that_is_too_large_name_the_contacted_host(bool isTooLarge)
    {
        string length = $"Content-Length: {(isTooLarge ? HttpExchange.MaximumBodyLength + 1 : 10)}";
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Http.Head(200, length));
            await connection.WaitForCloseAsync();
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Uri);
        var exchange = new HttpExchange(
            HttpClients.For(null), request, new Uri("http://other.example"), isTooLarge ? Patience.Limit : Short, new Redactor());
        var e = await Assert.ThrowsAsync<OssRequestException>(() => exchange.SendAsync(CancellationToken.None).Soon());

        Assert.Equal(isTooLarge ? OssRequestError.ResponseTooLarge : OssRequestError.RequestTimedOut, e.Error);
        Assert.StartsWith(server.Uri.Authority, e.Message, StringComparison.Ordinal);
        Assert.Equal("other.example", e.Endpoint?.Host);
    }

    [Theory]
    [InlineData(403, false)]
    [InlineData(407, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    public async Task The_status_of_a_refused_proxy_tunnel_is_read_on_NET_Framework(int status, bool isTransient)
    {
        OssRequestException e = await FailureAsync(new HttpRequestException("", await ProtocolErrorAsync(status)));

        Assert.Equal((status, isTransient), (e.StatusCode, e.IsTransient));
        Assert.Contains($"the proxy returned HTTP {status}", e.Message, StringComparison.Ordinal);
        Assert.Equal(status == 407, e.Message.Contains("requires credentials", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unsupported_request_is_reported_and_not_retried()
    {
        foreach (Exception exception in new Exception[]
        {
            new NotSupportedException("The ServicePointManager does not support proxies with the https scheme."),
            new HttpRequestException("", new NotSupportedException("The ServicePointManager does not support proxies.")),
        })
        {
            OssRequestException e = await FailureAsync(exception);

            Assert.Equal((OssRequestError.RequestFailed, false), (e.Error, e.IsTransient));
            Assert.Contains("does not support", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, true)]
    [InlineData(204, false)]
    [InlineData(304, false)]
    public async Task A_body_shorter_than_announced_is_a_failure_on_NET_Framework(int status, bool isBroken)
    {
        using var handler = new Responding((HttpStatusCode)status, new DrippingStream([.. "half"u8]), announced: 100);

        Exception? e = await Record.ExceptionAsync(() => SendAsync(handler, Patience.Limit, CancellationToken.None));

        Assert.Equal(isBroken, e is OssRequestException { Error: OssRequestError.RequestFailed } failed && failed.IsTransient);
        Assert.Equal(!isBroken, e is null);
    }

    [Fact]
    public async Task Cancellation_does_not_wait_for_responses_that_close_slowly()
    {
        using var cancellation = new CancellationTokenSource();
        DrippingStream[] streams = [.. Enumerable.Range(0, 16).Select(_ => new DrippingStream([.. "half"u8], isEndless: true))];
        Task<HttpResponse>[] exchanges = [.. streams.Select(stream =>
            SendAsync(new Responding(HttpStatusCode.OK, stream, announced: 100), Patience.Limit, cancellation.Token))];
        await Task.WhenAll(streams.Select(stream => stream.IsReadOn.Task)).Soon();

        // A call that waits for a stream does not return before the streams are released.
        await Task.Run(cancellation.Cancel, TestContext.Current.CancellationToken).Soon();
        foreach (Task<HttpResponse> exchange in exchanges)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange.Soon());
        }

        Assert.All(streams, stream => Assert.False(stream.IsClosed));
        foreach (DrippingStream stream in streams)
        {
            stream.LetGo.Set();
        }

        await Patience.UntilAsync(() => streams.All(stream => stream.IsClosed));
    }

    [Fact]
    public async Task A_timeout_does_not_wait_for_a_response_that_closes_slowly()
    {
        var stream = new DrippingStream([.. "half"u8], isEndless: true);
        using var handler = new Responding(HttpStatusCode.OK, stream, announced: 100);

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(handler, Short, CancellationToken.None));

        Assert.Equal(OssRequestError.RequestTimedOut, e.Error);
        Assert.False(stream.IsClosed);
        stream.LetGo.Set();
    }

    [Fact]
    public async Task Without_a_response_in_time_the_request_times_out_and_the_connection_is_closed()
    {
        await AssertTimesOutAsync(connection => connection.WaitForCloseAsync());
    }

    [Fact]
    public async Task A_body_that_stops_halfway_times_out_and_closes_the_connection()
    {
        await AssertTimesOutAsync(async connection =>
        {
            await connection.WriteAsync(Http.Head(200, "Content-Length: 100") + "half");
            await connection.WaitForCloseAsync();
        });
    }

    [Fact]
    public async Task The_timeout_covers_the_complete_response_if_its_body_drips()
    {
        await AssertTimesOutAsync(async connection =>
        {
            await connection.WriteAsync(Http.Head(200, "Content-Length: 1000000"));
            await connection.WriteWithoutEndAsync("x", TimeSpan.FromMilliseconds(10));
        });
    }

    [Fact]
    public async Task The_timeout_covers_the_complete_response_if_its_headers_drip()
    {
        await AssertTimesOutAsync(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nx-slow: ");
            await connection.WriteWithoutEndAsync("x", TimeSpan.FromMilliseconds(10));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nha")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("<html><body>Bad Gateway</body></html>")]
    public async Task A_response_that_is_cut_off_or_not_HTTP_is_a_transient_failure(string response)
    {
        await using RawServer server = RawServer.RespondingOnce(response);

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server));

        Assert.Equal(OssRequestError.RequestFailed, e.Error);
        Assert.True(e.IsTransient);
        Assert.Equal(server.Uri, e.Endpoint);
        Assert.Equal(0, e.StatusCode);
    }

    [Fact]
    public async Task A_reset_connection_is_a_transient_failure()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server));

        Assert.Equal(OssRequestError.RequestFailed, e.Error);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task A_port_without_a_listener_is_a_transient_failure()
    {
        Uri unused = await RawServer.UnusedPortAsync();

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(unused, Patience.Limit, CancellationToken.None));

        Assert.Equal(OssRequestError.RequestFailed, e.Error);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task The_size_of_headers_is_bounded()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            await connection.WriteWithoutEndAsync($"x-more: {new string('x', 1000)}\r\n", TimeSpan.Zero);
        });

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server));

        Assert.Equal(OssRequestError.RequestFailed, e.Error);
    }

    [Fact]
    public async Task An_endless_body_is_stopped_and_its_connection_is_closed()
    {
        var closed = new TaskCompletionSource();
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Http.Head(200, "Transfer-Encoding: chunked"));
            await connection.WriteWithoutEndAsync($"1000\r\n{new string('x', 0x1000)}\r\n", TimeSpan.Zero);
            closed.SetResult();
        });

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server));

        Assert.Equal(OssRequestError.ResponseTooLarge, e.Error);
        Assert.Equal(200, e.StatusCode);
        Assert.False(e.IsTransient);
        await closed.Task.Soon();
    }

    [Fact]
    public async Task A_body_whose_announced_length_is_too_large_is_not_read()
    {
        await using RawServer server = RawServer.Serving(async connection =>
        {
            // The body is never sent, so waiting for it would time out.
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Http.Head(200, $"Content-Length: {HttpExchange.MaximumBodyLength + 1}"));
            await connection.WaitForCloseAsync();
        });

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server));

        Assert.Equal(OssRequestError.ResponseTooLarge, e.Error);
        Assert.Equal(200, e.StatusCode);
        Assert.Equal(server.Uri, e.Endpoint);
        Assert.False(e.IsTransient);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(100_000)]
    [InlineData(1024 * 1024)]
    public async Task A_body_up_to_one_mebibyte_is_read_with_or_without_an_announced_length(int length)
    {
        string body = new('x', length);
        string chunks = length == 0 ? "0\r\n\r\n" : $"{length:x}\r\n{body}\r\n0\r\n\r\n";
        await using RawServer server = RawServer.Responding(
            Http.Response(200, body), Http.Head(200, "Transfer-Encoding: chunked") + chunks);

        Assert.Equal(body, Encoding.ASCII.GetString((await SendAsync(server)).Body));
        Assert.Equal(body, Encoding.ASCII.GetString((await SendAsync(server)).Body));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task One_byte_more_is_too_large_without_an_announced_length()
    {
        int length = HttpExchange.MaximumBodyLength + 1;
        await using RawServer server = RawServer.Responding(
            Http.Head(200, "Transfer-Encoding: chunked") + $"{length:x}\r\n{new string('x', length)}\r\n0\r\n\r\n");

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server));

        Assert.Equal(OssRequestError.ResponseTooLarge, e.Error);
    }

    [Fact]
    public async Task Cancellation_ends_the_request_and_closes_the_connection()
    {
        await AssertCancelsAsync("");
    }

    [Fact]
    public async Task Cancellation_during_the_body_closes_the_connection()
    {
        await AssertCancelsAsync(Http.Head(200, "Content-Length: 100") + "half");
    }

    [Fact]
    public async Task A_request_that_is_cancelled_before_it_starts_is_not_sent()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SendAsync(server.Uri, Patience.Limit, new CancellationToken(canceled: true)));

        Assert.Equal(0, server.Connections);
    }

    private static async Task AssertTimesOutAsync(Func<RawConnection, Task> serve)
    {
        var closed = new TaskCompletionSource();
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await serve(connection);
            closed.SetResult();
        });

        var e = await Assert.ThrowsAsync<OssRequestException>(() => SendAsync(server.Uri, Short, CancellationToken.None));

        Assert.Equal(OssRequestError.RequestTimedOut, e.Error);
        Assert.True(e.IsTransient);
        Assert.Equal(server.Uri, e.Endpoint);
        Assert.Contains("0.5 seconds", e.Message, StringComparison.Ordinal);
        await closed.Task.Soon();
    }

    private static async Task AssertCancelsAsync(string response)
    {
        var isSent = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(response);
            isSent.SetResult();
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        using var cancellation = new CancellationTokenSource();

        Task<HttpResponse> exchange = SendAsync(server.Uri, TimeSpan.FromHours(1), cancellation.Token);
        await isSent.Task.Soon();
        await cancellation.CancelAsync();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);
        Assert.Equal(cancellation.Token, e.CancellationToken);
        await closed.Task.Soon();
    }

    private static Task<HttpResponse> SendAsync(RawServer server) =>
        SendAsync(server.Uri, Patience.Limit, TestContext.Current.CancellationToken);

    private static async Task<HttpResponse> SendAsync(Uri uri, TimeSpan timeout, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        return await new HttpExchange(HttpClients.For(null), request, uri, timeout, new Redactor()).SendAsync(cancellation).Soon();
    }

    /// <summary>The exception of .NET Framework for a status, such as that of a refused tunnel.</summary>
    private static async Task<WebException> ProtocolErrorAsync(int status)
    {
        await using RawServer server = RawServer.Responding(Http.Response(status));
#pragma warning disable SYSLIB0014 // Nothing else makes a WebException with a response.
        var e = await Assert.ThrowsAsync<WebException>(() => WebRequest.Create(server.Uri).GetResponseAsync().Soon());
#pragma warning restore SYSLIB0014
        Assert.Equal(WebExceptionStatus.ProtocolError, e.Status);
        return e;
    }

    private static async Task<OssRequestException> FailureAsync(
        Exception exception, HttpRequestMessage? request = null, Uri? endpoint = null)
    {
        using var handler = new Failing(exception);
        return await Assert.ThrowsAsync<OssRequestException>(
            () => SendAsync(handler, Patience.Limit, CancellationToken.None, request, endpoint));
    }

    private static async Task<HttpResponse> SendAsync(
        HttpMessageHandler handler,
        TimeSpan timeout,
        CancellationToken cancellation,
        HttpRequestMessage? message = null,
        Uri? endpoint = null)
    {
        using var connections = new ConnectionPool(proxy: null, new ManualClock(), () => handler);
        using HttpRequestMessage request = message ?? new HttpRequestMessage(HttpMethod.Get, "https://host.example/");
        return await new HttpExchange(connections, request, endpoint ?? request.RequestUri!, timeout, new Redactor())
            .SendAsync(cancellation).Soon();
    }

    /// <summary>Fails as the handler of .NET Framework does, which runs only on Windows.</summary>
    private sealed class Failing(Exception exception) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(exception);
    }

    /// <summary>Responds as the handler of .NET Framework does, whose streams end early and close slowly.</summary>
    private sealed class Responding(HttpStatusCode status, Stream body, long announced) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(body);
            content.Headers.ContentLength = announced;
            return Task.FromResult(new HttpResponseMessage(status) { Content = content });
        }
    }

    /// <summary>Ends after some bytes, or drips on without cancellation. It closes only when it is released.</summary>
    private sealed class DrippingStream(byte[] bytes, bool isEndless = false) : MemoryStream(bytes)
    {
        internal TaskCompletionSource IsReadOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal ManualResetEventSlim LetGo { get; } = new(!isEndless);

        internal bool IsClosed { get; private set; }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            int read = Read(buffer, offset, count);
            if (read == 0 && isEndless)
            {
                IsReadOn.TrySetResult();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            LetGo.Wait();
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
