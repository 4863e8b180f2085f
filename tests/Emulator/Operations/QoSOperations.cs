using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Operations on the limits of a bucket's requesters.</summary>
internal static class BucketQoSOperations
{
    public static Response Get(OperationCall call) => RequesterQoSOperations.Get(call, call.Bucket!.Requesters);

    public static Response List(OperationCall call) => RequesterQoSOperations.List(
        call,
        call.Bucket!.Requesters,
        "ListBucketRequesterQoSInfosResult",
        new XElement("Bucket", call.Bucket.Name));

    // Rule 5.
    public static Response Put(OperationCall call) => RequesterQoSOperations.Put(
        call, call.Bucket!.Requesters, maximumRequesters: 300, Ceilings(call.State, call.Bucket));

    public static Response Delete(OperationCall call) => RequesterQoSOperations.Delete(call, call.Bucket!.Requesters);

    public static Response GetOwn(OperationCall call) => call.Bucket!.Limits is { } limits
        ? call.Responses.Xml(QoSXml.Write(limits))
        : throw ServiceErrors.NoSuchBucketQoS(call.Bucket.Name);

    public static Response PutOwn(OperationCall call)
    {
        ResourcePool pool = PoolOf(call);
        XElement root = RequestBody.Read(call.Request, QoSXml.Root, QoSXml.NoRoot);
        call.Bucket!.Limits = QoSXml.Read(root, QoSXml.SmallestOwnBandwidth, ("resource pool", pool.Limits));
        return call.Responses.Empty();
    }

    public static Response DeleteOwn(OperationCall call)
    {
        PoolOf(call);
        call.Bucket!.Limits = null;
        return call.Responses.Empty(call.State.DeleteStatus);
    }

    // Rule 10.
    private static ResourcePool PoolOf(OperationCall call) =>
        call.State.ResourcePools.Of(call.Bucket!) ?? throw ServiceErrors.BucketWithoutResourcePool(call.Bucket!.Name);

    private static (string, QoSConfiguration)[] Ceilings(EmulatorState state, Bucket bucket) =>
    [
        ("bucket", bucket.Limits ?? new()),
        ("resource pool", state.ResourcePools.Of(bucket)?.Limits ?? new()),
    ];
}

/// <summary>Operations on the limits of a resource pool's requesters.</summary>
internal static class PoolQoSOperations
{
    public static Response Get(OperationCall call) => RequesterQoSOperations.Get(call, Pool(call).Requesters);

    public static Response List(OperationCall call)
    {
        ResourcePool pool = Pool(call);
        return RequesterQoSOperations.List(
            call,
            pool.Requesters,
            "ListResourcePoolRequesterQoSInfosResult",
            new XElement("ResourcePool", pool.Name));
    }

    public static Response Put(OperationCall call)
    {
        ResourcePool pool = Pool(call);
        return RequesterQoSOperations.Put(
            call, pool.Requesters, maximumRequesters: int.MaxValue, [("resource pool", pool.Limits)]);
    }

    public static Response Delete(OperationCall call) => RequesterQoSOperations.Delete(call, Pool(call).Requesters);

    /// <summary>The resource pool of the query parameter.</summary>
    public static ResourcePool Pool(OperationCall call)
    {
        string? name = call.Query.Value("resourcePool");
        if (string.IsNullOrEmpty(name))
        {
            throw ServiceErrors.InvalidArgument("No resource pool was specified.", "resourcePool");
        }

        return call.State.ResourcePools.TryGetValue(name, out ResourcePool? pool) && pool.Account == call.Caller.Account
            ? pool
            : throw ServiceErrors.NoSuchResourcePool(name);
    }
}

/// <summary>The common part of the operations on buckets and on resource pools.</summary>
internal static class RequesterQoSOperations
{
    public static Response Get(OperationCall call, RequesterQoSTable requesters)
    {
        string requester = Requester(call);
        QoSConfiguration configuration = requesters.Find(requester)
            ?? throw ServiceErrors.NoSuchRequesterQoS(requester, hasOthers: requesters.After(null).Count > 0);
        return call.Responses.Xml(QoSXml.Write(new RequesterQoS(requester, configuration)));
    }

    public static Response Put(
        OperationCall call,
        RequesterQoSTable requesters,
        int maximumRequesters,
        params (string Owner, QoSConfiguration Limits)[] ceilings)
    {
        string requester = Requester(call);
        XElement root = RequestBody.Read(call.Request, QoSXml.Root, QoSXml.NoRoot);
        return requesters.TrySet(
            requester, QoSXml.Read(root, QoSXml.SmallestRequesterBandwidth, ceilings), maximumRequesters)
            ? call.Responses.Empty()
            : throw ServiceErrors.InvalidLimits(
                $"At most {maximumRequesters} requesters can have limits at a bucket.", "qosRequester");
    }

    public static Response Delete(OperationCall call, RequesterQoSTable requesters)
    {
        requesters.Remove(Requester(call));
        return call.Responses.Empty(call.State.DeleteStatus);
    }

    /// <summary>Returns one page of limits, after the element that names the bucket or resource pool.</summary>
    /// <remarks>A continuation token is a requester's UID (rule 6).</remarks>
    public static Response List(OperationCall call, RequesterQoSTable requesters, string rootName, XElement owner)
    {
        int limit = Math.Min(call.Query.PageSize(), call.State.MaxListPageSize);
        string? token = call.Query.Value("continuation-token");
        IReadOnlyList<RequesterQoS> rest = requesters.After(token);
        RequesterQoS[] page = [.. rest.Take(limit)];
        bool isTruncated = page.Length < rest.Count;

        return call.Responses.Xml(new XElement(
            rootName,
            owner,
            token is null ? null : new XElement("ContinuationToken", token),
            isTruncated ? new XElement("NextContinuationToken", page[^1].Requester) : null,
            new XElement("IsTruncated", isTruncated),
            page.Select(QoSXml.Write)));
    }

    private static string Requester(OperationCall call)
    {
        string? requester = call.Query.Value("qosRequester");
        return string.IsNullOrEmpty(requester) || requester.Length > 1024
            ? throw ServiceErrors.InvalidArgument("The requester is not valid.", "qosRequester", "0004-00000101")
            : requester;
    }
}
