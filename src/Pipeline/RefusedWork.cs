using System;
using System.Threading.Tasks;

namespace OssPayment.Pipeline;

/// <summary>Work that is not done. The reason is reported as an error about its target, in input order.</summary>
internal sealed class RefusedWork(OssTarget target, Func<OssRequestException> refusal) : Work(target)
{
    internal override Func<WorkContext, Task<object?>> Prepare() => throw refusal();
}
