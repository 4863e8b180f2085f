using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Endpoints;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>The account's buckets that match a pattern, page by page.</summary>
internal sealed class BucketListing
{
    private readonly PipelineEngine _engine;
    private readonly Func<OssOperation<BucketPage>, WorkItem, Task<BucketPage>> _send;

    /// <param name="engine">Waits for each page, and writes what is ready meanwhile.</param>
    /// <param name="send">Sends the operation for a page.</param>
    internal BucketListing(PipelineEngine engine, Func<OssOperation<BucketPage>, WorkItem, Task<BucketPage>> send)
    {
        _engine = engine;
        _send = send;
    }

    /// <summary>Whether the last page was read.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>
    /// The matches on each page. The first result is written before the second page is requested. After that, a slow
    /// bucket delays no page.
    /// </summary>
    internal IEnumerable<IReadOnlyList<(string Name, ListedPlace Place)>> Pages(
        BucketListingTarget target, string prefix, Func<string, bool> matches)
    {
        bool isFirstOut = false;
        for (PageToken? next = PageToken.First(); next is not null;)
        {
            OssOperation<BucketPage> list = ListBucketsOperation.Create(prefix, next);
            BucketPage page = _engine.Wait(target, item => _send(list, item));
            next = page.Next;
            IsComplete = next is null;
            long before = _engine.Started;
            yield return [.. page.Buckets.Where(bucket => matches(bucket.Name))];
            if (!isFirstOut && _engine.Started > before)
            {
                _engine.WriteUntil(before + 1);
                isFirstOut = true;
            }
        }
    }
}
