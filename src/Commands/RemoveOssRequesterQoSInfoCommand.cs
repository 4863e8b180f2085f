using System.Management.Automation;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;

namespace OssPayment.Commands;

/// <summary>Remove-OssRequesterQoSInfo: lifts a requester's limits at a bucket or a resource pool.</summary>
/// <remarks>
/// OSS's DeleteBucketRequesterQoSInfo and DeleteResourcePoolRequesterQoSInfo; needs the permissions of those names,
/// such as <c>oss:DeleteBucketRequesterQoSInfo</c>. It asks unless <c>-Force</c> or <c>-Confirm:$false</c> is given,
/// because without its limits a requester may take all the bandwidth there is.
/// </remarks>
[Cmdlet(
    VerbsCommon.Remove,
    "OssRequesterQoSInfo",
    DefaultParameterSetName = BucketSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpAddress.Pages + "Remove-OssRequesterQoSInfo.md")]
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

    /// <summary>The Alibaba Cloud account ids (UIDs) of the requesters.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("Uid", "QoSRequester")]
    [ArgumentCompleter(typeof(RequesterCompleter))]
    public override string[]? Requester { get; set; }

    /// <summary>
    /// Lifts without asking, unless <c>-Confirm</c> is given, too. <c>-WhatIf</c> still changes nothing.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool IsChanging => true;

    private bool IsForced => Force && !IsOnCommandLine("Confirm") && !IsWhatIf;

    private protected override void ProcessRequester(LimitedResource resource, string? requester, ListedPlace? listed)
    {
        OssTarget target = TargetOf(resource, requester);
        Process(target, listed, location =>
        {
            ThrowIfBoundToBucket(resource, location);
            ThrowIfPattern(
                resource, requester!, $"Get-OssRequesterQoSInfo {{0}} {requester} | Remove-OssRequesterQoSInfo");
            OssOperation<string> delete = RequesterQoSOperations.Delete(resource, requester!);
            if (IsForced || ShouldProcess(target.Describe(), "lift all limits"))
            {
                Send(target, location, delete, emits: false);
            }
        });
    }
}
