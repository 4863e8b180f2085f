using System;
using System.Collections.Generic;
using System.Linq;
using OssPayment.Emulator.Hosting;

namespace OssPayment.Emulator.Operations;

/// <summary>All operations, and which of them a request asks for.</summary>
internal static class OperationTable
{
    private const string Payment = "requestPayment";
    private const string QoS = "requesterQosInfo";

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
        new("ListBuckets", "GET", false, null, ListBucketsOperation.List),
    ];

    private static readonly IReadOnlyList<string> ListBucketsParameters = ["prefix", "marker", "max-keys"];

    /// <summary>The operation that a request asks for, or null where there is none.</summary>
    public static Operation? Find(string method, RequestAddress address, Query query)
    {
        Operation? found = Candidates(address, query).FirstOrDefault(operation => operation.Method == method);
        if (found == GetBucketQoS && !query.Has("qosRequester"))
        {
            return ListBucketQoS;
        }

        return found == GetPoolQoS && !query.Has("qosRequester") ? ListPoolQoS : found;
    }

    /// <summary>The refusal for a request that <see cref="Find"/> finds nothing for.</summary>
    public static ServiceException Refuse(string method, RequestAddress address, Query query) =>
        Candidates(address, query).Any() ? ServiceErrors.MethodNotAllowed(method) : ServiceErrors.NotImplemented();

    private static IEnumerable<Operation> Candidates(RequestAddress address, Query query) => All.Where(operation =>
        address.Key.Length == 0
        && operation.OnBucket == address.Bucket is not null
        && (operation.SubResource is null
            ? query.Names.All(ListBucketsParameters.Contains)
            : query.Has(operation.SubResource)));
}
