using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests;

/// <summary>Keeps what an engine writes, in the order in which it came, and holds it to the thread that drives it.</summary>
internal sealed class RecordingOutput : IPipelineOutput
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Runs at each write, and may throw.</summary>
    internal Action<string>? OnWrite { get; init; }

    /// <summary>The result of each confirmation.</summary>
    internal bool Accepts { get; init; } = true;

    internal List<string> Written { get; } = [];

    internal List<Exception> Errors { get; } = [];

    internal ConcurrentQueue<(string Status, int PercentComplete)> Progress { get; } = [];

    internal bool HasEndedProgress { get; private set; }

    public void WriteTrace(bool isDebug, string text) => Write($"{(isDebug ? "debug" : "trace")} {text}");

    public void WriteResult(object result) => Write($"{result}");

    public void WriteError(OssTarget target, Exception exception)
    {
        Write($"error {target}: {exception.Message}");
        Errors.Add(exception);
    }

    public void WriteWarning(string text) => Write($"warning {text}");

    public bool Confirm(string target, string change)
    {
        Write($"confirm {target}: {change}");
        return Accepts;
    }

    /// <summary>Throws, as PowerShell does, an exception that is not one of the module.</summary>
    public void Terminate(OssException exception) => throw new InvalidOperationException("terminated", exception);

    public void ShowProgress(string status, int percentComplete)
    {
        AssertThread();
        Progress.Enqueue((status, percentComplete));
    }

    public void EndProgress()
    {
        AssertThread();
        HasEndedProgress = true;
    }

    private void Write(string text)
    {
        AssertThread();
        OnWrite?.Invoke(text);
        Written.Add(text);
    }

    private void AssertThread() => Assert.Equal(_thread, Environment.CurrentManagedThreadId);
}
