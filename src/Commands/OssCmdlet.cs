using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using OssPayment.Client;
using OssPayment.Completion;
using OssPayment.Endpoints;
using OssPayment.Parameters;
using OssPayment.Pipeline;
using OssPayment.Time;

namespace OssPayment.Commands;

/// <summary>A cmdlet for OSS: the parameters of the connection, and the life of its requests.</summary>
public abstract class OssCmdlet : PSCmdlet, IDisposable
{
    private HashSet<string> _onCommandLine = [];
    private CmdletOutput? _output;
    private PipelineEngine? _engine;
    private WorkRunner? _runner;

    /// <summary>
    /// The region of the bucket, such as <c>cn-hangzhou</c> or <c>oss-cn-hangzhou</c>. Default: the region of the
    /// endpoint, then the environment variable <c>OSS_REGION</c>. It selects the endpoint that lists the buckets of all
    /// regions, and does not filter them.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>
    /// Where requests go: a host, <c>host:port</c> or an http(s) URL; https where no scheme is specified. Default: the
    /// environment variable <c>OSS_ENDPOINT</c>, then the region's endpoint of the chosen type.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string? Endpoint { get; set; }

    /// <summary>
    /// Which of the region's endpoints is used. Default: the type of the specified endpoint, or Public. Some regions do
    /// not have every type. A custom endpoint is used as it is.
    /// </summary>
    [Parameter]
    [OneValue]
    public EndpointType EndpointType { get; set; }

    /// <summary>
    /// How the bucket is named in the URL. Default: Virtual; Path where the endpoint is an IP address.
    /// </summary>
    [Parameter]
    [OneValue]
    public AddressingStyle AddressingStyle { get; set; }

    /// <summary>The maximum time of one attempt, in seconds: 1 to 3600. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>The maximum number of retries after a temporary failure: 0 to 100. Default: 2.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 2;

    /// <summary>
    /// The time between two attempts, in seconds: 0 to 3600. Default: a random time, at most 0.4 seconds after the
    /// first attempt, twice as much after each further one, and at most 20.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int RetryIntervalSec { get; set; }

    /// <summary>The proxy, as an http or https URL. Default: the environment, then the system's settings.</summary>
    [Parameter]
    [Proxy]
    public Uri? Proxy { get; set; }

    /// <summary>The user and password for the proxy. Default: those in the URL of the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The maximum number of parallel requests: 1 to 256. Default: 16.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    private protected WorkRunner Runner => _runner!;

    /// <summary>Region and endpoint of the present record.</summary>
    private protected LocationSource Place => new(Region, Endpoint);

    /// <summary>Ends what is still running.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is still running.</summary>
    /// <param name="disposing">Whether this is a call of <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _engine is not null)
        {
            ReportInterruption();
            _engine.Dispose();
        }
    }

    /// <summary>Reads the command line and the environment, at every call.</summary>
    protected sealed override void BeginProcessing()
    {
        _onCommandLine = [.. MyInvocation.BoundParameters.Keys];
        _output = new CmdletOutput(this);
        try
        {
            CheckCommandLine();

            // An empty credential has no user and no password, and was still meant for a proxy.
            if (Proxy is null && ProxyCredential is not null)
            {
                throw new OssRequestException(OssRequestError.InvalidProxy, "-ProxyCredential requires -Proxy.");
            }

            OssClient client = OssClient.FromEnvironment(
                Proxy,
                ProxyCredential?.GetNetworkCredential(),
                TimeSpan.FromSeconds(TimeoutSec),
                MaximumRetryCount,
                IsOnCommandLine(nameof(RetryIntervalSec)) ? TimeSpan.FromSeconds(RetryIntervalSec) : null,
                path => FilePath.Find(SessionState.Path, path));
            bool isChanging = GetType().GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess;
            _engine = new PipelineEngine(
                _output, ThrottleLimit, isChanging, _output.NewTrace, Clock.System, _output.Buffer);
            _runner = new WorkRunner(_engine, _output, client, NewLocator(), Clock.System)
            {
                IsPiped = MyInvocation.ExpectingInput,
                HasRegion = IsOnCommandLine(nameof(Region)),
            };
        }
        catch (OssRequestException e)
        {
            _output.Terminate(e);
        }

        if (Stopping)
        {
            _engine!.Stop();
        }
    }

    /// <summary>Starts the work on the present record.</summary>
    protected sealed override void ProcessRecord() => StopOnFailure(ProcessInput);

    /// <summary>Waits for what is still running, and writes it.</summary>
    protected sealed override void EndProcessing() => StopOnFailure(_engine!.Complete);

    /// <summary>Aborts what is running at once.</summary>
    protected sealed override void StopProcessing() => _engine?.Stop();

    /// <summary>Refuses what is not valid for every record.</summary>
    /// <exception cref="OssRequestException">A value is not valid. Nothing is sent.</exception>
    private protected abstract void CheckCommandLine();

    /// <summary>Starts the work on the present record.</summary>
    private protected abstract void ProcessInput();

    /// <summary>Whether the command line has a parameter, so that no record has it.</summary>
    private protected bool IsOnCommandLine(string parameter) => _onCommandLine.Contains(parameter);

    private RecordLocator NewLocator() => new(
        new LocationResolver(
            IsOnCommandLine(nameof(EndpointType)) ? EndpointType : null,
            IsOnCommandLine(nameof(AddressingStyle)) ? AddressingStyle : null),
        Place,
        LocationSource.FromEnvironment());

    /// <summary>Ends the requests, too, when something ends the pipeline early, such as Select-Object -First.</summary>
    private void StopOnFailure(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (_engine!.IsStopping)
        {
            ReportInterruption();
            throw new PipelineStoppedException();
        }
        catch
        {
            ReportInterruption();
            throw;
        }
    }

    private void ReportInterruption() => _output!.WriteInterruption(_runner?.Abandon());
}
