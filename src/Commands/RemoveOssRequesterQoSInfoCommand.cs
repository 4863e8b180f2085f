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
public sealed class RemoveOssRequesterQoSInfoCommand : RequesterQoSChangeCmdlet
{
    private protected override string ForPatterns =>
        "Get-OssRequesterQoSInfo 'log-*' 300100 | Remove-OssRequesterQoSInfo";

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
