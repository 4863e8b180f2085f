using System.Management.Automation;
using OssPayment.Operations;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>The effect of -WhatIf, -Confirm, -Force and the preference variables on a change.</summary>
internal static class Preferences
{
    internal static bool IsWhatIf(this PSCmdlet cmdlet) =>
        cmdlet.SwitchOf("WhatIf") ?? LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>The value of a switch on the command line; null if it is not there.</summary>
    internal static bool? SwitchOf(this PSCmdlet cmdlet, string name) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(name, out object? bound) ? (bool)(SwitchParameter)bound : null;

    /// <summary>The removal of limits, which are read only if they are shown: for -WhatIf, or in a question.</summary>
    /// <param name="cmdlet">The cmdlet, a change of high impact.</param>
    /// <param name="force">Whether -Force replaces the confirmation.</param>
    /// <param name="target">Whose limits are removed where.</param>
    /// <param name="operations">How they are read and deleted.</param>
    /// <param name="suggestedPatternCommand">The command for a pattern, with {0} in its place.</param>
    internal static Work Removal(
        this PSCmdlet cmdlet, bool force, OssTarget target, LimitsOperations operations, string suggestedPatternCommand)
    {
        bool? confirm = cmdlet.SwitchOf("Confirm");
        bool isForced = force && confirm is null;
        bool asks = confirm ?? (!isForced && AsksForHighImpact(cmdlet));
        return cmdlet.IsWhatIf() || asks
            ? new LimitsRemoval(target, operations)
            {
                ShowsNoChange = cmdlet.IsWhatIf(),
                SuggestedPatternCommand = suggestedPatternCommand,
            }
            : new Change<string>(target, operations.Delete, LimitsRemoval.Description)
            {
                IsConfirmed = isForced,
                SuggestedPatternCommand = suggestedPatternCommand,
            };
    }

    private static bool AsksForHighImpact(PSCmdlet cmdlet) =>
        LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
        && preference != ConfirmImpact.None;
}
