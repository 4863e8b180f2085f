using System;

namespace OssPayment.Pipeline;

/// <summary>Where the engine writes: called on the thread that drives it, and on no other.</summary>
/// <remarks>Whatever a member throws ends the work and reaches the caller of the engine.</remarks>
internal interface IPipelineOutput
{
    /// <summary>What happened on the wire; written before the result or the error that it led to.</summary>
    void WriteTrace(bool isDebug, string text);

    void WriteResult(object result);

    void WriteError(OssTarget target, Exception exception);

    void ShowProgress(ProgressReport progress);

    void EndProgress();
}
