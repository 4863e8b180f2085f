using System.Linq;
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

    /// <summary>
    /// The names of the resource pools, in place of buckets. Resource-pool QoS is an invitational preview.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Names]
    [ArgumentCompleter(typeof(ResourcePoolCompleter))]
    public string[] ResourcePool { get; set; } = [];

    /// <summary>The Alibaba Cloud account ids (UIDs) of the requesters.</summary>
    public abstract string[]? Requester { get; set; }

    private protected override void CheckCommandLine()
    {
        base.CheckCommandLine();
        if (IsOnCommandLine(nameof(Bucket)) && IsOnCommandLine(nameof(ResourcePool)))
        {
            throw new OssRequestException(
                OssRequestError.AmbiguousParameterSet,
                "A bucket and a resource pool were given, and limits are those of the one or of the other. Give "
                + "-Bucket or -ResourcePool. What stands first without a parameter's name is a bucket, and the next "
                + "a requester.");
        }

        if (ResourcePool.Any(Names.IsBlank))
        {
            ResourcePoolName.ThrowIfInvalid(Names.Blank);
        }

        if (Requester?.Any(Names.IsBlank) == true)
        {
            RequesterUid.ThrowIfInvalid(Names.Blank);
        }
    }

    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? bound)
        ? (SwitchParameter)bound
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private protected sealed override int TargetsPerBucket => Requester?.Length ?? 1;

    private protected sealed override void ProcessInput()
    {
        // Whatever the sets say: a record may have both columns, one of them blank, and what the command line names
        // counts.
        bool namesBucket = IsOnCommandLine(nameof(Bucket))
            || (!IsOnCommandLine(nameof(ResourcePool)) && Bucket?.All(Names.IsBlank) == false);
        if (namesBucket || ResourcePool.All(Names.IsBlank))
        {
            base.ProcessInput();
            return;
        }

        ExpectOwners(ResourcePool.Length);
        foreach (string pool in ResourcePool)
        {
            ResourcePoolCompleter.Note(pool);
            ProcessResource(LimitedResource.OfResourcePool(pool), listed: null);
        }
    }

    private protected sealed override void ProcessBucket(string bucket, ListedPlace? listed) =>
        ProcessResource(LimitedResource.OfBucket(bucket), listed);

    /// <summary>Starts the work on a requester.</summary>
    /// <param name="resource">The bucket or resource pool.</param>
    /// <param name="requester">The requester; null for all that have limits there.</param>
    /// <param name="listed">Where the account's listing places the bucket; null where it was not listed.</param>
    private protected abstract void ProcessRequester(LimitedResource resource, string? requester, ListedPlace? listed);

    private protected static OssTarget TargetOf(LimitedResource resource, string? requester) =>
        (resource.ResourcePool, requester) switch
        {
            (null, null) => new BucketTarget(resource.Bucket!),
            (null, _) => new RequesterTarget(resource.Bucket!, requester),
            (_, null) => new ResourcePoolTarget(resource.ResourcePool),
            _ => new ResourcePoolRequesterTarget(resource.ResourcePool, requester),
        };

    /// <summary>Refuses a resource pool at a domain of the user's own, which is bound to a bucket.</summary>
    private protected static void ThrowIfBoundToBucket(LimitedResource resource, OssLocation location)
    {
        if (resource.IsResourcePool)
        {
            location.ThrowIfBoundToBucket();
        }
    }

    /// <summary>Refuses a pattern of buckets where something is changed.</summary>
    /// <param name="resource">The bucket or resource pool.</param>
    /// <param name="requester">The requester, which the command repeats.</param>
    /// <param name="command">The pipeline that does what was meant, with <c>{0}</c> for the pattern.</param>
    private protected static void ThrowIfPattern(LimitedResource resource, string requester, string command)
    {
        if (resource.Bucket is { } bucket && BucketPattern.IsPattern(bucket))
        {
            RequesterUid.ThrowIfInvalid(requester);
            throw BucketPattern.NotTaken(bucket, command);
        }
    }

    private void ProcessResource(LimitedResource resource, ListedPlace? listed)
    {
        if (Requester is null)
        {
            ProcessRequester(resource, requester: null, listed);
            return;
        }

        foreach (string requester in Requester)
        {
            ProcessRequester(resource, requester, listed);
        }
    }
}
