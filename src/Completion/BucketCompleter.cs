using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Text;

namespace OssPayment.Completion;

/// <summary>Completes the account's buckets, each with its region as the tooltip.</summary>
internal sealed class BucketCompleter : IArgumentCompleter
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
            var pattern = new BucketPattern(word + "*");
            return
                from bucket in List(pattern.Prefix, new TypedCommand(commandName, fakeBoundParameters))
                where BucketName.IsValid(bucket.Name) && pattern.Matches(bucket.Name)
                select (bucket.Name, Sanitizer.Sanitize(bucket.Place.Region, 80));
        });

    private static IReadOnlyList<ListedBucket> List(string prefix, TypedCommand command)
    {
        if (command.Has("ResourcePool"))
        {
            return [];
        }

        using var source = new CompletionSource(command);
        Page<ListedBucket> all = source.Query(ListBucketsOperation.Create(prefix: "", PageToken.First()));

        // Most accounts fit on one page, which then serves the next characters, too.
        Page<ListedBucket> page = all.Next is null
            ? all
            : source.Query(ListBucketsOperation.Create(prefix, PageToken.First()));
        return page.Items;
    }
}
