using System;

namespace OssPayment.Pipeline;

/// <summary>The output of the engine. All members are called on the thread that drives the engine.</summary>
/// <remarks>An exception of a member ends the work and reaches the caller of the engine.</remarks>
internal interface IPipelineOutput
{
    /// <summary>A trace of requests; written before their result or error.</summary>
    void WriteTrace(bool isDebug, string text);

    void WriteResult(object result);

    void WriteError(OssTarget target, Exception exception);

    void WriteWarning(string text);

    /// <summary>Asks for the confirmation of a change. With -WhatIf it shows the change and returns false.</summary>
    bool Confirm(string target, string change);

    /// <summary>Ends the pipeline with an error that is not about one target. It does not return.</summary>
    void Terminate(OssException exception);

    /// <param name="status">The numbers of targets that are done, of all targets if known, and of failed ones.</param>
    /// <param name="percentComplete">0 to 100; -1 if the total is not known.</param>
    void ShowProgress(string status, int percentComplete);

    void EndProgress();
}
