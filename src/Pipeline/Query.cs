using System;
using System.Threading.Tasks;
using OssPayment.Operations;

namespace OssPayment.Pipeline;

/// <summary>Sends one operation and emits its result.</summary>
internal sealed class Query<TResult>(OssTarget target, Func<OssOperation<TResult>> create) : Work(target)
{
    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<TResult> operation = create();
        return async context => await context.SendAsync(operation).ConfigureAwait(false);
    }
}
