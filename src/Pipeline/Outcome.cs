using System;
using OssPayment.Client;

namespace OssPayment.Pipeline;

/// <summary>
/// The result for a target: an object, an exception or neither, and the trace of the requests.
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
