using System.Linq;
using System.Management.Automation;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>Get-OssRequesterQoSInfo: how much bandwidth requesters are allowed at a bucket or a resource pool.</summary>
/// <remarks>
/// OSS's GetBucketRequesterQoSInfo and ListBucketRequesterQoSInfos, and the same of resource pools; needs the
/// permissions of those names, such as <c>oss:GetBucketRequesterQoSInfo</c>.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "OssRequesterQoSInfo", DefaultParameterSetName = BucketSet)]
[OutputType(typeof(RequesterQoSInfo), ParameterSetName = [BucketSet])]
[OutputType(typeof(ResourcePoolRequesterQoSInfo), ParameterSetName = [ResourcePoolSet])]
public sealed class GetOssRequesterQoSInfoCommand : RequesterQoSCmdlet
{
    /// <summary>
    /// The names of the buckets: 3 to 63 of a-z, 0-9 and '-', or wildcard patterns such as <c>log-*</c>. Default: every
    /// bucket of the account. An empty pipeline stands for no bucket.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = BucketSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [BucketNames]
    [Alias("BucketName", "Name")]
    public override string[]? Bucket { get; set; }

    /// <summary>
    /// The Alibaba Cloud account ids (UIDs) of the requesters. Default: every requester that has limits there.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Uid", "QoSRequester")]
    public override string[]? Requester { get; set; }

    private protected override void Process(OssTarget target, OssLocation location, QoSOwner owner, string? requester)
    {
        if (requester is not null)
        {
            Start(target, async (trace, cancellation) =>
                await Client.GetRequesterQoSInfoAsync(location, owner, requester, trace, cancellation).ConfigureAwait(false));
            return;
        }

        string token = "";
        StartPages(target, async (trace, cancellation) =>
        {
            RequesterPage page = await Client
                .ListRequesterQoSInfosAsync(location, owner, token, trace, cancellation).ConfigureAwait(false);
            token = page.NextToken ?? "";
            return (page.Requesters.ToArray(), page.NextToken is null);
        });
    }
}
