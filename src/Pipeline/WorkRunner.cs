using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>Starts work at the place of its target, and lists the buckets or resource pools that match.</summary>
internal sealed class WorkRunner(
    PipelineEngine engine, IPipelineOutput output, OssClient client, RecordLocator locator, Clock clock)
{
    /// <summary>The work of the present record. What has not started is named if the pipeline ends early.</summary>
    private IEnumerable<Work> _works = [];

    private int _done;
    private long _startedBefore;
    private bool _hasWarned;
    private int _listings;
    private long _targets;

    /// <summary>How many targets each bucket or resource pool has.</summary>
    internal int TargetsEach { get; set; } = 1;

    /// <summary>Whether more records may come, so that the number of targets is not known.</summary>
    internal bool IsPiped { get; init; }

    /// <summary>Whether the work changes its targets.</summary>
    internal bool IsChanging => engine.IsChanging;

    /// <summary>Whether the command line has a region, which does not filter a listing.</summary>
    internal bool HasRegion { get; init; }

    /// <summary>Counts the buckets or resource pools of a record, and the patterns still to be listed.</summary>
    internal void Expect(int resources, int listings)
    {
        _targets += (long)resources * TargetsEach;
        _listings += listings;
        engine.ExpectedTargets = IsPiped || _listings > 0 ? null : _targets;
    }

    /// <summary>Starts work. A name that is not valid is an error about its target, in its turn.</summary>
    /// <param name="works">One for each target. A report enumerates what was not started again.</param>
    /// <param name="record">Region and endpoint of the record.</param>
    /// <param name="listed">Where the listing places the bucket; null if it was not listed.</param>
    internal void Run(IEnumerable<Work> works, LocationSource record, ListedPlace? listed = null)
    {
        _works = works;
        _done = 0;
        _startedBefore = engine.Started;
        foreach (Work work in works)
        {
            Run(work, record, listed);
            _done++;
            _startedBefore = engine.Started;
        }

        _works = [];
    }

    /// <inheritdoc cref="PipelineEngine.Abandon"/>
    internal string? Abandon()
    {
        // The one that was interrupted may have started.
        int started = engine.Started > _startedBefore ? _done + 1 : _done;
        return engine.Abandon(_works.Skip(started).Select(work => work.Target), IsPiped);
    }

    /// <summary>Lists the buckets that match, and starts work on each where the listing places it.</summary>
    /// <param name="text">The pattern as it was specified.</param>
    /// <param name="parse">Parses the pattern: the literal prefix, and whether a name matches.</param>
    /// <param name="record">Region and endpoint of the record: where the listing is requested.</param>
    /// <param name="createWork">Creates the work on a bucket.</param>
    internal void RunMatching(
        string text,
        Func<(string Prefix, Func<string, bool> Matches)> parse,
        LocationSource record,
        Func<string, IEnumerable<Work>> createWork) =>
        RunListed<ListedBucket>(
            new BucketListingTarget(text),
            () =>
            {
                (string prefix, Func<string, bool> matches) = parse();
                return (marker => ListBucketsOperation.Create(prefix, marker), bucket => matches(bucket.Name));
            },
            record,
            bucket => Run(createWork(bucket.Name), record, bucket.Place),
            HasRegion);

    /// <summary>Lists the resource pools that match, in the region of the record, and starts work on each.</summary>
    /// <inheritdoc cref="RunMatching"/>
    internal void RunMatchingPools(
        string text, Func<Func<string, bool>> parse, LocationSource record, Func<string, Work> createWork) =>
        RunListed<string>(
            new ResourcePoolListingTarget(text),
            () => (ResourcePoolOperations.List, parse()),
            record,
            pool => Run([createWork(pool)], record));

    private void RunListed<TItem>(
        OssTarget target,
        Func<(Func<PageToken, OssOperation<Page<TItem>>> List, Func<TItem, bool> Matches)> parse,
        LocationSource record,
        Action<TItem> run,
        bool explainsRegion = false) =>
        AtPlace(target, record, listed: null, location =>
        {
            location.ThrowIfBoundToBucket();
            (Func<PageToken, OssOperation<Page<TItem>>> list, Func<TItem, bool> matches) = parse();
            bool hasWritten = false;
            for (PageToken? token = PageToken.First(); token is not null;)
            {
                OssOperation<Page<TItem>> operation = list(token);
                bool explains = explainsRegion && token.Text.Length == 0;
                Page<TItem> page = engine.Wait(target, item =>
                {
                    if (explains)
                    {
                        ExplainRegion(item, location.Region);
                    }

                    return ContextOf(item, location).SendAsync(operation);
                });
                token = page.Next;
                TItem[] found = [.. page.Items.Where(matches)];
                Expect(found.Length, token is null ? -1 : 0);
                long before = engine.Started;
                foreach (TItem item in found)
                {
                    run(item);
                }

                // The first result is written before the second page is requested. After that, a slow bucket delays no
                // page.
                if (!hasWritten && engine.Started > before)
                {
                    engine.WriteUntil(before + 1);
                    hasWritten = true;
                }
            }
        });

    private static void ExplainRegion(WorkItem item, string region) => item.Trace?.Verbose(
        $"-Region {region} does not filter. It selects the endpoint that lists the buckets of all regions. Filter with "
        + $"Where-Object Region -EQ {region} after this command.");

    private void Run(Work work, LocationSource record, ListedPlace? listed) =>
        AtPlace(work.Target, record, listed, location =>
        {
            Func<WorkContext, Task<object?>> requests = work.Prepare();
            if (work.ChangeToConfirm is not { } change || output.Confirm(work.Target.Describe(), change))
            {
                engine.Start(work.Target, item => listed is null
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

    private WorkContext ContextOf(WorkItem item, OssLocation location) => new(item, client, location, output, clock);

    /// <summary>Resolves the place of a target and starts there. An error is about that target, in its turn.</summary>
    private void AtPlace(OssTarget target, LocationSource record, ListedPlace? listed, Action<OssLocation> start)
    {
        try
        {
            start(Locate(target, record, listed));
        }
        catch (OssException e)
        {
            engine.Fail(target, e);
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
            OssLocation location = locator.Locate(record.Region, record.Endpoint, listed);
            target.Place(location.Region, location.Endpoint.ToString());
            WarnOfPlainHttp(location);
            return location;
        }
        catch (OssRequestException e)
        {
            target.Place(record.Region, record.Endpoint);
            if (locator.FailsForAll(record.Region, record.Endpoint))
            {
                output.Terminate(e);
            }

            throw;
        }
    }

    private void WarnOfPlainHttp(OssLocation location)
    {
        if (!_hasWarned && location.Endpoint.Uri is { Scheme: "http", IsLoopback: false })
        {
            _hasWarned = true;
            output.WriteWarning(
                $"{location.Endpoint} uses plain HTTP. Requests and responses can be read and changed in transit. Use "
                + "an https endpoint.");
        }
    }
}
