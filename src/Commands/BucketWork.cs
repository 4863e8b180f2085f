using System;
using System.Collections.Generic;
using System.Linq;
using OssPayment.Endpoints;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>The way from the names and patterns of a record to the work on buckets.</summary>
internal sealed class BucketWork
{
    private readonly WorkRunner _runner;
    private readonly LocationSource _record;
    private readonly Func<string, IEnumerable<Work>> _workOn;

    /// <param name="runner">Runs the work.</param>
    /// <param name="record">Region and endpoint of the record.</param>
    /// <param name="workOn">Creates the work on a bucket; its name is empty for an input that is refused.</param>
    internal BucketWork(WorkRunner runner, LocationSource record, Func<string, IEnumerable<Work>> workOn)
    {
        _runner = runner;
        _record = record;
        _workOn = workOn;
    }

    /// <summary>Refuses a command line with a name that is not valid.</summary>
    /// <exception cref="OssRequestException">A name is not valid. Nothing is sent.</exception>
    internal static void ThrowIfRefused(string[]? buckets)
    {
        if (buckets is not null && BucketInput.From(buckets).FirstOrDefault(input => input.IsRefused) is { } refused)
        {
            throw refused.ToRefusal();
        }
    }

    /// <summary>Starts the work on each bucket that a record names, or that matches its patterns.</summary>
    /// <param name="buckets">The names and patterns; null for none.</param>
    /// <param name="isChanging">Whether the work changes something. Then patterns are refused.</param>
    /// <param name="isPiped">Whether the record was piped. Without a bucket it never means all buckets.</param>
    internal void Run(string[]? buckets, bool isChanging, bool isPiped)
    {
        IReadOnlyList<BucketInput> inputs = buckets is not null ? BucketInput.From(buckets)
            : [isPiped ? BucketInput.Empty : BucketInput.Everything];
        int listings = isChanging ? 0 : inputs.Count(input => input.IsPattern);
        _runner.Expect(inputs.Count - listings, listings);
        if (isChanging)
        {
            // One sequence, of which the rest is known if the pipeline ends early.
            _runner.Run(inputs.SelectMany(WorkOn), _record);
            return;
        }

        foreach (BucketInput input in inputs)
        {
            if (input.IsPattern)
            {
                _runner.RunMatching(input.Name, () => BucketPattern.Parse(input.Name), _record, _workOn);
            }
            else
            {
                _runner.Run(WorkOn(input), _record);
            }
        }
    }

    private IEnumerable<Work> WorkOn(BucketInput input) =>
        from work in _workOn(input.Name)
        select input.IsRefused ? new RefusedWork(work.Target, input.ToRefusal)
            : input.IsPattern ? new RefusedWork(work.Target, () => RefusalOfPattern(work, input.Name))
            : work;

    /// <summary>Why a change does not start for a pattern: another value of it may not be valid either.</summary>
    private static OssRequestException RefusalOfPattern(Work work, string pattern)
    {
        try
        {
            work.Prepare();
        }
        catch (OssRequestException e) when (e.Error != OssRequestError.InvalidBucketName)
        {
            return e;
        }
        catch (OssRequestException)
        {
            // The pattern itself, which is not a bucket name.
        }

        return BucketPattern.NotAccepted(pattern, work.PatternCommand!);
    }
}
