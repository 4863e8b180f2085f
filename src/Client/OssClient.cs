using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using OssPayment.Credentials;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Redaction;
using OssPayment.Signing;
using OssPayment.Time;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>
/// Sends operations: signed, with retries, and to another region where OSS says that the bucket is there.
/// </summary>
internal sealed class OssClient
{
    private const string AccessDenied = "AccessDenied";
    private const string RequestTimeTooSkewed = "RequestTimeTooSkewed";

    private static readonly string UserAgent =
        $"OssPayment/{typeof(OssClient).Assembly.GetName().Version!.ToString(3)}";

    private readonly ICredentialProvider _credentials;
    private readonly CredentialRedactor _redactor;
    private readonly ProxySettings? _proxy;
    private readonly TimeSpan _timeout;
    private readonly RetryPolicy _retries;
    private readonly CredentialCheck _credentialCheck = new();
    private OssCredentials? _traced;

    /// <param name="credentials">What gives the credentials that requests are signed with.</param>
    /// <param name="proxy">The proxies to go through; null for the system's settings.</param>
    /// <param name="timeout">How long one attempt may take, to the last byte of its response.</param>
    /// <param name="retries">When and how often a request is sent again.</param>
    internal OssClient(ICredentialProvider credentials, ProxySettings? proxy, TimeSpan timeout, RetryPolicy retries)
    {
        _credentials = credentials;
        _redactor = new CredentialRedactor(proxy?.Logins ?? []);
        _proxy = proxy;
        _timeout = timeout;
        _retries = retries;
    }

    /// <summary>Whose credentials requests are signed with.</summary>
    internal string Identity => _credentials.Identity;

    /// <summary>
    /// A client with the source of credentials that the environment names now, and the budgets that all of them share.
    /// </summary>
    /// <param name="proxy">
    /// The proxy to use; null leaves the choice to the environment and the system's settings.
    /// </param>
    /// <param name="proxyCredential">What the proxy gets; null for the user info of its URL.</param>
    /// <param name="timeout">How long one attempt may take, to the last byte of its response.</param>
    /// <param name="maximumRetryCount">How many times a request is sent again at the most.</param>
    /// <param name="retryInterval">The time between two attempts; null for full-jitter back-off.</param>
    /// <exception cref="OssRequestException">
    /// The environment names no credentials, or a proxy that is not one.
    /// </exception>
    internal static OssClient FromEnvironment(
        Uri? proxy,
        NetworkCredential? proxyCredential,
        TimeSpan timeout,
        int maximumRetryCount,
        TimeSpan? retryInterval)
    {
        if (proxy is null && proxyCredential is not null)
        {
            throw ProxyAddress.Invalid("-ProxyCredential requires -Proxy.");
        }

        ProxySettings? proxies = proxy is null
            ? ProxySettings.FromEnvironment(Environment.GetEnvironmentVariable)
            : ProxySettings.Of(proxy, proxyCredential);
        var retries = new RetryPolicy(maximumRetryCount, retryInterval, RetryBudgets.Shared, Clock.System);
        return new(CredentialChain.Choose(proxies, timeout, retries), proxies, timeout, retries);
    }

    /// <param name="operation">What is sent, and how the response is read.</param>
    /// <param name="location">Where it is sent.</param>
    /// <param name="trace">Where each request is noted; null where nobody wants to know.</param>
    /// <param name="cancellation">Ends the request at once.</param>
    /// <exception cref="OssServiceException">OSS refused.</exception>
    /// <exception cref="OssRequestException">Nothing usable came back.</exception>
    internal async Task<TResult> SendAsync<TResult>(
        OssOperation<TResult> operation, OssLocation location, RequestTrace? trace, CancellationToken cancellation)
    {
        try
        {
            return await (location.IsOfOneRecord
                ? SendWithRetriesAsync(operation, location, trace, cancellation)
                : _credentialCheck.RunAsync(() => SendWithRetriesAsync(operation, location, trace, cancellation)))
                .ConfigureAwait(false);
        }
        catch (OssServiceException e)
        {
            e.Permission = operation.Permission;
            e.CredentialSource = _credentials.Source ?? "";
            throw;
        }
        catch (OssRequestException e) when (RegionAdvice.For(e) is { } advice)
        {
            throw e.With(advice);
        }
    }

