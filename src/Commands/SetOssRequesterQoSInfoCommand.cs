using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>Set-OssRequesterQoSInfo: limits a requester at a bucket or a resource pool.</summary>
/// <remarks>
/// OSS's PutBucketRequesterQoSInfo and PutResourcePoolRequesterQoSInfo. OSS takes all limits at once, so the present
/// ones are read first: needs the permissions of both, such as <c>oss:PutBucketRequesterQoSInfo</c> and
/// <c>oss:GetBucketRequesterQoSInfo</c>. There is no default parameter set: PowerShell would bind a piped object whose
/// limits are null to that one, and miss the bucket of a resource pool's.
/// </remarks>
[Cmdlet(VerbsCommon.Set, "OssRequesterQoSInfo", SupportsShouldProcess = true)]
[OutputType(typeof(RequesterQoSInfo), ParameterSetName = [BucketSet])]
[OutputType(typeof(ResourcePoolRequesterQoSInfo), ParameterSetName = [ResourcePoolSet])]
public sealed class SetOssRequesterQoSInfoCommand : RequesterQoSChangeCmdlet
{
    /// <summary>OSS refuses a bandwidth of 1 to 4 Gbit/s.</summary>
    private const int SmallestBandwidth = 5;

    private const int SmallestQps = 1;

    /// <summary>All uploads together, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? TotalUploadBandwidth { get; set; }

    /// <summary>
    /// Uploads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? IntranetUploadBandwidth { get; set; }

    /// <summary>
    /// Uploads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? ExtranetUploadBandwidth { get; set; }

    /// <summary>All downloads together, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? TotalDownloadBandwidth { get; set; }

    /// <summary>
    /// Downloads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? IntranetDownloadBandwidth { get; set; }

    /// <summary>
    /// Downloads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? ExtranetDownloadBandwidth { get; set; }

    /// <summary>All requests a second together: -1 not limited, 0 forbidden, or a rate. Default: as it is.</summary>
    [Parameter(ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps)]
    public int? TotalQps { get; set; }

    /// <summary>
    /// Requests a second over the classic network and VPC: -1 not limited, 0 forbidden, or a rate. Default: as it is.
    /// </summary>
    [Parameter(ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps)]
    public int? IntranetQps { get; set; }

    /// <summary>
    /// Requests a second over the Internet and acceleration endpoints: -1 not limited, 0 forbidden, or a rate. Default:
    /// as it is.
    /// </summary>
    [Parameter(ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps)]
    public int? ExtranetQps { get; set; }

    /// <summary>Emits what was set, once OSS has confirmed it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string ForPatterns =>
        "Get-OssRequesterQoSInfo 'log-*' 300100 | Set-OssRequesterQoSInfo -TotalUploadBandwidth 10";

    private protected override RequesterTarget NewTarget(string bucket, string requester) =>
        new RequesterQoSTarget(bucket, requester, Changes());

    private protected override ResourcePoolRequesterTarget NewPoolTarget(string pool, string requester) =>
        new ResourcePoolRequesterQoSTarget(pool, requester, Changes());

    private protected override void Validate(OssTarget target, OssLocation location)
    {
        base.Validate(target, location);
        if (Changes().IsEmpty)
        {
            throw new OssRequestException(
                OssRequestError.LimitNotFound,
                "No limit is named.",
                "Name at least one, such as -TotalDownloadBandwidth 10; in a piped object, as a property of that name.");
        }
    }

    private protected override void Process(OssTarget target, OssLocation location, QoSOwner owner, string? requester)
    {
        // The parameters are the next record's by the time the question is asked.
        QoSChanges changes = Changes();
        StartAfterQuestion(
            target,
            (trace, cancellation) => ReadPresentAsync(location, owner, requester!, trace, cancellation),
            present => ShouldProcess($"{target} ({target.Region})", changes.Describe(present, owner.IsResourcePool)),
            async (present, trace, cancellation) =>
            {
                RequesterLimits done = await Client.PutRequesterQoSInfoAsync(
                    location, owner, requester!, changes.AppliedTo(present), trace, cancellation).ConfigureAwait(false);
                return PassThru ? done : null;
            });
    }

    private async Task<QoSConfiguration> ReadPresentAsync(
        OssLocation location, QoSOwner owner, string requester, RequestTrace? trace, CancellationToken cancellation)
    {
        try
        {
            return QoSConfiguration.Of(
                await Client.GetRequesterQoSInfoAsync(location, owner, requester, trace, cancellation).ConfigureAwait(false));
        }
        catch (OssServiceException e) when (OssClient.MeansNoLimits(e))
        {
            return new QoSConfiguration();
        }
    }

    private QoSChanges Changes() => new()
    {
        TotalUploadBandwidth = TotalUploadBandwidth,
        IntranetUploadBandwidth = IntranetUploadBandwidth,
        ExtranetUploadBandwidth = ExtranetUploadBandwidth,
        TotalDownloadBandwidth = TotalDownloadBandwidth,
        IntranetDownloadBandwidth = IntranetDownloadBandwidth,
        ExtranetDownloadBandwidth = ExtranetDownloadBandwidth,
        TotalQps = TotalQps,
        IntranetQps = IntranetQps,
        ExtranetQps = ExtranetQps,
    };
}
