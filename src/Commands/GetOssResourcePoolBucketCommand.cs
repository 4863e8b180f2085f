using System.Management.Automation;
using OssPayment.Operations;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Get-OssResourcePoolBucket: the buckets of a resource pool.</summary>
/// <remarks>
/// Sends ListResourcePoolBuckets and, without names, ListResourcePools; needs the permissions of those names, such as
/// <c>oss:ListResourcePoolBuckets</c>.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "OssResourcePoolBucket", HelpUri = HelpAddress.GetOssResourcePoolBucket)]
[OutputType(typeof(ResourcePoolBucket))]
public sealed class GetOssResourcePoolBucketCommand : ResourcePoolCmdlet
{
    private protected override Work CreateWork(string pool) => new ItemListing<ResourcePoolBucket>(
        new ResourcePoolTarget(pool),
        token => ResourcePoolOperations.ListBuckets(pool, token),
        _ => new ResourcePoolTarget(pool));
}
