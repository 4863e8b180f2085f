using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Signing;
using OssPayment.Transport;

namespace OssPayment.Client;

/// <summary>An operation that is being sent: where the next attempt goes, and by which clock it is signed.</summary>
internal sealed class OssRequest<TResult> : IRetried<TResult>
{
    private readonly OssClient _client;
    private readonly OssOperation<TResult> _operation;
    private readonly OssLocation _location;
    private readonly RequestTrace? _trace;
    private readonly Action? _leaving;
    private readonly CancellationToken _cancellation;
    private OssLocation _current;
    private int _sent;
    private TimeSpan _clockOffset;
    private bool _hasMoved;
    private bool _hasRenewed;

    internal OssRequest(
        OssClient client,
        OssOperation<TResult> operation,
        OssLocation location,
        RequestTrace? trace,
        Action? leaving,
        CancellationToken cancellation)
    {
        _client = client;
        _operation = operation;
        _location = location;
        _trace = trace;
        _leaving = leaving;
        _cancellation = cancellation;

        // A region where the bucket was found before replaces only a default region.
        _current = operation.Bucket is not null && location.CanMove && location.IsDefaultRegion
            && BucketRegionCache.Get(operation.Bucket, location, client.Identity) is { } region
                ? location.InRegion(region)
                : location;
        _clockOffset = ClockSkew.Get(_current.Endpoint);
    }

    public string Endpoint => _current.Endpoint.ToString();

    public RetryConditionHeaderValue? RetryAfter { get; private set; }

    /// <remarks>Another region and renewed credentials are used at once, each of them only once.</remarks>
    public async Task<TResult> AttemptAsync(int attempt)
    {
        while (true)
        {
            RetryAfter = null;
            OssCredentials credentials =
                await _client.Credentials.GetAsync(_cancellation).ConfigureAwait(false);
            _client.TraceSource(credentials, _trace);
            _sent++;
            try
            {
                HttpResponse response = await _client
                    .SendOnceAsync(_operation, _current, credentials, _clockOffset, _trace, _leaving, _cancellation)
                    .ConfigureAwait(false);
                if (!_operation.IsSuccess(response.StatusCode))
                {
                    RetryAfter = response.RetryAfter;
                    throw OssErrors.From(response, _current);
                }

                TResult result = Read(response);
                ClockSkew.Update(_current.Endpoint, _clockOffset, isAccepted: true);
                if (_current.Region != _location.Region)
                {
                    BucketRegionCache.Add(_operation.Bucket!, _current, _client.Identity);
                }

                return result;
            }
            catch (OssException e)
            {
                ClockSkew.Update(_current.Endpoint, _clockOffset, e is OssServiceException { IsAboutBucket: true });
                if (_current.Region != _location.Region)
                {
                    BucketRegionCache.Remove(_operation.Bucket!, _current, _client.Identity);
                }

                if (e is OssServiceException refusal)
                {
                    if (MovesAfter(refusal) || RenewsAfter(refusal, credentials))
                    {
                        continue;
                    }

                    if (CorrectsClockAfter(refusal))
                    {
                        throw new OssServiceException(refusal) { IsClockCorrected = true };
                    }
                }

                throw;
            }
        }
    }

    public void WillRetry(int attempt, TimeSpan delay) =>
        _trace?.Verbose($"Attempt {_sent} failed. Retrying in {delay.TotalMilliseconds:0} ms.");

    public OssException Failure(OssException e, int attempts) => e switch
    {
        OssServiceException refusal => new OssServiceException(refusal)
        {
            Attempts = _sent,
            Permission = _operation.Permission,
            CredentialSource = _client.Credentials.Source ?? "",
        },

        // All requests that waited for the source have the same exception, which counts the source's attempts.
        OssRequestException { Error: OssRequestError.CredentialSourceFailed } failure =>
            new OssRequestException(failure),
        OssRequestException failure =>
            new OssRequestException(failure, RegionAdvice.For(failure)) { Attempts = _sent },
        _ => e,
    };

    /// <summary>
    /// Moves to the bucket's region if OSS refused because the bucket is elsewhere. The host that OSS names is parsed,
    /// never contacted as it is.
    /// </summary>
    private bool MovesAfter(OssServiceException refusal)
    {
        if (_hasMoved || refusal.ErrorCode != "AccessDenied" || _operation.Bucket is null || !_current.CanMove
            || OssHostName.Parse(refusal.NamedEndpoint) is not { NamesBucket: false, Region: { } region }
            || region == (_current.Endpoint.Standard!.Region ?? _current.Region)
            || KnownRegions.Find(region) is { } known && known.HostOf(_current.Endpoint.Standard.Type) is null)
        {
            return false;
        }

        _hasMoved = true;
        _current = _current.InRegion(region);
        _clockOffset = ClockSkew.Get(_current.Endpoint);
        _trace?.Verbose($"Bucket {_operation.Bucket} is in region {region}. Retrying at {_current.Endpoint}.");
        return true;
    }

    private bool RenewsAfter(OssServiceException refusal, OssCredentials credentials)
    {
        if (_hasRenewed || !refusal.RefusesTemporary || !_client.Credentials.Discard(credentials))
        {
            return false;
        }

        _hasRenewed = true;
        _trace?.Verbose("OSS rejected the credentials. Retrying with renewed credentials.");
        return true;
    }

    private bool CorrectsClockAfter(OssServiceException refusal)
    {
        TimeSpan? offset = refusal is { ErrorCode: "RequestTimeTooSkewed", ServerTime: { } serverTime }
            ? ClockSkew.OffsetTo(_current.Endpoint, serverTime, _client.Clock.UtcNow)
            : null;
        _clockOffset = offset ?? _clockOffset;
        return offset is not null;
    }

    /// <summary>Reads a success. Every response from OSS has a request ID.</summary>
    private TResult Read(HttpResponse response)
    {
        if (string.IsNullOrWhiteSpace(response.RequestId))
        {
            throw OssErrors.InvalidResponse(response, _current, "it has no x-oss-request-id header");
        }

        if (response.ContentEncoding is not null)
        {
            throw OssErrors.InvalidResponse(
                response, _current, "it is compressed although compression was not requested");
        }

        OssRequestException Unreadable(XmlException e) => OssErrors.InvalidResponse(
            response, _current, $"its body could not be parsed: {e.Message}", _sent);

        try
        {
            return _operation.Read(new OssResponse(
                response.StatusCode,
                OssErrors.RequestIdOf(response),
                _current.Region,
                _current.Endpoint.ToString(),
                response.Body,
                Unreadable));
        }
        catch (XmlException e)
        {
            throw Unreadable(e);
        }
    }
}
