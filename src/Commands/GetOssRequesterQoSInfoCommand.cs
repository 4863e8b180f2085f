using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>
/// Get-OssRequesterQoSInfo: the limits of requesters at a bucket or a resource pool.
/// </summary>
/// <remarks>
/// Sends GetBucketRequesterQoSInfo and ListBucketRequesterQoSInfos, and the same of resource pools; needs the
/// permissions of those names, such as <c>oss:GetBucketRequesterQoSInfo</c>. For the list, Alibaba Cloud's pages name
/// either <c>oss:ListBucketRequesterQoSInfo</c> or <c>oss:ListBucketRequesterQoSInfos</c>: grant both.
/// </remarks>
[Cmdlet(
    VerbsCommon.Get,
    "OssRequesterQoSInfo",
    DefaultParameterSetName = BucketSet,
    HelpUri = HelpAddress.GetOssRequesterQoSInfo)]
[OutputType(typeof(RequesterQoSInfo), ParameterSetName = [BucketSet])]
[OutputType(typeof(ResourcePoolRequesterQoSInfo), ParameterSetName = [ResourcePoolSet])]
public sealed class GetOssRequesterQoSInfoCommand : RequesterQoSCmdlet
{
    /// <summary>
    /// The names of the buckets: 3 to 63 of a-z, 0-9 and '-', or wildcard patterns such as <c>log-*</c>. Default: every
    /// bucket of the account. An empty pipeline sends no request.
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
    /// The user IDs (UIDs) of the requesters. Default: every requester that has limits there.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Names]
    [Alias("Uid", "QoSRequester")]
    [ArgumentCompleter(typeof(RequesterCompleter))]
    public override string[]? Requester { get; set; }

    private protected override Work CreateWork(LimitedResource resource, string? requester) => requester is null
        ? new ItemListing<RequesterLimits>(
            TargetOf(resource, requester: null),
            page => RequesterQoSOperations.List(resource, page),
            listed => TargetOf(resource, listed))
        : new Query<QoSInfo>(
            TargetOf(resource, requester), () => RequesterQoSOperations.Get(resource, requester));
}
