using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>Starts work at the place of its target, and lists the buckets or resource pools that match.</summary>
internal sealed class WorkRunner
{
    private readonly PipelineEngine _engine;
    private readonly IPipelineOutput _output;
    private readonly OssClient _client;
    private readonly RecordLocator _locator;
    private readonly Clock _clock;
    private IEnumerator<Work>? _ahead;
    private long _startedBefore;
    private bool _hasWarned;
    private int _listings;
    private long _targets;

    /// <param name="engine">Runs the work.</param>
    /// <param name="output">Where warnings, confirmations and an error that ends the pipeline go.</param>
    /// <param name="client">Sends the requests.</param>
    /// <param name="locator">Resolves the place of each target.</param>
    /// <param name="clock">The time by which values in a confirmation grow old.</param>
    internal WorkRunner(
        PipelineEngine engine, IPipelineOutput output, OssClient client, RecordLocator locator, Clock clock)
    {
        _engine = engine;
        _output = output;
        _client = client;
        _locator = locator;
        _clock = clock;
    }

    /// <summary>How many targets each bucket or resource pool has.</summary>
    internal int TargetsEach { get; init; } = 1;

    /// <summary>Whether more records may come, so that the number of targets is not known.</summary>
    internal bool IsPiped { get; init; }

    /// <summary>Whether the command line has a region, which does not filter a listing.</summary>
    internal bool HasRegion { get; init; }

    /// <summary>Counts the buckets or resource pools of a record, and the patterns still to be listed.</summary>
    internal void Expect(int resources, int listings)
    {
        _targets += (long)resources * TargetsEach;
        _listings += listings;
        _engine.ExpectedTargets = IsPiped || _listings > 0 ? null : _targets;
    }

    /// <summary>Starts work. A name that is not valid is an error about its target, in its turn.</summary>
    /// <param name="works">One for each target.</param>
    /// <param name="record">Region and endpoint of the record.</param>
    /// <param name="listed">Where the listing places the bucket; null if it was not listed.</param>
    internal void Run(IEnumerable<Work> works, LocationSource record, ListedPlace? listed = null)
    {
        _ahead = works.GetEnumerator();
        while (_ahead.MoveNext())
        {
            _startedBefore = _engine.Started;
            Run(_ahead.Current, record, listed);
        }

        _ahead = null;
    }

    /// <inheritdoc cref="PipelineEngine.Abandon"/>
    internal string? Abandon() => _engine.Abandon(NotStarted(), IsPiped);

    /// <summary>Lists the buckets that match, and starts work on each where the listing places it.</summary>
    /// <param name="text">The pattern as it was specified.</param>
    /// <param name="parse">Parses the pattern: the literal prefix, and whether a name matches.</param>
    /// <param name="record">Region and endpoint of the record: where the listing is requested.</param>
    /// <param name="workOn">Creates the work on a bucket.</param>
    internal void RunMatching(
        string text,
        Func<(string Prefix, Func<string, bool> Matches)> parse,
        LocationSource record,
        Func<string, IEnumerable<Work>> workOn)
    {
        RunListed<ListedBucket>(
            new BucketListingTarget(text),
            () =>
            {
                (string prefix, Func<string, bool> matches) = parse();
                return (marker => ListBucketsOperation.Create(prefix, marker), bucket => matches(bucket.Name));
            },
            record,
            bucket => Run(workOn(bucket.Name), record, bucket.Place),
            HasRegion);
    }

    /// <summary>Lists the resource pools that match, in the region of the record, and starts work on each.</summary>
    /// <inheritdoc cref="RunMatching"/>
    internal void RunMatchingPools(
        string text, Func<Func<string, bool>> parse, LocationSource record, Func<string, Work> workOn) =>
        RunListed<string>(
            new ResourcePoolListingTarget(text),
            () => (ResourcePoolOperations.List, parse()),
            record,
            pool => Run([workOn(pool)], record));

