using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>The account's buckets that match a pattern, page by page.</summary>
internal sealed class BucketListing
{
    private readonly PipelineEngine _engine;
    private readonly Func<OssOperation<BucketPage>, WorkItem, Task<BucketPage>> _send;

    /// <param name="engine">What waits for each page, and meanwhile goes on with the work.</param>
    /// <param name="send">Sends the listing.</param>
    internal BucketListing(PipelineEngine engine, Func<OssOperation<BucketPage>, WorkItem, Task<BucketPage>> send)
    {
        _engine = engine;
        _send = send;
    }

    /// <summary>Whether the last page was read.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>
    /// The matches of each page. The first object that comes of them is out before the next page is asked for; after
    /// that, a slow bucket holds up no page.
    /// </summary>
    internal IEnumerable<IReadOnlyList<(string Name, ListedPlace Place)>> Pages(
        BucketListingTarget target, BucketPattern pattern)
    {
        bool isFirstOut = false;
        for (string marker = ""; !IsComplete;)
        {
            OssOperation<BucketPage> list = ListBucketsOperation.Create(pattern.Prefix, marker);
            BucketPage page = _engine.Wait(target, item => _send(list, item));
            marker = page.NextMarker ?? "";
            IsComplete = page.NextMarker is null;
            long before = _engine.Started;
            yield return [.. page.Buckets.Where(bucket => pattern.Matches(bucket.Name))];
            if (!isFirstOut && _engine.Started > before)
            {
                _engine.WriteUntil(before + 1);
                isFirstOut = true;
            }
        }
    }
}
