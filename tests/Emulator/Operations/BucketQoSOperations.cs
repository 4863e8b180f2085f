using System.Xml.Linq;

namespace OssPayment.Emulator.Operations;

/// <summary>The limits of a bucket's requesters.</summary>
internal static class BucketQoSOperations
{
    public static Answer Get(OperationCall call) => RequesterQoSOperations.Get(call, call.Bucket!.Requesters);

    public static Answer List(OperationCall call) => RequesterQoSOperations.List(
        call,
        call.Bucket!.Requesters,
        "ListBucketRequesterQoSInfosResult",
        new XElement("Bucket", call.Bucket.Name));

    public static Answer Put(OperationCall call) =>
        RequesterQoSOperations.Put(call, call.Bucket!.Requesters, ofPool: false);

    public static Answer Delete(OperationCall call) => RequesterQoSOperations.Delete(call, call.Bucket!.Requesters);
}
