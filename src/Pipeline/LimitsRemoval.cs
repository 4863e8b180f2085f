using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Reads the limits of a requester, confirms that all of them are removed, and removes them.</summary>
/// <param name="target">Whose limits are removed where.</param>
/// <param name="resource">The bucket or resource pool.</param>
/// <param name="requester">The requester.</param>
internal sealed class LimitsRemoval(OssTarget target, LimitedResource resource, string requester) : Work(target)
{
    /// <summary>The change where the limits are not read.</summary>
    internal const string Description = "remove all limits";

    private const string Nothing = "change nothing (the requester has no limits)";

    /// <summary>Whether it only shows what would be removed.</summary>
    internal bool IsPreview { get; init; }

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<RequesterLimits> read = RequesterQoSOperations.Get(resource, requester);
        OssOperation<string> delete = RequesterQoSOperations.Delete(resource, requester);
        return async context =>
        {
            string? confirmed = await Confirmation.AskAsync(
                context.Item,
                () => DescribeAsync(context, read),
                change => (change == Nothing && !IsPreview) || context.Confirm(Target, change),
                string.Equals,
                context.Clock)
                .ConfigureAwait(false);
            if (confirmed == Nothing)
            {
                context.Item.Trace?.Verbose($"{Target}: the requester has no limits. No change was sent.");
            }
            else if (confirmed is not null)
            {
                await context.SendAsync(delete).ConfigureAwait(false);
            }

            return null;
        };
    }

    private static async Task<string> DescribeAsync(WorkContext context, OssOperation<RequesterLimits> read)
    {
        try
        {
            RequesterLimits present = await context.SendAsync(read).ConfigureAwait(false);
            return $"{Description} ({present.Configuration.Describe()})";
        }
        catch (OssServiceException e) when (e.MeansNoLimits)
        {
            return Nothing;
        }
        catch (OssServiceException e) when (e.DeniesAccess)
        {
            // Whoever may remove limits need not be allowed to read them.
            return Description;
        }
    }
}
