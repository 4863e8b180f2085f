using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>The limits of a resource pool's requesters.</summary>
internal static class PoolQoSOperations
{
    public static Answer Get(OperationCall call) => RequesterQoSOperations.Get(call, Pool(call).Requesters);

    public static Answer List(OperationCall call)
    {
        ResourcePool pool = Pool(call);
        return RequesterQoSOperations.List(
            call,
            pool.Requesters,
            "ListResourcePoolRequesterQoSInfosResult",
            new XElement("ResourcePool", pool.Name));
    }

    public static Answer Put(OperationCall call) =>
        RequesterQoSOperations.Put(call, Pool(call).Requesters, ofPool: true);

    public static Answer Delete(OperationCall call) => RequesterQoSOperations.Delete(call, Pool(call).Requesters);

    private static ResourcePool Pool(OperationCall call)
    {
        string? name = call.Query.Value("resourcePool");
        if (string.IsNullOrEmpty(name))
        {
            throw ServiceErrors.InvalidArgument("The resource pool is not named.", "resourcePool");
        }

        return call.State.ResourcePools.TryGetValue(name, out ResourcePool? pool) && pool.Account == call.Caller.Account
            ? pool
            : throw ServiceErrors.NoSuchResourcePool(name);
    }
}
