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
    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<Page<Listed<TValue>>> first = page(PageToken.First());
        return context => ListAsync(context, first);
    }

    private async Task<object?> ListAsync(WorkContext context, OssOperation<Page<Listed<TValue>>> first)
    {
        for (OssOperation<Page<Listed<TValue>>> list = first; ;)
        {
            Page<Listed<TValue>> read = await context.SendAsync(list).ConfigureAwait(false);
            object[] results = [.. read.Items.Select(ToResult)];
            if (read.Next is null)
            {
                return results;
            }

            await context.Item.WritePageAsync(results).ConfigureAwait(false);
            list = page(read.Next);
        }
    }

    private object ToResult(Listed<TValue> listed)
    {
        if (listed.Value is { } value)
        {
            return value;
        }

        OssTarget target = targetOf(listed.Name);
        target.Place(Target.Region, Target.Endpoint);
        return new Failure(target, listed.Error!);
    }
}
