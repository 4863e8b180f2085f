using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OssPayment.Completion;

/// <summary>Completes the words that a limit can be besides a number.</summary>
internal sealed class LimitCompleter : IArgumentCompleter
{
    /// <inheritdoc cref="RegionCompleter.CompleteArgument"/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, word =>
            from limit in new[] { QoSLimits.Unlimited, QoSLimits.Forbidden }
            let text = QoSLimits.Format(limit)
            where text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            select (text, $"{text} ({limit})"));
}