    private async Task<TResult> SendWithRetriesAsync<TResult>(
        OssOperation<TResult> operation, OssLocation location, RequestTrace? trace, CancellationToken cancellation)
    {
        OssLocation current = Recalled(operation.Bucket, location);
        TimeSpan clockOffset = ClockSkew.Recall(current.Endpoint);
        bool hasMoved = false;
        bool hasRenewed = false;
        int attempt = 1;
        while (true)
        {
            RetryConditionHeaderValue? retryAfter = null;
            OssCredentials credentials = await GetCredentialsAsync(trace, cancellation).ConfigureAwait(false);
            try
            {
                HttpResponse response = await SendOnceAsync(
                    operation, current, credentials, clockOffset, trace, cancellation).ConfigureAwait(false);
                if (operation.IsSuccess(response.StatusCode))
                {
                    TResult result = Read(operation, response, current, attempt);
                    _retries.Succeeded(attempt, current.Endpoint.ToString());
                    ClockSkew.Settle(current.Endpoint, clockOffset, isAccepted: true);
                    if (current.Region != location.Region)
                    {
                        BucketRegionCache.Learn(operation.Bucket!, current, _credentials.Identity);
                    }

                    return result;
                }

                retryAfter = response.RetryAfter;
                throw OssErrors.From(response, current);
            }
            catch (OssException e)
            {
                ClockSkew.Settle(current.Endpoint, clockOffset, e is OssServiceException { IsAboutBucket: true });
                if (current.Region != location.Region)
                {
                    BucketRegionCache.Forget(operation.Bucket!, current, _credentials.Identity);
                }

                if (!hasMoved && OtherRegion(e, operation.Bucket, current) is { } region)
                {
                    hasMoved = true;
                    current = current.InRegion(region);
                    clockOffset = ClockSkew.Recall(current.Endpoint);
                    trace?.Verbose($"Bucket {operation.Bucket} is in region {region}. Retrying at {current.Endpoint}.");
                    continue;
                }

                if (!hasRenewed
                    && e is OssServiceException { RefusesTemporary: true }
                    && _credentials.Discard(credentials))
                {
                    hasRenewed = true;
                    trace?.Verbose("OSS no longer takes these credentials; the request is sent again with new ones.");
                    continue;
                }

                e.Attempts = attempt;
                TimeSpan? correction = Correction(e, current);
                if (!(RetryPolicy.IsTransient(e) || correction is not null)
                    || !_retries.AllowsAnother(e, attempt, current.Endpoint.ToString()))
                {
                    throw;
                }

                clockOffset = correction ?? clockOffset;
            }

            TimeSpan delay = _retries.DelayAfter(attempt, retryAfter);
            trace?.Verbose($"Attempt {attempt} failed; the next follows in {delay.TotalMilliseconds:0} ms.");
            await _retries.Clock.DelayAsync(delay, cancellation).ConfigureAwait(false);
            attempt++;
        }
    }

    /// <summary>The credentials to sign with; the source of temporary ones is traced each time they are new.</summary>
    private async Task<OssCredentials> GetCredentialsAsync(RequestTrace? trace, CancellationToken cancellation)
    {
        OssCredentials credentials = await _credentials.GetAsync(cancellation).ConfigureAwait(false);
        if (trace is not null && _credentials.Source is { } source
            && Interlocked.Exchange(ref _traced, credentials) != credentials)
        {
            trace.Renewed(source, credentials);
        }

        return credentials;
    }

    /// <summary>Where the bucket was found before, in place of a region that is a mere default.</summary>
    private OssLocation Recalled(string? bucket, OssLocation location) =>
        bucket is not null && location.CanMove && location.IsDefaultRegion
        && BucketRegionCache.Recall(bucket, location, _credentials.Identity) is { } region
            ? location.InRegion(region)
            : location;

