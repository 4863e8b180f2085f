using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Time;

namespace OssPayment.Commands;

/// <summary>Asks OSS for completions, where the command that is being typed would ask it, within a second.</summary>
/// <remarks>Whatever goes wrong is an exception, which <see cref="Completions"/> swallows.</remarks>
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
        // Fetching temporary credentials goes on after the second, for all that then want them.
        _client = OssClient.FromEnvironment(
            command.Read<Uri>(nameof(OssCmdlet.Proxy)),
            command.Read<PSCredential>(nameof(OssCmdlet.ProxyCredential))?.GetNetworkCredential(),
            AttemptTime,
            maximumRetryCount: 0,
            retryInterval: null);
        var resolver = new LocationResolver(
            command.Read<EndpointType?>(nameof(OssCmdlet.EndpointType)),
            command.Read<AddressingStyle?>(nameof(OssCmdlet.AddressingStyle)));
        _location = resolver.Resolve(
            new LocationSource(
                command.Read<string>(nameof(OssCmdlet.Region)), command.Read<string>(nameof(OssCmdlet.Endpoint))),
            LocationSource.FromEnvironment());
    }

    public void Dispose() => _timeLimit.Dispose();

    /// <summary>Sends an operation, or recalls what came of it within the last minute.</summary>
    internal TResult Ask<TResult>(OssOperation<TResult> operation)
        where TResult : class
    {
        if (operation.Bucket is null)
        {
            _location.ThrowIfBoundToBucket();
        }

        string url = _location.UriFor(operation.Bucket, operation.Signable.CanonicalQuery).AbsoluteUri;
        return Recent.Get($"{_client.Identity} {_location.Region} {url}", () =>
        {
            // Looking a host up, for one, cannot be cancelled: it is not waited for.
            Task<TResult> result = Task.Run(
                () => _client.SendAsync(operation, _location, trace: null, _timeLimit.Token), _timeLimit.Token);
            result.Wait(_timeLimit.Token);
            return result.Result;
        });
    }
}
