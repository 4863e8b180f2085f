namespace OssPayment;

/// <summary>
/// A bucket, a requester and the limits it was to get there: the <c>TargetObject</c> of a failed set.
/// </summary>
public sealed class RequesterQoSTarget : RequesterTarget
{
    private readonly QoSChanges _changes;

    internal RequesterQoSTarget(string bucket, string requester, QoSChanges changes)
        : base(bucket, requester)
    {
        _changes = changes;
    }

    /// <summary>All uploads together, in Gbit/s; null for as it is.</summary>
    public int? TotalUploadBandwidth => _changes.Get();

    /// <summary>Uploads over the classic network and VPC, in Gbit/s; null for as it is.</summary>
    public int? IntranetUploadBandwidth => _changes.Get();

    /// <summary>Uploads over the Internet and acceleration endpoints, in Gbit/s; null for as it is.</summary>
    public int? ExtranetUploadBandwidth => _changes.Get();

    /// <summary>All downloads together, in Gbit/s; null for as it is.</summary>
    public int? TotalDownloadBandwidth => _changes.Get();

    /// <summary>Downloads over the classic network and VPC, in Gbit/s; null for as it is.</summary>
    public int? IntranetDownloadBandwidth => _changes.Get();

    /// <summary>Downloads over the Internet and acceleration endpoints, in Gbit/s; null for as it is.</summary>
    public int? ExtranetDownloadBandwidth => _changes.Get();
}
