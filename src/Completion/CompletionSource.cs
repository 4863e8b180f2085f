using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Time;

namespace OssPayment.Completion;

/// <summary>Queries OSS for completions, within a second, at the endpoint of the command that is being typed.</summary>
/// <remarks>Every failure is an exception, which <see cref="Completions"/> ignores.</remarks>
internal sealed class CompletionSource : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(30);
    private static readonly RecentResults Recent = new(Clock.System);

    private readonly CancellationTokenSource _timeLimit = new(TimeLimit);
    private readonly OssClient _client;
    private readonly OssLocation _location;

    internal CompletionSource(TypedCommand command)
    {
        // A request for temporary credentials goes on after the second, for the next command.
        _client = OssClient.FromEnvironment(
            command.Read<Uri>("Proxy"),
            command.Read<PSCredential>("ProxyCredential")?.GetNetworkCredential(),
            AttemptTime,
            maximumRetryCount: 0,
            retryInterval: null,
            TypedCommand.FindFile);
        var resolver = new LocationResolver(
            command.Read<EndpointType?>("EndpointType"),
            command.Read<AddressingStyle?>("AddressingStyle"));
        _location = resolver.Resolve(
            new LocationSource(
                command.Read<string>("Region"), command.Read<string>("Endpoint")),
            LocationSource.FromEnvironment());
    }

    public void Dispose() => _timeLimit.Dispose();

    /// <summary>Sends an operation, or returns its result of the last minute.</summary>
    internal TResult Query<TResult>(OssOperation<TResult> operation)
        where TResult : class
    {
        if (operation.Bucket is null)
        {
            _location.ThrowIfBoundToBucket();
        }

        string url = _location.UriFor(operation.Bucket, operation.Signable.CanonicalQuery).AbsoluteUri;
        return Recent.Get($"{_client.Identity} {_location.Region} {url}", () =>
        {
            // Some steps, such as a DNS query, cannot be cancelled. The result is not waited for.
            Task<TResult> result = Task.Run(
                () => _client.SendAsync(operation, _location, trace: null, _timeLimit.Token), _timeLimit.Token);
            result.Wait(_timeLimit.Token);
            return result.Result;
        });
    }
}
