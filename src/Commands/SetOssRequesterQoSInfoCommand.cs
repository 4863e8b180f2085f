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
    public long? TotalUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it
    /// is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public long? IntranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public long? ExtranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// All downloads together, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public long? TotalDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above. Default: as
    /// it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public long? IntranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or 5 and above.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestBandwidth)]
    public long? ExtranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// All requests together, per second: -1 not limited, 0 forbidden, or a rate. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps)]
    public long? TotalQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests over the classic network and VPC, per second: -1 not limited, 0 forbidden, or a rate. Default: as it
    /// is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps)]
    public long? IntranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests over the Internet and acceleration endpoints, per second: -1 not limited, 0 forbidden, or a rate.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestQps)]
    public long? ExtranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Emits the limits that were set, once OSS has confirmed them; where nothing changes, the limits that were read.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool IsChanging => true;

    private protected override void ProcessRequester(LimitedResource resource, string? requester, ListedPlace? listed)
    {
        // The parameters are the next record's by the time the work is done.
        QoSChanges changes = _limits.Copy();
        OssTarget target = resource.ResourcePool is { } pool
            ? new ResourcePoolRequesterQoSTarget(pool, requester!, changes)
            : new RequesterQoSTarget(resource.Bucket!, requester!, changes);
        Process(target, listed, location =>
        {
            ThrowIfBoundToBucket(resource, location);
            ThrowIfPattern(
                resource,
                requester!,
                $"Get-OssBucketRequestPayment {{0}} | Set-OssRequesterQoSInfo -Requester {requester}"
                + $"{changes.ToArguments()}");
            OssOperation<RequesterLimits> get = RequesterQoSOperations.Get(resource, requester!);
            ThrowIfEmpty(changes);
            Engine.Start(target, item => SetAsync(item, location, resource, requester!, changes, get));
        });
    }

    private async Task<object?> SetAsync(
        WorkItem item,
        OssLocation location,
        LimitedResource resource,
        string requester,
        QoSChanges changes,
        OssOperation<RequesterLimits> get)
    {
        RequesterLimits? read = null;
        QoSConfiguration? present = await Confirmation.AskAsync(
            item,
            async () =>
            {
                read = await ReadAsync(get, resource, requester, location, item).ConfigureAwait(false);
                return read.Configuration;
            },
            present => (changes.ChangeNothing(present) && !IsWhatIf)
                || ShouldProcess(item.Target.Describe(), changes.Describe(present)),
            Clock.System)
            .ConfigureAwait(false);
        if (present is null)
        {
            return null;
        }

        RequesterLimits result = read!;
        if (changes.ChangeNothing(present))
        {
            item.Trace?.Verbose($"{item.Target}: the limits already have these values. Nothing was sent.");
        }
        else
        {
            OssOperation<RequesterLimits> put =
                RequesterQoSOperations.Put(resource, requester, changes.AppliedTo(present));
            result = await SendAsync(put, location, item).ConfigureAwait(false);
        }

        return PassThru ? result : null;
    }

    private static void ThrowIfEmpty(QoSChanges changes)
    {
        if (changes.IsEmpty)
        {
            throw new OssRequestException(
                OssRequestError.LimitNotFound,
                "No limit was specified. Specify at least one, such as -TotalDownloadBandwidth 10; in a piped object, "
                + "as a property of that name.");
        }
    }

    private async Task<RequesterLimits> ReadAsync(
        OssOperation<RequesterLimits> get,
        LimitedResource resource,
        string requester,
        OssLocation location,
        WorkItem item)
    {
        try
        {
            return await SendAsync(get, location, item).ConfigureAwait(false);
        }
        catch (OssServiceException e) when (e.MeansNoLimits)
        {
            return RequesterQoSOperations.WithoutLimits(resource, requester, e);
        }
    }
}
