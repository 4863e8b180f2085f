using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Set-OssBucketQoSInfo: sets a bucket's own limits. The bucket is in a resource pool.</summary>
/// <remarks>
/// The work reads the present limits, asks for a confirmation and puts all limits back with the specified ones changed,
/// as for a requester. It needs the permissions <c>oss:PutBucketQoSInfo</c> and <c>oss:GetBucketQoSInfo</c>.
/// </remarks>
[Cmdlet(
    VerbsCommon.Set,
    "OssBucketQoSInfo",
    SupportsShouldProcess = true,
    HelpUri = HelpAddress.SetOssBucketQoSInfo)]
[OutputType(typeof(BucketQoSInfo))]
public sealed class SetOssBucketQoSInfoCommand : BucketCmdlet
{
    /// <summary>A requester has a least bandwidth, a bucket has none.</summary>
    private const int SmallestLimit = 1;

    /// <summary>The limits that the parameters specify. Get and Set use the name of the calling property.</summary>
    private readonly QoSChanges _limits = new();

    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames(NotOfRequester = true)]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    /// <summary>
    /// The resource pool of the bucket, as <c>Get-OssResourcePoolBucket</c> emits it: if OSS refuses the limits, the
    /// error shows which limits of the resource pool are exceeded.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? Pool { get; set; }

    /// <summary>
    /// All uploads together, in Gbit/s: -1 not limited, 0 forbidden, or a bandwidth. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? TotalUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or a bandwidth. Default: as it
    /// is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? IntranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Uploads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or a bandwidth.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? ExtranetUploadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// All downloads together, in Gbit/s: -1 not limited, 0 forbidden, or a bandwidth. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? TotalDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the classic network and VPC, in Gbit/s: -1 not limited, 0 forbidden, or a bandwidth. Default: as
    /// it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? IntranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Downloads over the Internet and acceleration endpoints, in Gbit/s: -1 not limited, 0 forbidden, or a bandwidth.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? ExtranetDownloadBandwidth { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// All requests together, per second: -1 not limited, 0 forbidden, or a rate. Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit, IsRate = true)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? TotalQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests over the classic network and VPC, per second: -1 not limited, 0 forbidden, or a rate. Default: as it
    /// is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit, IsRate = true)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? IntranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Requests over the Internet and acceleration endpoints, per second: -1 not limited, 0 forbidden, or a rate.
    /// Default: as it is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Limit(SmallestLimit, IsRate = true)]
    [ArgumentCompleter(typeof(LimitCompleter))]
    public long? ExtranetQps { get => _limits.Get(); set => _limits.Set(value); }

    /// <summary>
    /// Emits the limits that were sent, once OSS has accepted them; if nothing changes, those that were read.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Work CreateWork(string bucket)
    {
        // A copy, because the work runs later, when the parameters may have the values of the next record.
        QoSChanges changes = _limits.Copy();
        return new LimitsChange(
            new BucketQoSTarget(bucket, Pool, changes), LimitsOperations.OfBucket(bucket, Pool), changes)
        {
            Emits = PassThru,
            ShowsNoChange = this.IsWhatIf(),
            SuggestedPatternCommand = "Get-OssResourcePoolBucket | Where-Object Bucket -Like {0} | Set-OssBucketQoSInfo"
                + changes.ToArguments(),
        };
    }
}
