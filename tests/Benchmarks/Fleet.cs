using System.Collections.Generic;
using System.Linq;
using OssPayment.Endpoints;
using OssPayment.Signing;

namespace OssPayment.Benchmarks;

/// <summary>The buckets that are queried, and the account.</summary>
internal static class Fleet
{
    internal const string Region = "cn-hangzhou";

    internal static OssCredentials Credentials { get; } =
        new("EmulatorOwnerId", "EmulatorOwnerSecretNotReal", securityToken: null);

    /// <summary>The emulator's names of its buckets.</summary>
    internal static IEnumerable<string> Names(int count) =>
        Enumerable.Range(0, count).Select(number => $"fleet-{number:d6}");

    /// <summary>The request of the cmdlet for each of them, at one host.</summary>
    internal static SignedRequest[] Requests(string endpoint, int count) =>
        [.. Names(count).Select(bucket => SignedRequest.Get($"{endpoint}/{bucket}", bucket, Credentials, Region))];

    /// <summary>The same at the buckets' own hosts.</summary>
    internal static SignedRequest[] HostRequests(int count) =>
    [
        .. Names(count).Select(bucket => SignedRequest.Get(
            $"https://{bucket}.oss-{Region}.aliyuncs.com", bucket, Credentials, Region)),
    ];

    internal static OssLocation At(string endpoint) => new LocationResolver(type: null, AddressingStyle.Path)
        .Resolve(new LocationSource(Region, endpoint));
}
