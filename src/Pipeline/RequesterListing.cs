using System;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Lists the requesters that have limits at a bucket or a resource pool, page by page.</summary>
internal sealed class RequesterListing : Work
{
    private readonly Func<PageToken, OssOperation<RequesterPage>> _page;
    private readonly Func<string, OssTarget> _targetOf;

    /// <param name="target">The bucket or resource pool.</param>
    /// <param name="page">Creates the operation for a page, from its token.</param>
    /// <param name="targetOf">The target of a requester, for an error about that requester.</param>
    internal RequesterListing(
        OssTarget target, Func<PageToken, OssOperation<RequesterPage>> page, Func<string, OssTarget> targetOf)
        : base(target)
    {
        _page = page;
        _targetOf = targetOf;
    }

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<RequesterPage> first = _page(PageToken.First());
        return context => ListAsync(context, first);
    }

    private async Task<object?> ListAsync(WorkContext context, OssOperation<RequesterPage> first)
    {
        for (OssOperation<RequesterPage> list = first; ;)
        {
            RequesterPage page = await context.SendAsync(list).ConfigureAwait(false);
            object[] results = [.. page.Requesters.Select(ToResult)];
            if (page.Next is null)
            {
                return results;
            }

            await context.Item.WritePageAsync(results).ConfigureAwait(false);
            list = _page(page.Next);
        }
    }

    private object ToResult(ListedRequester listed)
    {
        if (listed.Limits is { } limits)
        {
            return limits;
        }

        OssTarget target = _targetOf(listed.Requester);
        target.Place(Target.Region, Target.Endpoint);
        return new Failure(target, listed.Error!);
    }
}
