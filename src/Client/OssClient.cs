using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using OssPayment.Signing;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>OSS's operations, typed in and out; each operation is a method in a file of its own.</summary>
internal sealed partial class OssClient
{
    private static readonly string UserAgent = $"OssPayment/{typeof(OssClient).Assembly.GetName().Version!.ToString(3)}";

    private const string AccessDenied = "AccessDenied";
    private const string RequestTimeTooSkewed = "RequestTimeTooSkewed";

    private readonly OssCredentials _credentials;
    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly RetryPolicy _retries;

    /// <param name="credentials">What requests are signed with.</param>
    /// <param name="proxy">The proxy to use; null leaves the choice to the system's settings.</param>
    /// <param name="timeout">How long one attempt may take, to the last byte of its answer.</param>
    /// <param name="retries">When and how often a request is sent again.</param>
    internal OssClient(OssCredentials credentials, Uri? proxy, TimeSpan timeout, RetryPolicy retries)
    {
        _credentials = credentials;
        _http = HttpClients.For(proxy);
        _timeout = timeout;
        _retries = retries;
    }

    private async Task<OssAnswer> SendAsync(
        OssOperation operation, OssLocation location, RequestTrace? trace, CancellationToken cancellation)
    {
        location = FromMemory(operation, location);
        bool hasMoved = false;
        int attempt = 1;
        while (true)
        {
            TimeSpan? retryAfter = null;
            try
            {
                HttpAnswer answer = await SendOnceAsync(operation, location, trace, cancellation).ConfigureAwait(false);
                if (operation.IsSuccess(answer.StatusCode))
                {
                    OssAnswer accepted = Accept(answer, location, attempt);
                    _retries.Succeeded(attempt);
                    return accepted;
                }

                retryAfter = answer.RetryAfter;
                throw OssErrors.From(answer, location);
            }
            catch (OssServiceException e) when (!hasMoved && OtherRegion(e, operation, location) is { } region)
            {
                hasMoved = true;
                location = location.InRegion(region);
                RegionMemory.Learn(operation.Bucket!, region);
                trace?.Note($"The bucket {operation.Bucket} is in {region}; it is asked at {location.Endpoint}.");
                continue;
            }
            catch (OssServiceException e)
            {
                e.Attempts = attempt;
                if (!IsTransient(e, location) || !_retries.AllowsAnother(attempt, isAfterTimeout: false))
                {
                    throw;
                }
            }
            catch (OssRequestException e)
            {
                e.Attempts = attempt;
                if (!e.IsTransient || !_retries.AllowsAnother(attempt, e.Error == OssRequestError.RequestTimedOut))
                {
                    throw;
                }
            }

            TimeSpan delay = _retries.DelayAfter(attempt, retryAfter);
            trace?.Note($"Attempt {attempt} failed; the next follows in {delay.TotalMilliseconds:0} ms.");
            await Task.Delay(delay, cancellation).ConfigureAwait(false);
            attempt++;
        }
    }

    private static OssLocation FromMemory(OssOperation operation, OssLocation location) =>
        operation.Bucket is not null && location.CanMove && RegionMemory.Recall(operation.Bucket) is { } region
            ? location.InRegion(region)
            : location;

    /// <summary>The bucket's region, where OSS refused because it is another one. The host that OSS names is only read.</summary>
    private static string? OtherRegion(OssServiceException e, OssOperation operation, OssLocation location)
    {
        if (e.ErrorCode != AccessDenied || operation.Bucket is null || !location.CanMove)
        {
            return null;
        }

        return StandardHost.Parse(e.NamedEndpoint) is { NamesBucket: false, Region: { } region } && region != location.Region
            ? region
            : null;
    }

    private static bool IsTransient(OssServiceException e, OssLocation location) => e.ErrorCode == RequestTimeTooSkewed
        ? e.ServerTime is { } serverTime && ServerClock.Learn(location.Endpoint, serverTime)
        : RetryPolicy.IsTransient(e.StatusCode);

    private async Task<HttpAnswer> SendOnceAsync(
        OssOperation operation, OssLocation location, RequestTrace? trace, CancellationToken cancellation)
    {
        SignatureV4 signature = SignerV4.Sign(operation.Signable, _credentials, location.Region, ServerClock.Now(location.Endpoint));
        trace?.Signed(signature, _credentials);
        using HttpRequestMessage request = ToMessage(operation, location, signature);
        var stopwatch = Stopwatch.StartNew();
        try
        {
            var redaction = new Redaction(_credentials.AccessKeySecret, _credentials.SecurityToken, signature.Signature);
            HttpAnswer answer = await HttpExchange
                .SendAsync(_http, request, location.Endpoint.Uri, _timeout, redaction, cancellation).ConfigureAwait(false);
            trace?.Answered(request, answer, stopwatch.Elapsed);
            return answer;
        }
        catch (OssRequestException e)
        {
            trace?.Failed(request, e.Message, stopwatch.Elapsed);
            throw;
        }
    }

    private static HttpRequestMessage ToMessage(OssOperation operation, OssLocation location, SignatureV4 signature)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(operation.Signable.Method), location.UriFor(operation.Bucket, operation.Signable.CanonicalQuery));
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

    /// <summary>Refuses a success that is not OSS's: every answer of OSS's carries a request id.</summary>
    private static OssAnswer Accept(HttpAnswer answer, OssLocation location, int attempts)
    {
        if (string.IsNullOrWhiteSpace(answer.RequestId))
        {
            throw OssErrors.InvalidResponse(answer, location, "the answer is not OSS's");
        }

        return answer.ContentEncoding is null
            ? new OssAnswer(answer, location, attempts)
            : throw OssErrors.InvalidResponse(answer, location, "the answer is compressed, which was not asked for");
    }

    private static T Read<T>(OssAnswer answer, Func<OssAnswer, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (XmlException e)
        {
            throw answer.Invalid($"its body does not read as OSS's: {e.Message}");
        }
    }
}