    /// <summary>
    /// The bucket's region, where OSS refused because it is another. The host that OSS names is only read.
    /// </summary>
    private static string? OtherRegion(OssException e, string? bucket, OssLocation location)
    {
        if (e is not OssServiceException { ErrorCode: AccessDenied } refusal || bucket is null || !location.CanMove)
        {
            return null;
        }

        return OssHostName.Parse(refusal.NamedEndpoint) is { NamesBucket: false, Region: { } region }
            && region != (location.Endpoint.Standard!.Region ?? location.Region)
            ? region
            : null;
    }

    /// <summary>
    /// What to add to this machine's time, where its clock was the reason and the server's time can be taken.
    /// </summary>
    private TimeSpan? Correction(OssException e, OssLocation location) =>
        e is OssServiceException { ErrorCode: RequestTimeTooSkewed, ServerTime: { } serverTime }
            ? ClockSkew.OffsetTo(location.Endpoint, serverTime, _retries.Clock.UtcNow)
            : null;

    private async Task<HttpResponse> SendOnceAsync<TResult>(
        OssOperation<TResult> operation,
        OssLocation location,
        OssCredentials credentials,
        TimeSpan clockOffset,
        RequestTrace? trace,
        CancellationToken cancellation)
    {
        Uri uri = location.UriFor(operation.Bucket, operation.Signable.CanonicalQuery);
        SignatureV4 signature =
            SignerV4.Sign(operation.Signable, credentials, location.Region, _retries.Clock.UtcNow + clockOffset);
        trace?.Signed(signature, credentials);
        using HttpRequestMessage request = ToMessage(operation, uri, signature);
        TimeSpan start = _retries.Clock.Elapsed;
        try
        {
            Redactor redactor = _redactor.For(credentials).With(signature.Signature);
            HttpResponse response = await HttpExchange
                .SendAsync(HttpClients.For(_proxy), request, location.Endpoint.Uri, _timeout, redactor, cancellation)
                .ConfigureAwait(false);
            trace?.Answered(request, response, _retries.Clock.Elapsed - start);
            return response;
        }
        catch (OssRequestException e)
        {
            trace?.Failed(request, e, _retries.Clock.Elapsed - start);
            throw;
        }
    }

    private static HttpRequestMessage ToMessage<TResult>(
        OssOperation<TResult> operation, Uri uri, SignatureV4 signature)
    {
        var request = new HttpRequestMessage(new HttpMethod(operation.Signable.Method), uri);
        if (operation.Body is not null)
        {
            request.Content = new ByteArrayContent(operation.Body);
        }

        foreach (KeyValuePair<string, string> header in signature.SignedHeaders)
        {
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

    /// <summary>
    /// Reads a success, and refuses one that is not OSS's: each of OSS's responses carries a request id.
    /// </summary>
    private static TResult Read<TResult>(
        OssOperation<TResult> operation, HttpResponse response, OssLocation location, int attempt)
    {
        if (string.IsNullOrWhiteSpace(response.RequestId))
        {
            throw OssErrors.InvalidResponse(response, location, "it is not OSS's");
        }

        if (response.ContentEncoding is not null)
        {
            throw OssErrors.InvalidResponse(response, location, "it is compressed, which was not asked for");
        }

        OssRequestException Unreadable(XmlException e)
        {
            OssRequestException unreadable =
                OssErrors.InvalidResponse(response, location, $"its body does not read as OSS's: {e.Message}");
            unreadable.Attempts = attempt;
            return unreadable;
        }

        try
        {
            return operation.Read(new OssResponse(
                response.StatusCode,
                OssErrors.RequestIdOf(response),
                location.Region,
                location.Endpoint.ToString(),
                response.Body,
                Unreadable));
        }
        catch (XmlException e)
        {
            throw Unreadable(e);
        }
    }
}
