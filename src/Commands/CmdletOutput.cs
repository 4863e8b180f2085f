using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using OssPayment.Client;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Writes the output of the engine to the streams of a cmdlet.</summary>
internal sealed class CmdletOutput : IPipelineOutput
{
    private readonly PSCmdlet _cmdlet;
    private readonly bool _isVerbose;
    private readonly bool _isDebug;

    /// <param name="cmdlet">The cmdlet, whose parameters are bound.</param>
    internal CmdletOutput(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _isVerbose = IsOn("Verbose");
        _isDebug = IsOn("Debug");
    }

    /// <summary>How many results PowerShell holds back before it passes them on: <c>-OutBuffer</c>.</summary>
    internal int Buffer =>
        _cmdlet.MyInvocation.BoundParameters.TryGetValue("OutBuffer", out object? bound) ? (int)bound : 0;

    internal RequestTrace? NewTrace() => _isVerbose || _isDebug ? new RequestTrace(_isDebug) : null;

    public void WriteTrace(bool isDebug, string text)
    {
        if (isDebug)
        {
            _cmdlet.WriteDebug(text);
        }
        else if (_isVerbose)
        {
            // Only then, because with -Debug PowerShell asks for confirmation of every verbose message.
            _cmdlet.WriteVerbose(text);
        }
    }

    public void WriteResult(object result) => _cmdlet.WriteObject(result);

    public void WriteError(OssTarget target, Exception exception)
    {
        ErrorRecord record = exception.ToErrorRecord(target);
        if (exception is OssException { ConcernsAll: true })
        {
            _cmdlet.ThrowTerminatingError(record);
        }

        _cmdlet.WriteError(record);
    }

    public void WriteWarning(string text) => _cmdlet.WriteWarning(text);

    /// <summary>Asks as PowerShell does, and says what to do where the session cannot prompt.</summary>
    public bool Confirm(string target, string change)
    {
        try
        {
            return _cmdlet.ShouldProcess(target, change);
        }
        catch (Exception e) when (e is HostException or InvalidOperationException or NotImplementedException
            || (Console.IsInputRedirected && e is not (PipelineStoppedException or ActionPreferenceStopException)))
        {
            string force = _cmdlet.MyInvocation.MyCommand.Parameters.ContainsKey("Force") ? " or -Force" : "";
            var reason = new PSInvalidOperationException(
                "This session cannot ask for confirmation: it was started with -NonInteractive, or its host has no "
                + $"prompt. Use -Confirm:$false{force} to {change} without confirmation, or -WhatIf to preview.",
                e);
            _cmdlet.ThrowTerminatingError(
                new ErrorRecord(reason, "InvalidOperation", ErrorCategory.InvalidOperation, targetObject: null));
            throw;
        }
    }

    public void Terminate(OssException exception) =>
        _cmdlet.ThrowTerminatingError(exception.ToErrorRecord(target: null));

    /// <summary>Writes a warning, also after Ctrl+C, if there is something to report.</summary>
    internal void WriteInterruption(string? report)
    {
        if (report is null)
        {
            return;
        }

        try
        {
            _cmdlet.WriteWarning(report);
        }
        catch (Exception e) when (e is PipelineStoppedException or InvalidOperationException)
        {
            // After Ctrl+C the streams are closed, and the host is not.
            _cmdlet.Host?.UI?.WriteWarningLine(report);
        }
        catch (ActionPreferenceStopException)
        {
            // It was written, and the caller gets the error that ended the pipeline.
        }
    }

    public void ShowProgress(string status, int percentComplete) => _cmdlet.WriteProgress(
        new ProgressRecord(0, Activity, status) { PercentComplete = percentComplete });

    public void EndProgress() => _cmdlet.WriteProgress(
        new ProgressRecord(0, Activity, "done") { RecordType = ProgressRecordType.Completed });

    private string Activity => _cmdlet.MyInvocation.MyCommand.Name;

    /// <summary>Whether a stream is on, by its common parameter or by its preference variable.</summary>
    private bool IsOn(string stream) => _cmdlet.SwitchOf(stream)
        ?? (LanguagePrimitives.TryConvertTo(_cmdlet.GetVariableValue($"{stream}Preference"), out ActionPreference value)
            && value is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore));
}
