using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Endpoints;

namespace OssPayment.Completion;

/// <summary>Completes region ids. Any other region is accepted too, because new ones open every year.</summary>
public sealed class RegionCompleter : IArgumentCompleter
{
    /// <summary>The regions whose id or place has a word that begins with what was typed.</summary>
    /// <param name="commandName">The cmdlet.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The text that was typed so far.</param>
    /// <param name="commandAst">The command as it was typed.</param>
    /// <param name="fakeBoundParameters">The other parameters.</param>
    /// <returns>A completion for each region.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, word =>
            from known in KnownRegions.All
            let prefixed = "oss-" + known.Id
            let region = known.IsMeantBy(word) ? known.Id : prefixed
            where region == known.Id || prefixed.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            select (region, known.Note is null ? known.Place : $"{known.Place} ({known.Note})"));
}
