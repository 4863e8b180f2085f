using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Reads limits, confirms that all of them are removed, and removes them.</summary>
internal sealed class LimitsRemoval(OssTarget target, LimitsOperations operations) : Work(target)
{
    /// <summary>The change where the limits are not read.</summary>
    internal const string Description = "remove all limits";

    private const string Nothing = "change nothing (there are no limits)";

    /// <summary>
    /// Whether to show also that nothing would change, as -WhatIf does. The confirmation prevents the change.
    /// </summary>
    internal bool ShowsNoChange { get; init; }

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<QoSInfo> read = operations.Get();
        OssOperation<string> delete = operations.Delete();
        return async context =>
        {
            string? confirmed = await Confirmation.AskAsync(
                context.Item,
                () => DescribeAsync(context, read),
                change => (change == Nothing && !ShowsNoChange) || context.Confirm(change),
                string.Equals,
                context.Clock)
                .ConfigureAwait(false);
            if (confirmed == Nothing)
            {
                context.Item.Trace?.Verbose($"{Target}: there are no limits. No change was sent.");
            }
            else if (confirmed is not null)
            {
                await context.SendAsync(delete).ConfigureAwait(false);
            }

            return null;
        };
    }

    private static async Task<string> DescribeAsync(WorkContext context, OssOperation<QoSInfo> read)
    {
        try
        {
            QoSInfo present = await context.SendAsync(read).ConfigureAwait(false);
            return $"{Description} ({present.Configuration.Describe()})";
        }
        catch (OssServiceException e) when (e.MeansNoLimits)
        {
            return Nothing;
        }
        catch (OssServiceException e) when (e.DeniesAccess)
        {
            // The permission to remove limits does not include that to read them.
            return Description;
        }
    }
}
