using System;
using System.Management.Automation;
using OssPayment.Client;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Writes what the engine gives to the streams of a cmdlet.</summary>
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

    internal RequestTrace? NewTrace() => _isVerbose || _isDebug ? new RequestTrace(_isDebug) : null;

    public void WriteTrace(bool isDebug, string text)
    {
        if (isDebug)
        {
            _cmdlet.WriteDebug(text);
        }
        else if (_isVerbose)
        {
            // Only then, because -Debug alone makes PowerShell ask at every verbose message.
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

    public void ShowProgress(ProgressReport progress) => _cmdlet.WriteProgress(
        new ProgressRecord(0, Activity, progress.Status) { PercentComplete = progress.PercentComplete });

    public void EndProgress() => _cmdlet.WriteProgress(
        new ProgressRecord(0, Activity, "done") { RecordType = ProgressRecordType.Completed });

    private string Activity => _cmdlet.MyInvocation.MyCommand.Name;

    /// <summary>Whether a stream is on, by its common parameter or by its preference variable.</summary>
    private bool IsOn(string stream)
    {
        if (_cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out object? bound))
        {
            return (SwitchParameter)bound;
        }

        object? value = _cmdlet.GetVariableValue($"{stream}Preference");
        return LanguagePrimitives.TryConvertTo(value, out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
