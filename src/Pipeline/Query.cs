using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Sends one operation and emits its result.</summary>
internal sealed class Query<TResult> : Work
{
    private readonly Func<OssOperation<TResult>> _operation;

    /// <param name="target">What is queried.</param>
    /// <param name="operation">Creates the operation.</param>
    internal Query(OssTarget target, Func<OssOperation<TResult>> operation)
        : base(target)
    {
        _operation = operation;
    }

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<TResult> operation = _operation();
        return async context => await context.SendAsync(operation).ConfigureAwait(false);
    }
}
