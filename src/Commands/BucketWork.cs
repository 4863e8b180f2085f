using System;
using System.Collections.Generic;
using System.Linq;
using OssPayment.Endpoints;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>The way from the names and patterns of a record to the work on buckets.</summary>
internal static class BucketWork
{
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
    /// <param name="runner">Runs the work. If it changes something, patterns are refused.</param>
    /// <param name="buckets">The names and patterns; null for all buckets, unless the record was piped.</param>
    /// <param name="record">Region and endpoint of the record.</param>
    /// <param name="createWork">Creates the work on a bucket; its name is empty for an input that is refused.</param>
    internal static void Run(
        WorkRunner runner, string[]? buckets, LocationSource record, Func<string, IEnumerable<Work>> createWork)
    {
        IReadOnlyList<BucketInput> inputs = buckets is not null ? BucketInput.From(buckets)
            : [runner.IsPiped ? BucketInput.Empty : BucketInput.Everything];
        int listings = runner.IsChanging ? 0 : inputs.Count(input => input.IsPattern);
        runner.Expect(inputs.Count - listings, listings);
        if (runner.IsChanging)
        {
            // One sequence, of which the rest is known if the pipeline ends early.
            runner.Run(inputs.SelectMany(input => CreateWork(input, createWork)), record);
            return;
        }

        foreach (BucketInput input in inputs)
        {
            if (input.IsPattern)
            {
                runner.RunMatching(input.Name, () => BucketPattern.Parse(input.Name), record, createWork);
            }
            else
            {
                runner.Run(CreateWork(input, createWork), record);
            }
        }
    }

    private static IEnumerable<Work> CreateWork(BucketInput input, Func<string, IEnumerable<Work>> createWork) =>
        from work in createWork(input.Name)
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
            // The pattern, which is not a bucket name.
        }

        return work.Refusal ?? BucketPattern.NotAccepted(pattern, work.SuggestedPatternCommand!);
    }
}
