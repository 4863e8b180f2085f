using System.Management.Automation;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>A cmdlet that changes requesters' limits, at buckets and of requesters that are all named.</summary>
public abstract class RequesterQoSChangeCmdlet : RequesterQoSCmdlet
{
    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = BucketSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames]
    [Alias("BucketName", "Name")]
    public sealed override string[]? Bucket { get; set; }

    /// <summary>The Alibaba Cloud account ids (UIDs) of the requesters.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Uid", "QoSRequester")]
    public sealed override string[]? Requester { get; set; }

    private protected sealed override bool TakesPatterns => false;

    private protected sealed override bool ChangesBuckets => true;

    /// <summary>The pipeline that does what a pattern would have meant.</summary>
    private protected abstract string ForPatterns { get; }

    private protected override void Validate(OssTarget target, OssLocation location)
    {
        RequireName(target, ForPatterns);
        base.Validate(target, location);
    }
}
