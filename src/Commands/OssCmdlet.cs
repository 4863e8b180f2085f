using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;
using OssPayment.Time;

namespace OssPayment.Commands;

/// <summary>
/// A cmdlet about buckets: the connection's parameters, the buckets that it is given, and their way to OSS.
/// </summary>
public abstract class OssCmdlet : PSCmdlet, IDisposable
{
    private PipelineEngine? _engine;
    private OssClient? _client;
    private RecordLocator? _locator;
    private HashSet<string> _onCommandLine = [];
    private OssRequestException? _refusal;
    private bool _hasWarned;
    private int _owners;
    private int _unlisted;

    /// <summary>The names of the buckets.</summary>
    public abstract string[]? Bucket { get; set; }

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

    /// <summary>How long one attempt may take to its last byte, in seconds: 1 to 3600. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>How many times a request that may succeed the next time is sent again: 0 to 100. Default: 2.</summary>
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

    /// <summary>
    /// The user and the password that the proxy wants; they count before those in the URL. Default: those in the URL.
    /// </summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>How many requests are under way at once: 1 to 256. Default: 16.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    private protected PipelineEngine Engine => _engine!;

    /// <summary>Whether the cmdlet changes something, so that an interruption leaves a question open.</summary>
    private protected virtual bool IsChanging => false;

    /// <summary>How many targets there are at one bucket or resource pool.</summary>
    private protected virtual int TargetsPerBucket => 1;

