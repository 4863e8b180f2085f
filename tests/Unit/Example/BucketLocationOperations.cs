using OssPayment.Operations;

namespace OssPayment.Tests.Example;

/// <summary>OSS's GetBucketLocation.</summary>
internal static class BucketLocationOperations
{
    internal static OssOperation<BucketLocation> Get(string bucket) => OssOperation<BucketLocation>.Get(
        "GetBucketLocation",
        bucket,
        [new("location", "")],
        response => new BucketLocation(bucket, response.Document("LocationConstraint").Text));
}
