using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Operations;

namespace OssPayment.Completion;

/// <summary>
/// Completes the requesters that have limits at the buckets or resource pools that were typed, with the limits as the
/// tooltip.
/// </summary>
internal sealed class RequesterCompleter : IArgumentCompleter
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
            return
                from listed in List(new TypedCommand(commandName, fakeBoundParameters))
                let limits = listed.Value
                where limits is not null && RequesterUid.IsValid(limits.Requester) && pattern.IsMatch(limits.Requester)
                group limits by limits.Requester into requester
                select (requester.Key, string.Join("\n", requester));
        });

    private static List<Listed<RequesterLimits>> List(TypedCommand command)
    {
        using var source = new CompletionSource(command);
        IEnumerable<LimitedResource> resources = command.Has("ResourcePool")
            ? Names(command, "ResourcePool").Select(LimitedResource.OfResourcePool)
            : Names(command, "Bucket").Select(LimitedResource.OfBucket);
        return
        [
            .. resources.SelectMany(
                resource => source.Query(RequesterQoSOperations.List(resource, PageToken.First())).Items),
        ];
    }

    private static string[] Names(TypedCommand command, string parameter) => command.Read<string[]>(parameter) ?? [];
}
