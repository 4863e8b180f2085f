using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Redaction;

namespace OssPayment.Transport;

/// <summary>One attempt: sends a request and receives the complete response, within a time and a size.</summary>
/// <param name="connections">The connections to send it on.</param>
/// <param name="request">The request, which is disposed after it was sent.</param>
/// <param name="endpoint">The endpoint, which an exception names.</param>
/// <param name="timeout">How long it may take, to the last byte of the response.</param>
/// <param name="redactor">Removes secrets from the server's text.</param>
/// <param name="leaving">Called before the first byte may leave; null if not needed.</param>
internal sealed class HttpExchange(
    ConnectionPool connections,
    HttpRequestMessage request,
    Uri endpoint,
    TimeSpan timeout,
    Redactor redactor,
    Action? leaving = null)
{
    /// <summary>The largest body of a response, in bytes. The largest page of OSS is well below it.</summary>
    internal const int MaximumBodyLength = 1024 * 1024;

    internal const string ProxyAdvice =
        "The proxy requires credentials. Use -ProxyCredential or the system's proxy settings.";

    private const string TlsAdvice =
        "Check the endpoint's name, this machine's clock and its trusted root certificates. Certificates are always "
        + "verified.";

    private const string NoTlsAdvice =
        "Check the port. If the endpoint or the proxy uses http on this port, use an http URL.";

    private const string NetworkAdvice = "Check the endpoint, the proxy and the network.";

    private const int ProxyAuthenticationRequired = 407;

    /// <summary>A refused tunnel in .NET's message, and missing credentials in .NET Framework's.</summary>
    private static readonly Regex ProxyRefusal = new(
        @"failed with status code '(?<status>[0-9]{3})'|\((?<status>407)\)", RegexOptions.CultureInvariant);

    /// <summary>The messages of .NET, and of .NET Framework in English, when TLS gets something else.</summary>
    private static readonly Regex NoTls = new(
        "frame size or a corrupted frame|unexpected packet format", RegexOptions.CultureInvariant);

    private readonly ConnectionPool _connections = connections;
    private readonly HttpRequestMessage _request = request;
    private readonly HttpContent? _body = request.Content;
    private readonly Uri _endpoint = endpoint;
    private readonly TimeSpan _timeout = timeout;
    private readonly Action? _leaving = leaving;

    /// <summary>
    /// The contacted host, including the bucket, the port if it is not the default, and the proxy on the way.
    /// </summary>
    internal string Host => _connections.Describe(_request.RequestUri!);

    /// <summary>Removes secrets from the server's text before it is shown.</summary>
    internal Redactor Redactor { get; } = redactor;

    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="OssRequestException">No complete response was received.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<HttpResponse> SendAsync(CancellationToken cancellation)
    {
        // With one token, .NET Standard links a list of them.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation, CancellationToken.None);
        deadline.CancelAfter(_timeout);
        try
        {
            try
            {
                using ConnectionPool.Lease lease = _connections.Rent(_request.RequestUri!);
                HttpResponseMessage response =
                    await StartAsync(lease.Client, _request, deadline.Token).ConfigureAwait(false);
                return await ReceiveAsync(response, deadline.Token).ConfigureAwait(false);
            }
            catch (HttpRequestException e) when (IsClosedKeptConnection(e))
            {
                // The request is sent on a new connection.
            }

            using HttpRequestMessage copy = CopyOf(_request);
            using ConnectionPool.Lease newLease = _connections.RentNew(_request.RequestUri!);
            HttpResponseMessage next = await StartAsync(newLease.Client, copy, deadline.Token).ConfigureAwait(false);
            return await ReceiveAsync(next, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is not OssRequestException)
        {
            throw new OssRequestException(
                OssRequestError.RequestTimedOut,
                $"{Host} did not send a complete response within {_timeout.TotalSeconds:0.###} seconds. Check the "
                + "network, or increase -TimeoutSec.")
            {
                Endpoint = _endpoint,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException
            or InvalidOperationException or NotSupportedException)
        {
            throw Failed(e);
        }
        finally
        {
            _request.Dispose();
        }
    }

    private Task<HttpResponseMessage> StartAsync(
        HttpMessageInvoker client, HttpRequestMessage request, CancellationToken cancellation)
    {
        if (_body is null && ProxyAddress.IsNetFramework)
        {
            // .NET Framework accepts no content in a GET, and repeats requests by its own rules.
            _leaving?.Invoke();
            return client.SendAsync(request, cancellation);
        }

        return new SentOnceContent(_body, _leaving).SendAsync(client, request, cancellation);
    }

    /// <summary>Whether a connection that was kept after an earlier request turned out to be closed.</summary>
    private bool IsClosedKeptConnection(HttpRequestException e) =>
        _request.Content is SentOnceContent { IsOnKeptConnection: true }
        && e.GetBaseException() is IOException or SocketException;

    /// <summary>The same request without its content: a message can be sent only once.</summary>
    private static HttpRequestMessage CopyOf(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }

    /// <remarks>
    /// .NET's own exception is not attached: it shows the server's text unchanged, and a proxy's password.
    /// </remarks>
    private OssRequestException Failed(Exception exception)
    {
        Exception cause = exception.GetBaseException();
        bool isNoTls = NoTls.IsMatch(cause.Message);
        bool isTlsFailure = isNoTls || IsTlsFailure(exception);
        int proxyStatus = ProxyStatus(exception);
        string reason = cause switch
        {
            _ when proxyStatus != 0 => $"the proxy returned HTTP {proxyStatus}",
            _ when isNoTls => "the other side does not use TLS",
            WebException e => e.Status.ToString(),
            _ when isTlsFailure || cause is Win32Exception or NotSupportedException => Redactor.Redact(cause.Message),
            _ => "the connection was closed, or the response is not HTTP",
        };
        string advice = isNoTls ? NoTlsAdvice
            : isTlsFailure ? TlsAdvice
            : proxyStatus == ProxyAuthenticationRequired ? ProxyAdvice
            : NetworkAdvice;
        return new OssRequestException(
            OssRequestError.RequestFailed,
            $"The request to {Host} failed: {reason.TrimEnd('.')}. {advice}")
        {
            Endpoint = _endpoint,
            StatusCode = proxyStatus,
            IsPermanent = isTlsFailure || cause is NotSupportedException,
            IsHostUnknown = IsNameFailure(cause),
        };
    }

    /// <summary>The status with which a proxy refused a tunnel; 0 if none did.</summary>
    /// <remarks>.NET has it only in a message, .NET Framework in the response of a WebException.</remarks>
    private static int ProxyStatus(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is WebException { Response: HttpWebResponse response })
            {
                return (int)response.StatusCode;
            }
        }

        Match refusal = ProxyRefusal.Match(exception.GetBaseException().Message);
        return refusal.Success ? int.Parse(refusal.Groups["status"].Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Whether TLS refused the server; .NET Framework has it in a WebException.</summary>
    private static bool IsTlsFailure(Exception exception) =>
        exception is AuthenticationException
            or WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure }
        || (exception.InnerException is { } inner && IsTlsFailure(inner));

    /// <summary>Whether a name could not be resolved; .NET Framework has it in a WebException.</summary>
    private static bool IsNameFailure(Exception cause) =>
        cause is SocketException
        {
            SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData,
        }
            or WebException { Status: WebExceptionStatus.NameResolutionFailure };

    /// <summary>Receives the body, and disposes the response.</summary>
    private async Task<HttpResponse> ReceiveAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            long? announced = response.Content.Headers.ContentLength;
            if (announced > MaximumBodyLength)
            {
                throw TooLarge(response);
            }

            // The stream is closed with the response, which may take time.
            Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            byte[] body = new byte[announced ?? 1024];
            int length = 0;
            while (length != announced)
            {
                // .NET Framework would keep reading after it is cancelled.
                int read = await stream.ReadAsync(body, length, body.Length - length, cancellation)
                    .OrCancelledAsync(cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    ThrowIfCutShort(announced, length, response.StatusCode);
                    break;
                }

                length += read;
                if (length > MaximumBodyLength)
                {
                    throw TooLarge(response);
                }

                if (announced is null && length == body.Length)
                {
                    Array.Resize(ref body, Math.Min(body.Length * 2, MaximumBodyLength + 1));
                }
            }

            Array.Resize(ref body, length);
            response.Dispose();
            return new HttpResponse(this, response, body);
        }
        catch
        {
            // .NET Framework keeps reading for seconds when a response is closed. Neither the caller nor the thread
            // pool waits for that.
            _ = Task.Factory.StartNew(
                response.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Refuses a body that is shorter than announced, which .NET Framework accepts as complete.</summary>
    /// <exception cref="EndOfStreamException">It is shorter, and the status allows a body.</exception>
    private static void ThrowIfCutShort(long? announced, int length, HttpStatusCode status)
    {
        if (length < announced && status is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
        {
            throw new EndOfStreamException();
        }
    }

    private OssRequestException TooLarge(HttpResponseMessage response) => new(
        OssRequestError.ResponseTooLarge,
        $"{Host} returned more than 1 MiB, which is larger than any OSS response. Check that the endpoint belongs to "
        + "OSS and that no proxy is responding instead.")
    {
        Endpoint = _endpoint,
        StatusCode = (int)response.StatusCode,
    };
}
