using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Operations;

namespace OssPayment.Completion;

/// <summary>Completes the account's resource pools in the region that was typed.</summary>
internal sealed class ResourcePoolCompleter : IArgumentCompleter
{
    /// <inheritdoc cref="RegionCompleter.CompleteArgument"/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, word =>
        {
            var pattern = new WildcardPattern(word + "*", WildcardOptions.IgnoreCase);
            using var source = new CompletionSource(new TypedCommand(commandName, fakeBoundParameters));
            return
                from pool in source.Query(ResourcePoolOperations.List(PageToken.First())).Items
                where ResourcePoolName.IsValid(pool) && pattern.IsMatch(pool)
                select (pool, pool);
        });
}
