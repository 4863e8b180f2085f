using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OssPayment.Endpoints;

namespace OssPayment.Completion;

/// <summary>
/// Completes the hosts of OSS: the public ones at first, and all once a region, a type or a part of the host was typed.
/// </summary>
internal sealed class EndpointCompleter : IArgumentCompleter
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
            var command = new TypedCommand(commandName, fakeBoundParameters);
            string? region = command.Read<string>("Region") is { } typed ? OssRegion.TryParse(typed) : null;
            EndpointType? type = command.Read<EndpointType?>("EndpointType")
                ?? (word.Length == 0 && region is null ? EndpointType.Public : null);

            bool Begins(string host) => host.StartsWith(word, StringComparison.OrdinalIgnoreCase);

            return (
                from known in KnownRegions.All
                where region is null || known.Id == region
                from offered in known.Types
                where type is null || offered == type
                let host = known.HostOf(offered)
                where known.IsMeantBy(word) || Begins(host)
                select (host, $"{known.Place} ({offered})"))
                .Concat(
                from offered in new[] { EndpointType.Accelerate, EndpointType.AccelerateOverseas }
                where type is null || offered == type
                let host = OssHostName.NameFor(region ?? "", offered)
                where Begins(host)
                select (host, $"all regions ({offered})"));
        });
}
