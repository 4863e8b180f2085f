using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>A cmdlet about requesters' limits, at buckets or at resource pools.</summary>
public abstract class RequesterQoSCmdlet : OssBucketCmdlet<OssTarget>
{
    private protected const string BucketSet = "Bucket";
    private protected const string ResourcePoolSet = "ResourcePool";

    /// <summary>The names of the resource pools, in place of buckets. Resource-pool QoS is an invitational preview.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] ResourcePool { get; set; } = [];

    /// <summary>The Alibaba Cloud account ids (UIDs) of the requesters.</summary>
    public abstract string[]? Requester { get; set; }

    private protected sealed override void ProcessInput()
    {
        if (ParameterSetName != ResourcePoolSet)
        {
            base.ProcessInput();
            return;
        }

        ExpectOnly(MyInvocation.ExpectingInput ? null : ResourcePool.Length * TargetsPerBucket);
        foreach (OssTarget target in ResourcePool.SelectMany(TargetsAtPool))
        {
            Process(target);
        }
    }

    private protected sealed override IEnumerable<OssTarget> TargetsAt(string bucket) => Requester is null
        ? [new BucketTarget(bucket)]
        : Requester.Select(requester => NewTarget(bucket, requester));

    private protected sealed override int TargetsPerBucket => Requester?.Length ?? 1;

    private protected virtual RequesterTarget NewTarget(string bucket, string requester) => new(bucket, requester);

    private protected virtual ResourcePoolRequesterTarget NewPoolTarget(string pool, string requester) => new(pool, requester);

    private protected override void Validate(OssTarget target, OssLocation location)
    {
        (QoSOwner owner, string? requester) = Parts(target);
        if (owner.ResourcePool is { } pool)
        {
            ResourcePoolName.Require(pool);
            RequireServiceHost(location);
        }
        else
        {
            BucketName.Require(owner.Bucket!);
        }

        if (requester is not null)
        {
            RequesterUid.Require(requester);
        }
    }

    private protected sealed override void Process(OssTarget target, OssLocation location)
    {
        (QoSOwner owner, string? requester) = Parts(target);
        Process(target, location, owner, requester);
    }

    /// <summary>Starts what the cmdlet does.</summary>
    /// <param name="target">What errors are about.</param>
    /// <param name="location">Where it is asked.</param>
    /// <param name="owner">The bucket or resource pool.</param>
    /// <param name="requester">The requester; null for all that have limits.</param>
    private protected abstract void Process(OssTarget target, OssLocation location, QoSOwner owner, string? requester);

    private IEnumerable<OssTarget> TargetsAtPool(string pool) => Requester is null
        ? [new ResourcePoolTarget(pool)]
        : Requester.Select(requester => NewPoolTarget(pool, requester));

    private static (QoSOwner Owner, string? Requester) Parts(OssTarget target) => target switch
    {
        RequesterTarget t => (QoSOwner.OfBucket(t.Bucket), t.Requester),
        BucketTarget t => (QoSOwner.OfBucket(t.Bucket), null),
        ResourcePoolRequesterTarget t => (QoSOwner.OfResourcePool(t.ResourcePool), t.Requester),
        ResourcePoolTarget t => (QoSOwner.OfResourcePool(t.ResourcePool), null),
        _ => throw new ArgumentException("There is no such target.", nameof(target)),
    };
}
