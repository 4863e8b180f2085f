using System;
using System.Collections.Generic;
using System.Linq;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>All operations, and how to find the one that a request is for.</summary>
internal static class OperationTable
{
    private const string Payment = "requestPayment";
    private const string QoS = "requesterQosInfo";
    private const string OwnQoS = "qosInfo";

    private static readonly Operation GetBucketQoS =
        new("GetBucketRequesterQoSInfo", "GET", true, QoS, BucketQoSOperations.Get);

    private static readonly Operation ListBucketQoS =
        new("ListBucketRequesterQoSInfos", "GET", true, QoS, BucketQoSOperations.List);

    private static readonly Operation GetPoolQoS =
        new("GetResourcePoolRequesterQoSInfo", "GET", false, QoS, PoolQoSOperations.Get);

    private static readonly Operation ListPoolQoS =
        new("ListResourcePoolRequesterQoSInfos", "GET", false, QoS, PoolQoSOperations.List);

    private static readonly IReadOnlyList<Operation> All =
    [
        new("PutBucketRequestPayment", "PUT", true, Payment, RequestPaymentOperations.Put),
        new("GetBucketRequestPayment", "GET", true, Payment, RequestPaymentOperations.Get),
        GetBucketQoS,
        ListBucketQoS,
        new("PutBucketRequesterQoSInfo", "PUT", true, QoS, BucketQoSOperations.Put),
        new("DeleteBucketRequesterQoSInfo", "DELETE", true, QoS, BucketQoSOperations.Delete),
        GetPoolQoS,
        ListPoolQoS,
        new("PutResourcePoolRequesterQoSInfo", "PUT", false, QoS, PoolQoSOperations.Put),
        new("DeleteResourcePoolRequesterQoSInfo", "DELETE", false, QoS, PoolQoSOperations.Delete),
        new("GetBucketQoSInfo", "GET", true, OwnQoS, BucketQoSOperations.GetOwn),
        new("PutBucketQoSInfo", "PUT", true, OwnQoS, BucketQoSOperations.PutOwn),
        new("DeleteBucketQoSInfo", "DELETE", true, OwnQoS, BucketQoSOperations.DeleteOwn),
        new("GetResourcePoolInfo", "GET", false, "resourcePoolInfo", ResourcePoolOperations.Get),
        new("ListResourcePoolBuckets", "GET", false, "resourcePoolBuckets", ResourcePoolOperations.ListBuckets),

        // The operations before it have the parameter, too, with a name.
        new("ListResourcePools", "GET", false, "resourcePool", ResourcePoolOperations.List),
        new("ListBuckets", "GET", false, null, ListBucketsOperation.List),
    ];

    private static readonly IReadOnlyList<string> ListBucketsParameters =
        ["prefix", "marker", "max-keys", "tag-key", "tag-value", "tagging"];

    /// <summary>The operation of a request, or null if there is no such operation.</summary>
    public static Operation? Find(string method, RequestAddress address, Query query)
    {
        Operation? found = Candidates(address, query).FirstOrDefault(operation => operation.Method == method);
        if (found == GetBucketQoS && !query.Has("qosRequester"))
        {
            return ListBucketQoS;
        }

        return found == GetPoolQoS && !query.Has("qosRequester") ? ListPoolQoS : found;
    }

    /// <summary>The error for a request for which <see cref="Find"/> finds no operation.</summary>
    public static ServiceException ErrorFor(string method, RequestAddress address, Query query) =>
        Candidates(address, query).Any() ? ServiceErrors.MethodNotAllowed(method) : ServiceErrors.NotImplemented();

    private static IEnumerable<Operation> Candidates(RequestAddress address, Query query) => All.Where(operation =>
        address.Key.Length == 0
        && operation.OnBucket == address.Bucket is not null
        && (operation.SubResource is null
            ? query.Names.All(ListBucketsParameters.Contains)
            : query.Has(operation.SubResource)));
}

/// <summary>An operation of the service, and how to recognize requests for it.</summary>
/// <param name="Name">The name of the operation in the vendor's reference.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="OnBucket">Whether it is an operation on a bucket, or else on the service.</param>
/// <param name="SubResource">The query parameter that identifies the operation, or null.</param>
/// <param name="Run">Runs the operation.</param>
internal sealed record Operation(
    string Name, string Method, bool OnBucket, string? SubResource, Func<OperationCall, Response> Run)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsReadOnly => Method == "GET";
}

/// <summary>The input of an operation: an authenticated request. Its bucket, if it has one, exists.</summary>
internal sealed record OperationCall(
    EmulatorState State,
    RecordedRequest Request,
    Query Query,
    KeyPair Caller,
    Bucket? Bucket,
    string Region,
    ResponseFactory Responses);
