using System;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Emits the items of a listing, page by page.</summary>
/// <param name="target">What has the items: a bucket or a resource pool.</param>
/// <param name="page">Creates the operation for a page, from its token.</param>
/// <param name="targetOf">The target of an item, for an error about it.</param>
internal sealed class ItemListing<TValue>(
    OssTarget target,
    Func<PageToken, OssOperation<Page<Listed<TValue>>>> page,
    Func<string, OssTarget> targetOf) : Work(target)
    where TValue : class
{
    private readonly Func<PageToken, OssOperation<Page<Listed<TValue>>>> _page = page;
    private readonly Func<string, OssTarget> _targetOf = targetOf;

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<Page<Listed<TValue>>> first = _page(PageToken.First());
        return context => ListAsync(context, first);
    }

    private async Task<object?> ListAsync(WorkContext context, OssOperation<Page<Listed<TValue>>> first)
    {
        for (OssOperation<Page<Listed<TValue>>> list = first; ;)
        {
            Page<Listed<TValue>> page = await context.SendAsync(list).ConfigureAwait(false);
            object[] results = [.. page.Items.Select(ToResult)];
            if (page.Next is null)
            {
                return results;
            }

            await context.Item.WritePageAsync(results).ConfigureAwait(false);
            list = _page(page.Next);
        }
    }

    private object ToResult(Listed<TValue> listed)
    {
        if (listed.Value is { } value)
        {
            return value;
        }

        OssTarget target = _targetOf(listed.Name);
        target.Place(Target.Region, Target.Endpoint);
        return new Failure(target, listed.Error!);
    }
}
