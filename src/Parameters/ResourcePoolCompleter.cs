using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Operations;

namespace OssPayment.Parameters;

/// <summary>Completes the resource pools that were named before in this process: OSS lists none.</summary>
internal sealed class ResourcePoolCompleter : IArgumentCompleter
{
    private const int Capacity = 1000;

    private static readonly ConcurrentDictionary<string, bool> Used = new();

    /// <summary>Notes that a resource pool was named.</summary>
    internal static void Note(string pool)
    {
        if (Used.Count < Capacity && ResourcePoolName.IsValid(pool))
        {
            Used[pool] = true;
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
