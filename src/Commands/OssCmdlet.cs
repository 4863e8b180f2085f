using System;
using System.Management.Automation;
using OssPayment.Client;
using OssPayment.Transport;

namespace OssPayment.Commands;

/// <summary>What all cmdlets share of the connection: its parameters, the environment, and where a bucket is asked.</summary>
public abstract class OssCmdlet : ConcurrentCmdlet
{
    private LocationResolver? _resolver;
    private LocationSource _environment;
    private LocationSource _commandLine;
    private OssClient? _client;
    private (string? Region, string? Endpoint, OssLocation Location)? _last;
    private bool _hasWarned;

    /// <summary>
    /// The region of the bucket, such as <c>cn-hangzhou</c> or <c>oss-cn-hangzhou</c>. Default: what the endpoint
    /// names, then the environment variable <c>OSS_REGION</c>.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>
    /// Where OSS answers: a host, <c>host:port</c> or an http(s) URL; https where no scheme is given. Default: the
    /// environment variable <c>OSS_ENDPOINT</c>, then the region's endpoint of the chosen type.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Endpoint { get; set; }

    /// <summary>
    /// Which of the region's own endpoints is asked. Default: the kind that the given endpoint is of, or Public. An
    /// endpoint that is not one of OSS's own names is used as it is.
    /// </summary>
    [Parameter]
    [OneValue]
    public EndpointType EndpointType { get; set; }

    /// <summary>How the bucket is named in the URL. Default: Virtual; Path where the endpoint is an IP address.</summary>
    [Parameter]
    [OneValue]
    public AddressingStyle AddressingStyle { get; set; }

    /// <summary>How long one attempt may take to its last byte, in seconds: 1 to 3600. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>How many times a request that failed in passing is sent again: 0 to 100. Default: 2.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 2;

    /// <summary>
    /// The time between two attempts in seconds: 0 to 3600. Default: a random time that doubles at most with every
    /// attempt, from 0.4 seconds up to 20.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int RetryIntervalSec { get; set; }

    /// <summary>The proxy to go through, as an http or https URL. Default: the system's settings.</summary>
    [Parameter]
    [Proxy]
    public Uri? Proxy { get; set; }

    private protected OssClient Client => _client!;

    /// <summary>Reads the environment, afresh at every call.</summary>
    protected sealed override void BeginProcessing()
    {
        base.BeginProcessing();
        _commandLine = new LocationSource(Region, Endpoint);
        _environment = new LocationSource(
            Environment.GetEnvironmentVariable("OSS_REGION"), Environment.GetEnvironmentVariable("OSS_ENDPOINT"));
        _resolver = new LocationResolver(
            IsBound(nameof(EndpointType)) ? EndpointType : null, IsBound(nameof(AddressingStyle)) ? AddressingStyle : null);
        try
        {
            TimeSpan? interval = IsBound(nameof(RetryIntervalSec)) ? TimeSpan.FromSeconds(RetryIntervalSec) : null;
            _client = new OssClient(
                EnvironmentCredentials.Read(),
                Proxy is null ? null : ProxyAddress.Require(Proxy),
                TimeSpan.FromSeconds(TimeoutSec),
                new RetryPolicy(MaximumRetryCount, interval, RetryBudget.Shared));
        }
        catch (OssRequestException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(target: null));
        }
    }

    /// <summary>Works out where the present record's bucket is asked.</summary>
    /// <remarks>
    /// Where the very first one brings no place of its own, and nothing places those that bring none, the pipeline ends
    /// before anything is sent.
    /// </remarks>
    private protected OssLocation? Locate(OssTarget target)
    {
        var piped = new LocationSource(
            Region == _commandLine.Region ? null : Region, Endpoint == _commandLine.Endpoint ? null : Endpoint);
        try
        {
            // Most records are asked where the one before was.
            OssLocation location = _last is { } last && last.Region == piped.Region && last.Endpoint == piped.Endpoint
                ? last.Location
                : _resolver!.Resolve(piped, _commandLine, _environment);
            _last = (piped.Region, piped.Endpoint, location);
            target.Place(location.Region, location.Endpoint.ToString());
            WarnOfPlainHttp(location);
            return location;
        }
        catch (OssRequestException e)
        {
            target.Place(Region, Endpoint);
            if (_last is null && Region == _commandLine.Region && Endpoint == _commandLine.Endpoint)
            {
                ThrowTerminatingError(e.ToErrorRecord(target: null));
            }

            WriteFailure(target, e);
            return null;
        }
    }

    private void WarnOfPlainHttp(OssLocation location)
    {
        if (!_hasWarned && location.Endpoint.Uri is { Scheme: "http", IsLoopback: false })
        {
            _hasWarned = true;
            WriteWarning(
                $"{location.Endpoint} is asked over plain http: whoever is on the way can read and change what is sent and answered.");
        }
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
