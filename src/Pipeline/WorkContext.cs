using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>What work uses while it runs: its place in the pipeline, the client, and where requests go.</summary>
internal sealed class WorkContext(
    WorkItem item, OssClient client, OssLocation location, IPipelineOutput output, Clock clock)
{
    internal WorkItem Item { get; } = item;

    internal Clock Clock { get; } = clock;

    /// <summary>Sends an operation. Once a change has left, an interruption leaves its result unknown.</summary>
    internal Task<TResult> SendAsync<TResult>(OssOperation<TResult> operation)
    {
        if (operation.Bucket is null)
        {
            location.ThrowIfBoundToBucket();
        }

        if (!operation.IsChange)
        {
            return client.SendAsync(operation, location, Item.Trace, Item.Stopping);
        }

        Item.MarkDecided();
        return client.SendAsync(operation, location, Item.Trace, Item.Stopping, Item.MarkSent);
    }

    /// <summary>Asks for a confirmation, on the thread of the pipeline: see <see cref="WorkItem.AskAsync"/>.</summary>
    internal bool Confirm(string change) => output.Confirm(Item.Target.Describe(), change);
}
