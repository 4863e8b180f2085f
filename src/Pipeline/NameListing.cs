using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>The account's buckets or resource pools that match a pattern, page by page.</summary>
internal sealed class NameListing<TItem>
{
    private readonly PipelineEngine _engine;
    private readonly Func<OssOperation<Page<TItem>>, WorkItem, Task<Page<TItem>>> _send;

    /// <param name="engine">Waits for each page, and writes what is ready meanwhile.</param>
    /// <param name="send">Sends the operation for a page.</param>
    internal NameListing(
        PipelineEngine engine, Func<OssOperation<Page<TItem>>, WorkItem, Task<Page<TItem>>> send)
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
    internal IEnumerable<IReadOnlyList<TItem>> Pages(
        OssTarget target, Func<PageToken, OssOperation<Page<TItem>>> list, Func<TItem, bool> matches)
    {
        bool isFirstOut = false;
        for (PageToken? next = PageToken.First(); next is not null;)
        {
            OssOperation<Page<TItem>> operation = list(next);
            Page<TItem> page = _engine.Wait(target, item => _send(operation, item));
            next = page.Next;
            IsComplete = next is null;
            long before = _engine.Started;
            yield return [.. page.Items.Where(matches)];
            if (!isFirstOut && _engine.Started > before)
            {
                _engine.WriteUntil(before + 1);
                isFirstOut = true;
            }
        }
    }
}
