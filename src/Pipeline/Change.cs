using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Sends one operation that changes something, after a confirmation that needs no request.</summary>
internal sealed class Change<TResult> : Work
{
    private readonly Func<OssOperation<TResult>> _operation;
    private readonly string _description;

    /// <param name="target">What is changed.</param>
    /// <param name="operation">Creates the operation.</param>
    /// <param name="description">What changes, as a confirmation says it.</param>
    internal Change(OssTarget target, Func<OssOperation<TResult>> operation, string description)
        : base(target)
    {
        _operation = operation;
        _description = description;
    }

    /// <summary>Whether the result is emitted.</summary>
    internal bool Emits { get; init; }

    /// <summary>Whether the change needs no confirmation.</summary>
    internal bool IsConfirmed { get; init; }

    internal override string? ChangeToConfirm => IsConfirmed ? null : _description;

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<TResult> operation = _operation();
        return async context =>
        {
            TResult result = await context.SendAsync(operation).ConfigureAwait(false);
            return Emits ? result : null;
        };
    }
}
