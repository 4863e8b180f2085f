using System;
using System.Collections.Generic;
using System.Linq;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>A cmdlet that does something to each bucket it is given.</summary>
/// <typeparam name="TTarget">What it does it to.</typeparam>
public abstract class OssBucketCmdlet<TTarget> : OssCmdlet
    where TTarget : OssTarget
{
    /// <summary>The names of the buckets.</summary>
    public abstract string[]? Bucket { get; set; }

    private protected override void ProcessInput()
    {
        string[] buckets = Bucket ?? WithoutBucket();
        ExpectOnly(MyInvocation.ExpectingInput || buckets.Any(BucketPattern.IsPattern) ? null : buckets.Length * TargetsPerBucket);
        foreach (string bucket in buckets)
        {
            if (TakesPatterns && BucketPattern.IsPattern(bucket))
            {
                ProcessMatching(bucket);
            }
            else
            {
                foreach (TTarget target in TargetsAt(bucket))
                {
                    Process(target);
                }
            }
        }
    }

    /// <summary>Whether wildcards, and no bucket at all, stand for what the account has.</summary>
    private protected virtual bool TakesPatterns => true;

    private protected virtual int TargetsPerBucket => 1;

    /// <summary>What is to be done at a bucket.</summary>
    private protected abstract IEnumerable<TTarget> TargetsAt(string bucket);

    /// <exception cref="OssRequestException">The target is none that OSS could have, or cannot be asked there.</exception>
    private protected abstract void Validate(TTarget target, OssLocation location);

    /// <summary>Starts what the cmdlet does.</summary>
    private protected abstract void Process(TTarget target, OssLocation location);

    /// <summary>Refuses a pattern where names alone are taken.</summary>
    /// <param name="target">What was given.</param>
    /// <param name="instead">The pipeline that does what was meant.</param>
    private protected static void RequireName(OssTarget target, string instead)
    {
        if (target is BucketTarget { Bucket: { } bucket } && BucketPattern.IsPattern(bucket))
        {
            throw BucketName.Invalid(
                $"'{Printable.Clean(bucket, 80)}' is a pattern, and what changes something takes names alone.",
                $"Pipe what you mean: {instead}");
        }
    }

    /// <summary>Refuses a domain of the user's own where the service itself is asked.</summary>
    private protected static void RequireServiceHost(OssLocation location)
    {
        if (location.Style == AddressingStyle.CName)
        {
            throw OssEndpoint.Invalid(
                $"'{location.Endpoint}' is bound to one bucket, and what is asked is not about that one.",
                "Leave out -AddressingStyle CName, and give an endpoint of OSS's.");
        }
    }

    private protected void Process(TTarget target)
    {
        if (Locate(target) is { } location)
        {
            ProcessValid(target, location);
        }
    }

    /// <summary>All buckets where nothing was piped in; something piped in that names no bucket never means all.</summary>
    private string[] WithoutBucket()
    {
        if (!MyInvocation.ExpectingInput)
        {
            return [BucketPattern.Everything];
        }

        WriteFailure(new BucketTarget(""), BucketName.Invalid("An object was piped in that names no bucket."));
        return [];
    }

    private void ProcessValid(TTarget target, OssLocation location)
    {
        try
        {
            Validate(target, location);
        }
        catch (OssRequestException e)
        {
            WriteFailure(target, e);
            return;
        }

        Process(target, location);
    }

    /// <summary>Lists the buckets that match, page by page, and works on each in its own region.</summary>
    private void ProcessMatching(string text)
    {
        var listing = new BucketTarget(text);
        try
        {
            var pattern = new BucketPattern(text);
            if (Locate(listing) is not { } location)
            {
                return;
            }

            RequireServiceHost(location);

            bool isFirstOut = false;
            for (string? marker = ""; marker is not null;)
            {
                BucketPage page = List(listing, location, pattern.Prefix, marker);
                marker = page.NextMarker;
                long before = Started;
                ProcessPage(page.Buckets.Where(bucket => pattern.Matches(bucket.Name)), location);

                // The first object is out before the next page is asked for; after that, a slow bucket holds up no page.
                if (!isFirstOut && Started > before)
                {
                    WriteUntil(before + 1);
                    isFirstOut = true;
                }
            }
        }
        catch (Exception e) when (e is OssRequestException or OssServiceException)
        {
            WriteFailure(listing, e);
        }
    }

    private BucketPage List(BucketTarget listing, OssLocation location, string prefix, string marker)
    {
        RequestTrace? trace = NewTrace();
        try
        {
            return Await(cancellation => Client.ListBucketsAsync(location, prefix, marker, trace, cancellation));
        }
        finally
        {
            Tell(listing, trace);
        }
    }

    private void ProcessPage(IEnumerable<(string Name, string Region)> buckets, OssLocation location)
    {
        var locations = new Dictionary<string, OssLocation>(StringComparer.Ordinal);
        foreach ((string name, string region) in buckets)
        {
            if (!locations.TryGetValue(region, out OssLocation? there))
            {
                locations.Add(region, there = location.InRegion(region));
            }

            foreach (TTarget target in TargetsAt(name))
            {
                target.Place(there.Region, there.Endpoint.ToString());
                ProcessValid(target, there);
            }
        }
    }
}
