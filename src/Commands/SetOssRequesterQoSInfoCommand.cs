using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;
using OssPayment.Time;

namespace OssPayment.Commands;

/// <summary>Set-OssRequesterQoSInfo: limits a requester at a bucket or a resource pool.</summary>
/// <remarks>
/// OSS's PutBucketRequesterQoSInfo and PutResourcePoolRequesterQoSInfo. OSS takes all limits at once, so the present
/// ones are read first: needs the permissions of both, such as <c>oss:PutBucketRequesterQoSInfo</c> and
/// <c>oss:GetBucketRequesterQoSInfo</c>. There is no default parameter set: PowerShell would bind a piped object whose
/// limits are null to that one, and miss the bucket of a resource pool's.
/// </remarks>
[Cmdlet(
    VerbsCommon.Set,
    "OssRequesterQoSInfo",
    SupportsShouldProcess = true,
    HelpUri = HelpAddress.Pages + "Set-OssRequesterQoSInfo.md")]
[OutputType(typeof(RequesterQoSInfo), ParameterSetName = [BucketSet])]
[OutputType(typeof(ResourcePoolRequesterQoSInfo), ParameterSetName = [ResourcePoolSet])]
public sealed class SetOssRequesterQoSInfoCommand : RequesterQoSCmdlet
{
    /// <summary>OSS refuses a bandwidth of 1 to 4 Gbit/s.</summary>
    private const int SmallestBandwidth = 5;

    private const int SmallestQps = 1;

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

    /// <summary>The Alibaba Cloud account ids (UIDs) of the requesters.</summary>
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
    public int? TotalUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it
    /// is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? IntranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? ExtranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// All downloads together, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? TotalDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as
    /// it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? IntranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public int? ExtranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>All requests a second together: -1 not limited, 0 forbidden, or a rate. Default: as it is.</summary>
    [Parameter(ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = BucketSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Limit(SmallestQps)]
    public int? TotalQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests a second over the classic network and VPC: -1 not limited, 0 forbidden, or a rate. Default: as it is.
    /// </summary>
    [Parameter(ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = BucketSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Limit(SmallestQps)]
    public int? IntranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests a second over the Internet and acceleration endpoints: -1 not limited, 0 forbidden, or a rate. Default:
    /// as it is.
    /// </summary>
    [Parameter(ParameterSetName = ResourcePoolSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = BucketSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Limit(SmallestQps)]
    public int? ExtranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>Emits what was set, once OSS has confirmed it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool IsChanging => true;

    private protected override void CheckCommandLine()
    {
        base.CheckCommandLine();
        if (IsOnCommandLine(nameof(Bucket)))
        {
            ThrowIfRates(_limits);
        }
    }

    private protected override void ProcessRequester(QoSOwner owner, string? requester, ListedPlace? listed)
    {
        // The parameters are the next record's by the time the work is done.
        QoSChanges changes = _limits.Copy();
        if (IsOnCommandLine(nameof(Bucket)))
        {
            // A pool's limits that are piped to a bucket.
            changes.RemoveRates();
        }

        OssTarget target = owner.ResourcePool is { } pool
            ? new ResourcePoolRequesterQoSTarget(pool, requester!, changes)
            : new RequesterQoSTarget(owner.Bucket!, requester!, changes);
        Process(target, listed, location =>
        {
            ThrowIfBoundToBucket(owner, location);
            if (!owner.IsResourcePool)
            {
                ThrowIfRates(changes);
            }

            ThrowIfPattern(
                owner,
                requester!,
                $"Get-OssBucketRequestPayment {{0}} | Set-OssRequesterQoSInfo -Requester {requester}"
                + $"{changes.ToArguments()}");
            OssOperation<RequesterLimits> get = RequesterQoSOperations.Get(owner, requester!);
            ThrowIfEmpty(changes);
            Engine.Start(target, async item =>
            {
                QoSConfiguration? present = await Confirmation.AskAsync(
                    item,
                    () => ReadAsync(get, location, item),
                    present => ShouldProcess(target.Describe(), changes.Describe(present, owner.IsResourcePool)),
                    Clock.System)
                    .ConfigureAwait(false);
                if (present is null)
                {
                    return null;
                }

                OssOperation<RequesterLimits> put =
                    RequesterQoSOperations.Put(owner, requester!, changes.AppliedTo(present));
                RequesterLimits done = await SendAsync(put, location, item).ConfigureAwait(false);
                return PassThru ? done : null;
            });
        });
    }

    private static void ThrowIfRates(QoSChanges changes)
    {
        if (changes.Rates.FirstOrDefault() is { } rate)
        {
            throw new OssRequestException(
                OssRequestError.AmbiguousParameterSet,
                $"{rate} is a limit of resource pools alone; at a bucket, bandwidths are limited. Leave out -{rate}, "
                + "or name a pool with -ResourcePool in place of the bucket.");
        }
    }

    private static void ThrowIfEmpty(QoSChanges changes)
    {
        if (changes.IsEmpty)
        {
            throw new OssRequestException(
                OssRequestError.LimitNotFound,
                "No limit is named. Name at least one, such as -TotalDownloadBandwidth 10; in a piped object, as a "
                + "property of that name.");
        }
    }

    private async Task<QoSConfiguration> ReadAsync(
        OssOperation<RequesterLimits> get, OssLocation location, WorkItem item)
    {
        try
        {
            RequesterLimits limits = await SendAsync(get, location, item).ConfigureAwait(false);
            return limits.Configuration;
        }
        catch (OssServiceException e) when (RequesterQoSOperations.MeansNoLimits(e))
        {
            return QoSConfiguration.Unlimited;
        }
    }
}
