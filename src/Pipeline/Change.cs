using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Sends one operation that changes something, after a confirmation that needs no request.</summary>
internal sealed class Change<TResult>(OssTarget target, Func<OssOperation<TResult>> create, string description)
    : Work(target)
{
    /// <summary>Whether the result is emitted.</summary>
    internal bool Emits { get; init; }

    /// <summary>Whether the change needs no confirmation.</summary>
    internal bool IsConfirmed { get; init; }

    internal override string? ChangeToConfirm => IsConfirmed ? null : description;

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<TResult> operation = create();
        return async context =>
        {
            TResult result = await context.SendAsync(operation).ConfigureAwait(false);
            return Emits ? result : null;
        };
    }
}