    private void RunListed<TItem>(
        OssTarget target,
        Func<(Func<PageToken, OssOperation<Page<TItem>>> List, Func<TItem, bool> Matches)> parse,
        LocationSource record,
        Action<TItem> run,
        bool explainsRegion = false) =>
        AtPlace(target, record, listed: null, location =>
        {
            (Func<PageToken, OssOperation<Page<TItem>>> list, Func<TItem, bool> matches) = parse();
            NameListing<TItem> listing = ListingAt<TItem>(location, explainsRegion);
            foreach (IReadOnlyList<TItem> page in listing.Pages(target, list, matches))
            {
                Expect(page.Count, listing.IsComplete ? -1 : 0);
                foreach (TItem item in page)
                {
                    run(item);
                }
            }
        });

    /// <summary>The targets of the present record, of which the work did not start.</summary>
    private IEnumerable<OssTarget> NotStarted()
    {
        if (_ahead is not null && _engine.Started == _startedBefore)
        {
            yield return _ahead.Current.Target;
        }

        while (_ahead?.MoveNext() == true)
        {
            yield return _ahead.Current.Target;
        }
    }

    private NameListing<TItem> ListingAt<TItem>(OssLocation location, bool explainsRegion)
    {
        bool isFirst = true;
        return new NameListing<TItem>(_engine, (list, item) =>
        {
            if (isFirst && explainsRegion)
            {
                item.Trace?.Verbose(
                    $"-Region {location.Region} does not filter. It selects the endpoint that lists the buckets of all "
                    + $"regions. Filter with Where-Object Region -EQ {location.Region} after this command.");
            }

            isFirst = false;
            return ContextOf(item, location).SendAsync(list);
        });
    }

    private void Run(Work work, LocationSource record, ListedPlace? listed) =>
        AtPlace(work.Target, record, listed, location =>
        {
            Func<WorkContext, Task<object?>> requests = work.Prepare();
            if (work.ChangeToConfirm is not { } change || _output.Confirm(work.Target.Describe(), change))
            {
                _engine.Start(work.Target, item => listed is null
                    ? requests(ContextOf(item, location))
                    : ResultIfAny(requests(ContextOf(item, location))));
            }
        });

    /// <summary>A listed bucket was not named, so it is no error if there are no limits.</summary>
    private static async Task<object?> ResultIfAny(Task<object?> requests)
    {
        try
        {
            return await requests.ConfigureAwait(false);
        }
        catch (OssServiceException e) when (e.MeansNoLimits)
        {
            return null;
        }
    }

    private WorkContext ContextOf(WorkItem item, OssLocation location) => new(item, _client, location, _output, _clock);

    /// <summary>Resolves the place of a target and starts there. An error is about that target, in its turn.</summary>
    private void AtPlace(OssTarget target, LocationSource record, ListedPlace? listed, Action<OssLocation> start)
    {
        try
        {
            OssLocation location = Locate(target, record, listed);
            if (target.IsAtService)
            {
                location.ThrowIfBoundToBucket();
            }

            start(location);
        }
        catch (OssException e)
        {
            _engine.Fail(target, e);
        }
    }

    /// <remarks>
    /// If the first record has no place of its own, and neither the command line nor the environment has one, the
    /// pipeline ends before anything is sent.
    /// </remarks>
    private OssLocation Locate(OssTarget target, LocationSource record, ListedPlace? listed)
    {
        try
        {
            OssLocation location = _locator.Locate(record.Region, record.Endpoint, listed);
            target.Place(location.Region, location.Endpoint.ToString());
            WarnOfPlainHttp(location);
            return location;
        }
        catch (OssRequestException e)
        {
            target.Place(record.Region, record.Endpoint);
            if (_locator.FailsForAll(record.Region, record.Endpoint))
            {
                _output.Terminate(e);
            }

            throw;
        }
    }

    private void WarnOfPlainHttp(OssLocation location)
    {
        if (!_hasWarned && location.Endpoint.Uri is { Scheme: "http", IsLoopback: false })
        {
            _hasWarned = true;
            _output.WriteWarning(
                $"{location.Endpoint} uses plain HTTP. Requests and responses can be read and changed in transit. Use "
                + "an https endpoint.");
        }
    }
}
