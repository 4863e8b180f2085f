using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Reads limits, confirms the change, and sends all of them back with the change.</summary>
internal sealed class LimitsChange(OssTarget target, LimitsOperations operations, QoSChanges changes) : Work(target)
{
    /// <summary>Whether limits are emitted: those that were put, or those that were read if nothing changes.</summary>
    internal bool Emits { get; init; }

    /// <summary>
    /// Whether to show also that nothing would change, as -WhatIf does. The confirmation prevents the change.
    /// </summary>
    internal bool ShowsNoChange { get; init; }

    internal override OssRequestException? Refusal => !changes.IsEmpty ? null : new OssRequestException(
        OssRequestError.LimitNotFound,
        "No limit was specified. Specify at least one, such as -TotalDownloadBandwidth 10; in a piped object, as a "
        + "property of that name.");

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<QoSInfo> read = operations.Get();
        return Refusal is { } refusal ? throw refusal : context => RunAsync(context, read);
    }

    private async Task<object?> RunAsync(WorkContext context, OssOperation<QoSInfo> read)
    {
        QoSInfo? present = await Confirmation.AskAsync(
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

        QoSInfo result = present;
        if (changes.ChangeNothing(present.Configuration))
        {
            context.Item.Trace?.Verbose($"{Target}: the limits already have these values. No change was sent.");
        }
        else
        {
            result = await PutAsync(context, changes.AppliedTo(present.Configuration)).ConfigureAwait(false);
        }

        return Emits ? result : null;
    }

    private async Task<QoSInfo> ReadAsync(WorkContext context, OssOperation<QoSInfo> read)
    {
        try
        {
            return await context.SendAsync(read).ConfigureAwait(false);
        }
        catch (OssServiceException e) when (e.MeansNoLimits)
        {
            return operations.WithoutLimits(e);
        }
    }

    private async Task<QoSInfo> PutAsync(WorkContext context, QoSConfiguration configuration)
    {
        try
        {
            return await context.SendAsync(operations.Put(configuration)).ConfigureAwait(false);
        }
        catch (OssServiceException e) when (e.RefusesLimits && operations.GetCeiling is not null)
        {
            throw new OssServiceException(e)
            {
                Ceiling = await ExceededAsync(context, configuration).ConfigureAwait(false),
            };
        }
    }

    /// <summary>Which limits exceed the ceiling, read now; empty if none does, or if it cannot be read.</summary>
    private async Task<string> ExceededAsync(WorkContext context, QoSConfiguration configuration)
    {
        try
        {
            QoSInfo ceiling = await context.SendAsync(operations.GetCeiling!()).ConfigureAwait(false);
            string exceeded = configuration.DescribeExceeded(ceiling.Configuration);
            return exceeded.Length > 0 ? $"The limits of {operations.CeilingName} are exceeded: {exceeded}." : "";
        }
        catch (Exception e) when (e is OssException or OperationCanceledException)
        {
            // The error is that of the change.
            return "";
        }
    }

    private bool IsAgreed(WorkContext context, QoSConfiguration present) =>
        (changes.ChangeNothing(present) && !ShowsNoChange) || context.Confirm(changes.Describe(present));
}
