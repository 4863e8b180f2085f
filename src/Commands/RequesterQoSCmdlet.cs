using System.Management.Automation;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;

namespace OssPayment.Commands;

/// <summary>A cmdlet about requesters' limits, at buckets or at resource pools.</summary>
public abstract class RequesterQoSCmdlet : OssCmdlet
{
    private protected const string BucketSet = "Bucket";
    private protected const string ResourcePoolSet = "ResourcePool";

    /// <summary>The names of the resource pools, in place of buckets. Resource-pool QoS is an invitational preview.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] ResourcePool { get; set; } = [];

    /// <summary>The Alibaba Cloud account ids (UIDs) of the requesters.</summary>
    public abstract string[]? Requester { get; set; }

    private protected sealed override int TargetsPerBucket => Requester?.Length ?? 1;

    private protected sealed override void ProcessInput()
    {
        if (ParameterSetName != ResourcePoolSet)
        {
            base.ProcessInput();
            return;
        }

        ExpectOwners(ResourcePool.Length);
        foreach (string pool in ResourcePool)
        {
            ProcessOwner(QoSOwner.OfResourcePool(pool), listedRegion: null);
        }
    }

    private protected sealed override void ProcessBucket(string bucket, string? listedRegion) =>
        ProcessOwner(QoSOwner.OfBucket(bucket), listedRegion);

    /// <summary>Starts the work on a requester.</summary>
    /// <param name="owner">The bucket or resource pool.</param>
    /// <param name="requester">The requester; null for all that have limits there.</param>
    /// <param name="listedRegion">The region that the account's listing gives the bucket.</param>
    private protected abstract void ProcessRequester(QoSOwner owner, string? requester, string? listedRegion);

    private protected static OssTarget TargetOf(QoSOwner owner, string? requester) => (owner.ResourcePool, requester) switch
    {
        (null, null) => new BucketTarget(owner.Bucket!),
        (null, _) => new RequesterTarget(owner.Bucket!, requester),
        (_, null) => new ResourcePoolTarget(owner.ResourcePool),
        _ => new ResourcePoolRequesterTarget(owner.ResourcePool, requester),
    };

    /// <summary>Refuses a resource pool at a domain of the user's own, which is bound to a bucket.</summary>
    private protected static void ThrowIfBoundToBucket(QoSOwner owner, OssLocation location)
    {
        if (owner.IsResourcePool)
        {
            ThrowIfBoundToBucket(location);
        }
    }

    /// <summary>Refuses a pattern of buckets where something is changed.</summary>
    private protected static void ThrowIfPattern(QoSOwner owner, string? requester, string changer)
    {
        if (owner.Bucket is { } bucket && BucketPattern.IsPattern(bucket))
        {
            throw BucketPattern.NotTaken(bucket, "Get-OssRequesterQoSInfo", $"{requester} | {changer}");
        }
    }

    private void ProcessOwner(QoSOwner owner, string? listedRegion)
    {
        if (Requester is null)
        {
            ProcessRequester(owner, requester: null, listedRegion);
            return;
        }

        foreach (string requester in Requester)
        {
            ProcessRequester(owner, requester, listedRegion);
        }
    }
}
