using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Reads the limits of a requester, confirms the change, and sends all of them back with the change.</summary>
/// <param name="target">Whose limits change where.</param>
/// <param name="resource">The bucket or resource pool.</param>
/// <param name="requester">The requester.</param>
/// <param name="changes">The limits that change.</param>
internal sealed class LimitsChange(
    OssTarget target, LimitedResource resource, string requester, QoSChanges changes) : Work(target)
{
    /// <summary>Whether limits are emitted: those that were put, or those that were read if nothing changes.</summary>
    internal bool Emits { get; init; }

    /// <summary>Whether it only shows what would change.</summary>
    internal bool IsPreview { get; init; }

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<RequesterLimits> read = RequesterQoSOperations.Get(resource, requester);
        if (changes.IsEmpty)
        {
            throw new OssRequestException(
                OssRequestError.LimitNotFound,
                "No limit was specified. Specify at least one, such as -TotalDownloadBandwidth 10; in a piped object, "
                + "as a property of that name.");
        }

        return context => RunAsync(context, read);
    }

    private async Task<object?> RunAsync(WorkContext context, OssOperation<RequesterLimits> read)
    {
        RequesterLimits? present = await Confirmation.AskAsync(
            context.Item,
            () => ReadAsync(context, read),
            present => IsAgreed(context, present.Configuration),
            (before, now) => before.Configuration.HasSameLimits(now.Configuration),
            context.Clock)
            .ConfigureAwait(false);
        if (present is null)
        {
            return null;
        }

        RequesterLimits result = present;
        if (changes.ChangeNothing(present.Configuration))
        {
            context.Item.Trace?.Verbose($"{Target}: the limits already have these values. No change was sent.");
        }
        else
        {
            result = await context
                .SendAsync(RequesterQoSOperations.Put(resource, requester, changes.AppliedTo(present.Configuration)))
                .ConfigureAwait(false);
        }

        return Emits ? result : null;
    }

    private async Task<RequesterLimits> ReadAsync(WorkContext context, OssOperation<RequesterLimits> read)
    {
        try
        {
            return await context.SendAsync(read).ConfigureAwait(false);
        }
        catch (OssServiceException e) when (e.MeansNoLimits)
        {
            return RequesterQoSOperations.WithoutLimits(resource, requester, e);
        }
    }

    private bool IsAgreed(WorkContext context, QoSConfiguration present) =>
        (changes.ChangeNothing(present) && !IsPreview) || context.Confirm(Target, changes.Describe(present));
}
