using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Set-OssRequesterQoSInfo: limits a requester at a bucket or a resource pool.</summary>
/// <remarks>
/// OSS replaces all limits of a requester at once. So the present limits are read first, also with -WhatIf. A
/// confirmation, which PowerShell shows only with -Confirm or a lower $ConfirmPreference, shows the change. Then all
/// limits are put back with the specified ones changed. If more than two seconds pass between the read and the
/// confirmation, the limits are read again, and confirmed again only if they differ. If nothing changes, nothing is
/// confirmed or put; -WhatIf shows this. It needs the permissions for both requests, such as
/// <c>oss:PutBucketRequesterQoSInfo</c> and <c>oss:GetBucketRequesterQoSInfo</c>. The base class has -ResourcePool.
/// </remarks>
// No default parameter set: for a piped object whose limits are null, PowerShell would choose it and leave the resource
// pool unbound.
[Cmdlet(
    VerbsCommon.Set,
    "OssRequesterQoSInfo",
    SupportsShouldProcess = true,
    HelpUri = HelpAddress.SetOssRequesterQoSInfo)]
[OutputType(typeof(RequesterQoSInfo), ParameterSetName = [BucketSet])]
[OutputType(typeof(ResourcePoolRequesterQoSInfo), ParameterSetName = [ResourcePoolSet])]
public sealed class SetOssRequesterQoSInfoCommand : RequesterQoSCmdlet
{
    /// <summary>OSS refuses a bandwidth of 1 to 4 Gbit/s.</summary>
    private const int SmallestBandwidth = 5;

    private const int SmallestQps = 1;

    /// <summary>The limits that the parameters specify. Get and Set use the name of the calling property.</summary>
    private readonly QoSChanges _limits = new();

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
    /// All uploads together, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? TotalUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it
    /// is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? IntranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? ExtranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// All downloads together, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? TotalDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as
    /// it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? IntranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? ExtranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// All requests together, per second: -1 not limited, 0 forbidden, or a rate. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps, IsRate = true)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? TotalQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests over the classic network and VPC, per second: -1 not limited, 0 forbidden, or a rate. Default: as it
    /// is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps, IsRate = true)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? IntranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests over the Internet and acceleration endpoints, per second: -1 not limited, 0 forbidden, or a rate.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps, IsRate = true)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? ExtranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Emits the limits that were sent, once OSS has accepted them; if nothing changes, those that were read.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Work CreateWork(LimitedResource resource, string? requester)
    {
        // A copy, because the work runs later, when the parameters may have the values of the next record.
        QoSChanges changes = _limits.Copy();
        OssTarget target = resource.ResourcePool is { } pool
            ? new ResourcePoolRequesterQoSTarget(pool, requester!, changes)
            : new RequesterQoSTarget(resource.Bucket!, requester!, changes);
        return new LimitsChange(target, LimitsOperations.OfRequester(resource, requester!), changes)
        {
            Emits = PassThru,
            ShowsNoChange = this.IsWhatIf(),

            // Get-OssRequesterQoSInfo would omit buckets where the requester has no limits yet.
            SuggestedPatternCommand = "Get-OssBucketRequestPayment {0} | Set-OssRequesterQoSInfo "
                + $"-Requester {requester}{changes.ToArguments()}",
        };
    }
}
