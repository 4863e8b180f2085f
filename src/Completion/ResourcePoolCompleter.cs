using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Caching;
using OssPayment.Operations;

namespace OssPayment.Completion;

/// <summary>Completes the resource pools that were used before in this process.</summary>
internal sealed class ResourcePoolCompleter : IArgumentCompleter
{
    private static readonly BoundedCache<string, bool> Used = new(capacity: 1000);

    internal static void Add(string pool)
    {
        if (ResourcePoolName.IsValid(pool))
        {
            Used.Set(pool, true);
        }
    }

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
            return Used.Keys.Where(pattern.IsMatch).OrderBy(pool => pool).Select(pool => (pool, pool));
        });
}
