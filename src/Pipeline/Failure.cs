using System;

namespace OssPayment.Pipeline;

/// <summary>An error among the results of a target's work, about a part of that target.</summary>
internal sealed class Failure
{
    internal Failure(OssTarget target, Exception error)
    {
        Target = target;
        Error = error;
    }

    internal OssTarget Target { get; }

    internal Exception Error { get; }
}
