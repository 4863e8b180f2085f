using System;
using OssPayment.Client;

namespace OssPayment.Pipeline;

/// <summary>
/// What became of a target: a result, an exception or neither, and what there is to tell of the requests.
/// </summary>
internal readonly struct Outcome
{
    internal Outcome(object? result, Exception? error, RequestTrace? trace)
    {
        Result = result;
        Error = error;
        Trace = trace;
    }

    /// <summary>What goes down the pipeline, an array element by element; null for nothing.</summary>
    internal object? Result { get; }

    internal Exception? Error { get; }

    internal RequestTrace? Trace { get; }
}
