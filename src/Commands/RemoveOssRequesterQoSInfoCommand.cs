using System.Management.Automation;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>Remove-OssRequesterQoSInfo: lifts a requester's limits at a bucket or a resource pool.</summary>
/// <remarks>
/// OSS's DeleteBucketRequesterQoSInfo and DeleteResourcePoolRequesterQoSInfo; needs the permissions of those names, such
/// as <c>oss:DeleteBucketRequesterQoSInfo</c>. It asks unless <c>-Confirm:$false</c> is given, because without its
/// limits a requester may take all the bandwidth there is.
/// </remarks>
[Cmdlet(
    VerbsCommon.Remove,
    "OssRequesterQoSInfo",
    DefaultParameterSetName = BucketSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveOssRequesterQoSInfoCommand : RequesterQoSCmdlet
{
    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = BucketSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames]
    [Alias("BucketName", "Name")]
    public override string[]? Bucket { get; set; }

    /// <summary>The Alibaba Cloud account ids (UIDs) of the requesters.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Uid", "QoSRequester")]
    public override string[]? Requester { get; set; }

    private protected override bool TakesPatterns => false;

    private protected override bool ChangesBuckets => true;

    private protected override void Validate(OssTarget target, OssLocation location)
    {
        RequireName(target, "Get-OssRequesterQoSInfo 'log-*' 300100 | Remove-OssRequesterQoSInfo");
        base.Validate(target, location);
    }

    private protected override void Process(OssTarget target, OssLocation location, QoSOwner owner, string? requester)
    {
        if (!ShouldProcess($"{target} ({target.Region})", "lift all limits"))
        {
            return;
        }

        Start(target, async (trace, cancellation) =>
        {
            await Client.DeleteRequesterQoSInfoAsync(location, owner, requester!, trace, cancellation).ConfigureAwait(false);
            return null;
        });
    }
}