    /// <summary>Ends what is still under way.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is still under way.</summary>
    /// <param name="disposing">Whether this is a call of <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _engine is not null)
        {
            ReportInterruption();
            _engine.Dispose();
        }
    }

    /// <summary>Reads the environment, afresh at every call.</summary>
    protected sealed override void BeginProcessing()
    {
        _onCommandLine = new HashSet<string>(MyInvocation.BoundParameters.Keys);
        var output = new CmdletOutput(this);
        _engine = new PipelineEngine(output, ThrottleLimit, IsChanging, output.NewTrace, Clock.System);
        if (Stopping)
        {
            _engine.Stop();
        }

        _locator = new RecordLocator(
            new LocationResolver(
                IsOnCommandLine(nameof(EndpointType)) ? EndpointType : null,
                IsOnCommandLine(nameof(AddressingStyle)) ? AddressingStyle : null),
            new LocationSource(Region, Endpoint),
            LocationSource.FromEnvironment());
        try
        {
            CheckCommandLine();
            _client = OssClient.FromEnvironment(
                Proxy,
                ProxyCredential?.GetNetworkCredential(),
                TimeSpan.FromSeconds(TimeoutSec),
                MaximumRetryCount,
                IsOnCommandLine(nameof(RetryIntervalSec)) ? TimeSpan.FromSeconds(RetryIntervalSec) : null);
        }
        catch (OssRequestException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(target: null));
        }
    }

    /// <summary>Starts the work on the present record.</summary>
    protected sealed override void ProcessRecord() => StopOnFailure(ProcessInput);

    /// <summary>Waits for what is under way, and writes it.</summary>
    protected sealed override void EndProcessing() => StopOnFailure(Engine.Complete);

    /// <summary>Aborts what is under way at once.</summary>
    protected sealed override void StopProcessing() => _engine?.Stop();

    /// <summary>Refuses what is wrong for every record.</summary>
    /// <exception cref="OssRequestException">It is, and nothing is to be sent.</exception>
    private protected virtual void CheckCommandLine()
    {
        foreach (string bucket in Bucket ?? [])
        {
            if (BucketNamesAttribute.RefusalIn(bucket) is { } refusal)
            {
                throw refusal;
            }
        }
    }

    /// <summary>Whether the command line gives a parameter, so that no record does.</summary>
    private protected bool IsOnCommandLine(string parameter) => _onCommandLine.Contains(parameter);

    /// <summary>Starts the work on what the present record names.</summary>
    private protected virtual void ProcessInput()
    {
        // Something piped in that names no bucket never means all.
        string[] buckets = Bucket ?? [MyInvocation.ExpectingInput ? Names.Blank : BucketPattern.Everything];
        _unlisted = buckets.Count(IsListed);
        ExpectOwners(buckets.Length - _unlisted);
        foreach (string bucket in buckets)
        {
            _refusal = BucketNamesAttribute.RefusalIn(bucket);
            if (_refusal is not null)
            {
                ProcessBucket("", listed: null);
                _refusal = null;
            }
            else if (IsListed(bucket))
            {
                ProcessMatching(bucket);
            }
            else
            {
                ProcessBucket(bucket, listed: null);
            }
        }
    }

    /// <summary>Whether it stands for buckets to be listed: what changes something takes names alone.</summary>
    private bool IsListed(string bucket) => !IsChanging && BucketPattern.IsPattern(bucket);

    /// <summary>Starts the work on a bucket.</summary>
    /// <param name="bucket">The name, as it was given or listed.</param>
    /// <param name="listed">Where the account's listing places it; null where it was not listed.</param>
    private protected abstract void ProcessBucket(string bucket, ListedPlace? listed);

    /// <summary>
    /// Starts work at the place of a target. What is wrong with the target is its own error, in its turn.
    /// </summary>
    /// <param name="target">What the work, and its error, is about.</param>
    /// <param name="listed">Where the account's listing places the bucket; null where it was not listed.</param>
    /// <param name="start">Builds the operation, which throws where a name is not valid, and starts it.</param>
    private protected void Process(OssTarget target, ListedPlace? listed, Action<OssLocation> start)
    {
        try
        {
            OssLocation location = Locate(target, listed);
            if (_refusal is not null)
            {
                throw _refusal;
            }

            start(location);
        }
        catch (OssException e)
        {
            Engine.Fail(target, e);
        }
    }

    /// <summary>Starts an operation, whose result goes down the pipeline unless it is of no interest.</summary>
    private protected void Send<TResult>(
        OssTarget target, OssLocation location, OssOperation<TResult> operation, bool emits = true) =>
        Engine.Start(target, async item =>
        {
            TResult result = await SendAsync(operation, location, item).ConfigureAwait(false);
            return emits ? result : null;
        });

    private protected Task<TResult> SendAsync<TResult>(
        OssOperation<TResult> operation, OssLocation location, WorkItem item)
    {
        if (operation.IsChange)
        {
            // Such a cmdlet would take patterns, and not say what an interruption leaves in doubt.
            if (!IsChanging)
            {
                throw new InvalidOperationException($"{GetType().Name} changes something and does not say so.");
            }

            item.MarkSent();
        }

        return _client!.SendAsync(operation, location, item.Trace, item.Stopping);
    }

    /// <summary>
    /// Notes that there are so many more buckets or resource pools, which is all where nothing is piped in and every
    /// pattern has been listed.
    /// </summary>
    private protected void ExpectOwners(int more)
    {
        _owners += more;
        Engine.ExpectedTargets =
            MyInvocation.ExpectingInput || _unlisted > 0 ? null : (long)_owners * TargetsPerBucket;
    }

    /// <summary>Asks as PowerShell does, and says what to do where nobody can be asked.</summary>
    private protected new bool ShouldProcess(string target, string action)
    {
        try
        {
            return base.ShouldProcess(target, action);
        }
        catch (Exception e) when (e is HostException or InvalidOperationException or NotImplementedException
            or NullReferenceException)
        {
            // The console throws the last where its input has ended.
            string force = MyInvocation.MyCommand.Parameters.ContainsKey("Force") ? " or -Force" : "";
            var reason = new PSInvalidOperationException(
                "This session cannot ask for confirmation: it was started with -NonInteractive, or its host has no "
                + $"prompt. To {action} without being asked, give -Confirm:$false{force}; to see "
                + "what would be done, -WhatIf.",
                e);
            ThrowTerminatingError(new ErrorRecord(reason, "InvalidOperation", ErrorCategory.InvalidOperation, null));
            throw;
        }
    }

    /// <summary>Lists the buckets that match, and starts the work on each in its own region.</summary>
    private void ProcessMatching(string text)
    {
        var target = new BucketListingTarget(text);
        Process(target, listed: null, location =>
        {
            var pattern = new BucketPattern(text);
            location.ThrowIfBoundToBucket();
            bool isFirst = true;
            var listing = new BucketListing(Engine, (list, item) =>
            {
                if (isFirst && IsOnCommandLine(nameof(Region)))
                {
                    item.Trace?.Verbose(
                        $"-Region {location.Region} does not filter. It selects the endpoint that lists the buckets of "
                        + $"all regions. Filter with Where-Object Region -EQ {location.Region} after this command.");
                }

                isFirst = false;
                return SendAsync(list, location, item);
            });
            foreach (IReadOnlyList<(string Name, ListedPlace Place)> page in listing.Pages(target, pattern))
            {
                _unlisted -= listing.IsComplete ? 1 : 0;
                ExpectOwners(page.Count);
                foreach ((string name, ListedPlace place) in page)
                {
                    ProcessBucket(name, place);
                }
            }
        });
    }

    /// <summary>Works out where a target is asked.</summary>
    /// <remarks>
    /// Where the very first record brings no place of its own, and nothing places those that bring none, the pipeline
    /// ends before anything is sent.
    /// </remarks>
    private OssLocation Locate(OssTarget target, ListedPlace? listed)
    {
        try
        {
            OssLocation location = _locator!.Locate(Region, Endpoint, listed);
            target.Place(location.Region, location.Endpoint.ToString());
            WarnOfPlainHttp(location);
            return location;
        }
        catch (OssRequestException e)
        {
            target.Place(Region, Endpoint);
            if (_locator!.FailsForAll(Region, Endpoint))
            {
                ThrowTerminatingError(e.ToErrorRecord(target: null));
            }

            throw;
        }
    }

    private void WarnOfPlainHttp(OssLocation location)
    {
        if (!_hasWarned && location.Endpoint.Uri is { Scheme: "http", IsLoopback: false })
        {
            _hasWarned = true;
            WriteWarning(
                $"{location.Endpoint} is asked over plain http: whoever is on the way can read and change what is sent "
                + "and answered. Give an https endpoint.");
        }
    }

    /// <summary>
    /// Whatever ends the pipeline early (Select-Object -First, a throw, an error that stops) ends the requests too.
    /// </summary>
    private void StopOnFailure(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (Engine.IsStopping)
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

    /// <summary>Says what the end of the pipeline leaves done, failed or in doubt.</summary>
    private void ReportInterruption()
    {
        if (Engine.Abandon() is not { } report)
        {
            return;
        }

        try
        {
            WriteWarning(report);
        }
        catch (Exception e) when (e is PipelineStoppedException or InvalidOperationException)
        {
            // After Ctrl+C the streams are closed; the host is not.
            Host?.UI?.WriteWarningLine(report);
        }
        catch (ActionPreferenceStopException)
        {
            // It was written, and what ended the pipeline is what the caller must learn.
        }
    }
}
