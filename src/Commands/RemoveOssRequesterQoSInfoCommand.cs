using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Remove-OssRequesterQoSInfo: removes the limits of a requester at a bucket or a resource pool.</summary>
/// <remarks>
/// Sends DeleteBucketRequesterQoSInfo and DeleteResourcePoolRequesterQoSInfo; needs the permissions of those names,
/// such as <c>oss:DeleteBucketRequesterQoSInfo</c>. It asks for a confirmation unless <c>-Force</c> or
/// <c>-Confirm:$false</c> is specified, because without limits a requester may use the whole bandwidth. The
/// confirmation and <c>-WhatIf</c> show the limits, if <c>oss:GetBucketRequesterQoSInfo</c> allows reading them.
/// </remarks>
[Cmdlet(
    VerbsCommon.Remove,
    "OssRequesterQoSInfo",
    DefaultParameterSetName = BucketSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpAddress.RemoveOssRequesterQoSInfo)]
public sealed class RemoveOssRequesterQoSInfoCommand : RequesterQoSCmdlet
{
    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = BucketSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(
        Position = 0, ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [BucketNames(OrResourcePool = true)]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    /// <summary>The user IDs (UIDs) of the requesters.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("Uid", "QoSRequester")]
    [ArgumentCompleter(typeof(RequesterCompleter))]
    public override string[]? Requester { get; set; }

    /// <summary>
    /// Removes without a confirmation, unless <c>-Confirm</c> is specified, too. <c>-WhatIf</c> still changes nothing.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Work CreateWork(LimitedResource resource, string? requester) => this.Removal(
        Force,
        TargetOf(resource, requester),
        LimitsOperations.OfRequester(resource, requester!),
        $"Get-OssRequesterQoSInfo {{0}} {requester} | Remove-OssRequesterQoSInfo");
}
