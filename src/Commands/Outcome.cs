using System;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>What became of a target: results or an exception, and what there is to tell of the requests.</summary>
internal readonly struct Outcome
{
    internal Outcome(OssTarget target, RequestTrace? trace, object? result, Exception? error)
    {
        Target = target;
        Trace = trace;
        Result = result;
        Error = error;
    }

    internal OssTarget Target { get; }

    internal RequestTrace? Trace { get; }

    /// <summary>What goes down the pipeline, an array one by one; null for nothing.</summary>
    internal object? Result { get; }

    internal Exception? Error { get; }
}
