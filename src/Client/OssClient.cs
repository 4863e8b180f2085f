using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Credentials;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Redaction;
using OssPayment.Signing;
using OssPayment.Time;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>Sends operations: signed, with retries, and to the region that OSS says the bucket is in.</summary>
/// <param name="credentials">The source of the credentials that requests are signed with.</param>
/// <param name="proxy">The proxies to use; null for the system's settings.</param>
/// <param name="timeout">How long one attempt may take, to the last byte of its response.</param>
/// <param name="retries">When and how often a request is sent again.</param>
internal sealed class OssClient(
    ICredentialProvider credentials, ProxySettings? proxy, TimeSpan timeout, RetryPolicy retries)
{
    private static readonly string UserAgent =
        $"OssPayment/{typeof(OssClient).Assembly.GetName().Version!.ToString(3)}";

    private readonly CredentialRedactor _redactor = new(proxy?.Logins ?? []);
    private readonly ProxySettings? _proxy = proxy;
    private readonly TimeSpan _timeout = timeout;
    private readonly RetryPolicy _retries = retries;
    private readonly CredentialCheck _credentialCheck = new();
    private OssCredentials? _traced;

    /// <summary>The source of the credentials that requests are signed with.</summary>
    internal ICredentialProvider Credentials { get; } = credentials;

    internal string Identity => Credentials.Identity;

    internal Clock Clock => _retries.Clock;

    /// <summary>
    /// A client with the source of credentials that the environment names now, and the retry budgets of the process.
    /// </summary>
    /// <param name="proxy">
    /// The proxy to use; null for those of the environment or the system's settings.
    /// </param>
    /// <param name="proxyCredential">The proxy's credential; null for the user info of its URL.</param>
    /// <param name="timeout">How long one attempt may take, to the last byte of its response.</param>
    /// <param name="maximumRetryCount">The largest number of retries of a request.</param>
    /// <param name="retryInterval">The time between two attempts; null for full-jitter back-off.</param>
    /// <param name="findFile">
    /// The full path of a path as the user writes it; null if that is not in the file system.
    /// </param>
    /// <exception cref="OssRequestException">
    /// The environment names no credentials, or a proxy that is not valid.
    /// </exception>
    internal static OssClient FromEnvironment(
        Uri? proxy,
        NetworkCredential? proxyCredential,
        TimeSpan timeout,
        int maximumRetryCount,
        TimeSpan? retryInterval,
        Func<string, string?> findFile)
    {
        ProxySettings? proxies = proxy is null
            ? ProxySettings.FromEnvironment(Environment.GetEnvironmentVariable)
            : ProxySettings.Of(proxy, proxyCredential);
        var retries = new RetryPolicy(maximumRetryCount, retryInterval, RetryBudgets.Shared, Clock.System);
        return new(CredentialChain.Choose(proxies, timeout, retries, findFile), proxies, timeout, retries);
    }

    /// <param name="operation">The operation, which also reads the response.</param>
    /// <param name="location">Where it is sent.</param>
    /// <param name="trace">The trace of the requests; null if it is not needed.</param>
    /// <param name="cancellation">Ends the request at once.</param>
    /// <param name="leaving">Called before the first byte of an attempt may leave; null if that is not needed.</param>
    /// <exception cref="OssServiceException">OSS refused.</exception>
    /// <exception cref="OssRequestException">No valid response was received.</exception>
    internal Task<TResult> SendAsync<TResult>(
        OssOperation<TResult> operation,
        OssLocation location,
        RequestTrace? trace,
        CancellationToken cancellation,
        Action? leaving = null)
    {
        var request = new OssRequest<TResult>(this, operation, location, trace, leaving, cancellation);
        return location.IsOfOneRecord || _credentialCheck.HasSucceeded
            ? _retries.RunAsync(request, cancellation)
            : SendCheckedAsync(request, cancellation);
    }

    /// <summary>Traces the source of temporary credentials whenever they are new.</summary>
    internal void TraceSource(OssCredentials credentials, RequestTrace? trace)
    {
        if (trace is not null && Credentials.Source is { } source
            && Interlocked.Exchange(ref _traced, credentials) != credentials)
        {
            trace.Renewed(source, credentials);
        }
    }

    /// <summary>Signs and sends one attempt.</summary>
    internal Task<HttpResponse> SendOnceAsync<TResult>(
        OssOperation<TResult> operation,
        OssLocation location,
        OssCredentials credentials,
        TimeSpan clockOffset,
        RequestTrace? trace,
        Action? leaving,
        CancellationToken cancellation)
    {
        Uri uri = location.UriFor(operation.Bucket, operation.Signable.CanonicalQuery);
        SignatureV4 signature =
            SignerV4.Sign(operation.Signable, credentials, location.Region, Clock.UtcNow + clockOffset);
        Redactor redactor = _redactor.For(credentials).With(signature.Signature);
        trace?.Signed(signature, redactor);
        HttpRequestMessage request = ToMessage(operation, uri, signature);
        var exchange = new HttpExchange(
            HttpClients.For(_proxy), request, location.Endpoint.Uri, _timeout, redactor, leaving);
        return trace is null
            ? exchange.SendAsync(cancellation)
            : SendTracedAsync(exchange, request, trace, cancellation);
    }

    private async Task<HttpResponse> SendTracedAsync(
        HttpExchange exchange, HttpRequestMessage request, RequestTrace trace, CancellationToken cancellation)
    {
        TimeSpan start = Clock.Elapsed;
        try
        {
            HttpResponse response = await exchange.SendAsync(cancellation).ConfigureAwait(false);
            trace.Received(request, response, Clock.Elapsed - start);
            return response;
        }
        catch (OssRequestException e)
        {
            trace.Failed(request, e, exchange.Redactor, Clock.Elapsed - start);
            throw;
        }
    }

    private Task<TResult> SendCheckedAsync<TResult>(OssRequest<TResult> request, CancellationToken cancellation) =>
        _credentialCheck.RunAsync(() => _retries.RunAsync(request, cancellation));

    private static HttpRequestMessage ToMessage<TResult>(
        OssOperation<TResult> operation, Uri uri, SignatureV4 signature)
    {
        HttpMethod method = operation.IsChange ? new(operation.Signable.Method) : HttpMethod.Get;
        var request = new HttpRequestMessage(method, uri);
        if (operation.Body is not null)
        {
            request.Content = new ByteArrayContent(operation.Body);
        }

        for (int i = 0; i < signature.SignedHeaders.Count; i++)
        {
            KeyValuePair<string, string> header = signature.SignedHeaders[i];
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                request.Content!.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.ExpectContinue = false;
        return request;
    }
}
