using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Time;

namespace OssPayment.Pipeline;

/// <summary>What work uses while it runs: its place in the pipeline, the client, and where requests go.</summary>
internal sealed class WorkContext
{
    private readonly OssClient _client;
    private readonly OssLocation _location;
    private readonly IPipelineOutput _output;

    internal WorkContext(WorkItem item, OssClient client, OssLocation location, IPipelineOutput output, Clock clock)
    {
        Item = item;
        Clock = clock;
        _client = client;
        _location = location;
        _output = output;
    }

    internal WorkItem Item { get; }

    internal Clock Clock { get; }

    /// <summary>Sends an operation. Once a change has left, an interruption leaves its result unknown.</summary>
    internal Task<TResult> SendAsync<TResult>(OssOperation<TResult> operation)
    {
        if (operation.Bucket is null)
        {
            _location.ThrowIfBoundToBucket();
        }

        if (!operation.IsChange)
        {
            return _client.SendAsync(operation, _location, Item.Trace, Item.Stopping);
        }

        Item.MarkDecided();
        return _client.SendAsync(operation, _location, Item.Trace, Item.Stopping, Item.MarkSent);
    }

    /// <summary>Asks for a confirmation, on the thread of the pipeline: see <see cref="WorkItem.AskAsync"/>.</summary>
    internal bool Confirm(OssTarget target, string change) => _output.Confirm(target.Describe(), change);
}
