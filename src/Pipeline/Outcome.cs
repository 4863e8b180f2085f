using System;
using System.Linq;
using OssPayment.Client;

namespace OssPayment.Pipeline;

/// <summary>
/// The result for a target: an object, an exception or neither, and the trace of the requests.
/// </summary>
internal sealed class Outcome(object? result, Exception? error, RequestTrace? trace)
{
    /// <summary>An object of this module, whose texts have a maximum length.</summary>
    private const int SizeOfResult = 384;

    /// <summary>An exception with its message and its target.</summary>
    private const int SizeOfError = 2048;

    /// <summary>What goes down the pipeline, an array element by element; null for nothing.</summary>
    internal object? Result { get; } = result;

    internal Exception? Error { get; } = error;

    internal RequestTrace? Trace { get; } = trace;

    /// <summary>About how many bytes it takes in memory.</summary>
    internal int Size { get; } = SizeOf(result) + (error is null ? 0 : SizeOfError)
        + (trace?.Messages.Sum(message => message.Text.Length * sizeof(char)) ?? 0);

    private static int SizeOf(object? result) => result switch
    {
        null => 0,
        object[] results => results.Sum(SizeOf),
        Failure => SizeOfError,
        _ => SizeOfResult,
    };
}
