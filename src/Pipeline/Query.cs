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

    /// <summary>Whether a listed bucket without limits of its own emits nothing, instead of an error.</summary>
    internal bool SkipsUnlimited { get; init; }

    internal override Func<WorkContext, Task<object?>> Prepare()
    {
        OssOperation<TResult> operation = _operation();
        return async context =>
        {
            try
            {
                return await context.SendAsync(operation).ConfigureAwait(false);
            }
            catch (OssServiceException e) when (SkipsUnlimited && context.IsListed && e.MeansNoLimits)
            {
                return null;
            }
        };
    }
}
