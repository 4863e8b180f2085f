using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>A cmdlet about requesters' limits, at buckets or at resource pools.</summary>
public abstract class RequesterQoSCmdlet : OssCmdlet
{
    private protected const string BucketSet = "Bucket";
    private protected const string ResourcePoolSet = "ResourcePool";

    /// <summary>The names of the buckets.</summary>
    public abstract string[]? Bucket { get; set; }

    /// <summary>
    /// The names of the resource pools, in place of buckets. Resource-pool QoS is an invitational preview.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Names]
    [ArgumentCompleter(typeof(ResourcePoolCompleter))]
    public string[] ResourcePool { get; set; } = [];

    /// <summary>The user IDs (UIDs) of the requesters.</summary>
    public abstract string[]? Requester { get; set; }

    private protected override void CheckCommandLine()
    {
        BucketWork.ThrowIfRefused(Bucket);
        if (IsOnCommandLine(nameof(Bucket)) && IsOnCommandLine(nameof(ResourcePool)))
        {
            throw new OssRequestException(
                OssRequestError.AmbiguousParameterSet,
                "-Bucket and -ResourcePool cannot be combined. The first positional argument is -Bucket, the second "
                + "-Requester.");
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

    private protected sealed override void ProcessInput()
    {
        Runner.TargetsEach = Requester?.Length ?? 1;

        // A record may have both columns, one of them empty, and the command line comes first: the parameter set does
        // not decide.
        bool hasBucket = IsOnCommandLine(nameof(Bucket))
            || (!IsOnCommandLine(nameof(ResourcePool)) && HasBucket());
        if (hasBucket || ResourcePool.All(Names.IsBlank))
        {
            BucketWork.Run(Runner, Bucket, Place, bucket => CreateWork(LimitedResource.OfBucket(bucket)));
            return;
        }

        Runner.Expect(ResourcePool.Length, listings: 0);
        Runner.Run(ResourcePool.SelectMany(pool => CreateWork(LimitedResource.OfResourcePool(pool))), Place);
    }

    /// <summary>Creates the work on a requester.</summary>
    /// <param name="resource">The bucket or resource pool.</param>
    /// <param name="requester">The requester; null for all that have limits there.</param>
    private protected abstract Work CreateWork(LimitedResource resource, string? requester);

    private protected static OssTarget TargetOf(LimitedResource resource, string? requester) =>
        (resource.ResourcePool, requester) switch
        {
            (null, null) => new BucketTarget(resource.Bucket!),
            (null, _) => new RequesterTarget(resource.Bucket!, requester),
            (_, null) => new ResourcePoolTarget(resource.ResourcePool),
            _ => new ResourcePoolRequesterTarget(resource.ResourcePool, requester),
        };

    private bool HasBucket() => Bucket is not null && !BucketInput.From(Bucket).All(input => input.IsEmpty);

    private IEnumerable<Work> CreateWork(LimitedResource resource) => Requester is null
        ? [CreateWork(resource, requester: null)]
        : Requester.Select(requester => CreateWork(resource, requester));
}
