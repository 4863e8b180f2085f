using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Reads the limits of a requester, confirms the change, and sends all of them back with the change.</summary>
internal sealed class LimitsChange : Work
{
    private readonly QoSChanges _changes;
    private readonly Func<OssOperation<RequesterLimits>> _read;
    private readonly Func<OssServiceException, RequesterLimits> _missing;
    private readonly Func<QoSConfiguration, OssOperation<RequesterLimits>> _put;

    /// <param name="target">Whose limits change where.</param>
    /// <param name="changes">The limits that change.</param>
    /// <param name="read">Creates the operation that reads the present limits.</param>
    /// <param name="missing">The present limits where OSS says that there are none.</param>
    /// <param name="put">Creates the operation that puts limits.</param>
    internal LimitsChange(
        OssTarget target,
        QoSChanges changes,
        Func<OssOperation<RequesterLimits>> read,
        Func<OssServiceException, RequesterLimits> missing,
        Func<QoSConfiguration, OssOperation<RequesterLimits>> put)
        : base(target)
    {
        _changes = changes;
        _read = read;
        _missing = missing;
        _put = put;
    }

    /// <summary>Whether limits are emitted: those that were put, or those that were read if nothing changes.</summary>
    internal bool Emits { get; init; }

    /// <summary>Whether it only shows what would change.</summary>
    internal bool IsPreview { get; init; }

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<RequesterLimits> read = _read();
        if (_changes.IsEmpty)
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
        if (_changes.ChangeNothing(present.Configuration))
        {
            context.Item.Trace?.Verbose($"{Target}: the limits already have these values. Nothing was sent.");
        }
        else
        {
            result = await context.SendAsync(_put(_changes.AppliedTo(present.Configuration))).ConfigureAwait(false);
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
            return _missing(e);
        }
    }

    private bool IsAgreed(WorkContext context, QoSConfiguration present) =>
        (_changes.ChangeNothing(present) && !IsPreview) || context.Confirm(Target, _changes.Describe(present));
}
