using System.Management.Automation;
using System.Threading.Tasks;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>
/// Get-OssRequesterQoSInfo: how much bandwidth requesters are allowed at a bucket or a resource pool.
/// </summary>
/// <remarks>
/// OSS's GetBucketRequesterQoSInfo and ListBucketRequesterQoSInfos, and the same of resource pools; needs the
/// permissions of those names, such as <c>oss:GetBucketRequesterQoSInfo</c>.
/// </remarks>
[Cmdlet(
    VerbsCommon.Get,
    "OssRequesterQoSInfo",
    DefaultParameterSetName = BucketSet,
    HelpUri = HelpAddress.Pages + "Get-OssRequesterQoSInfo.md")]
[OutputType(typeof(RequesterQoSInfo), ParameterSetName = [BucketSet])]
[OutputType(typeof(ResourcePoolRequesterQoSInfo), ParameterSetName = [ResourcePoolSet])]
public sealed class GetOssRequesterQoSInfoCommand : RequesterQoSCmdlet
{
    /// <summary>
    /// The names of the buckets: 3 to 63 of a-z, 0-9 and '-', or wildcard patterns such as <c>log-*</c>. Default: every
    /// bucket of the account. An empty pipeline stands for no bucket.
    /// </summary>
    [Parameter(
        Position = 0, ParameterSetName = BucketSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(
        Position = 0, ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [BucketNames(OrResourcePool = true)]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    /// <summary>
    /// The Alibaba Cloud account ids (UIDs) of the requesters. Default: every requester that has limits there.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Names]
    [Alias("Uid", "QoSRequester")]
    [ArgumentCompleter(typeof(RequesterCompleter))]
    public override string[]? Requester { get; set; }

    private protected override void ProcessRequester(QoSOwner owner, string? requester, ListedPlace? listed)
    {
        OssTarget target = TargetOf(owner, requester);
        Process(target, listed, location =>
        {
            ThrowIfBoundToBucket(owner, location);
            if (requester is not null)
            {
                Send(target, location, RequesterQoSOperations.Get(owner, requester));
                return;
            }

            OssOperation<RequesterPage> first = RequesterQoSOperations.List(owner, token: "");
            Engine.Start(target, item => ListAsync(item, location, owner, first));
        });
    }

    private async Task<object?> ListAsync(
        WorkItem item, OssLocation location, QoSOwner owner, OssOperation<RequesterPage> first)
    {
        for (OssOperation<RequesterPage> list = first; ;)
        {
            RequesterPage page = await SendAsync(list, location, item).ConfigureAwait(false);
            if (page.NextToken is null)
            {
                return page.Requesters;
            }

            await item.WritePageAsync(page.Requesters).ConfigureAwait(false);
            list = RequesterQoSOperations.List(owner, page.NextToken);
        }
    }
}
