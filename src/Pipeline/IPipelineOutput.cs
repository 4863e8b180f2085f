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

    void WriteWarning(string text);

    /// <summary>Asks whether a change may be made. It also answers no where the change is only to be shown.</summary>
    bool Confirm(string target, string change);

    /// <summary>Ends the pipeline with an error that is not about one target. It does not return.</summary>
    void Terminate(OssException exception);

    void ShowProgress(ProgressReport progress);

    void EndProgress();
}
