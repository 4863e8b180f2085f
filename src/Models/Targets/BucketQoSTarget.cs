namespace OssPayment;

/// <summary>A bucket and the limits it was to get of its own: the <c>TargetObject</c> of a failed set.</summary>
public sealed class BucketQoSTarget : BucketTarget
{
    private readonly QoSChanges _changes;

    internal BucketQoSTarget(string bucket, string? pool, QoSChanges changes)
        : base(bucket)
    {
        Pool = pool;
        _changes = changes;
    }

    /// <summary>The resource pool of the bucket; null if it is not known.</summary>
    public string? Pool { get; }

    /// <summary>All uploads together, in Gbit/s; null if it stays as it is.</summary>
    public long? TotalUploadBandwidth => _changes.Get();

    /// <summary>Uploads over the classic network and VPC, in Gbit/s; null if it stays as it is.</summary>
    public long? IntranetUploadBandwidth => _changes.Get();

    /// <summary>Uploads over the Internet and acceleration endpoints, in Gbit/s; null if it stays as it is.</summary>
    public long? ExtranetUploadBandwidth => _changes.Get();

    /// <summary>All downloads together, in Gbit/s; null if it stays as it is.</summary>
    public long? TotalDownloadBandwidth => _changes.Get();

    /// <summary>Downloads over the classic network and VPC, in Gbit/s; null if it stays as it is.</summary>
    public long? IntranetDownloadBandwidth => _changes.Get();

    /// <summary>Downloads over the Internet and acceleration endpoints, in Gbit/s; null if it stays as it is.</summary>
    public long? ExtranetDownloadBandwidth => _changes.Get();

    /// <summary>All requests together, per second; null if it stays as it is.</summary>
    public long? TotalQps => _changes.Get();

    /// <summary>Requests over the classic network and VPC, per second; null if it stays as it is.</summary>
    public long? IntranetQps => _changes.Get();

    /// <summary>Requests over the Internet and acceleration endpoints, per second; null if it stays as it is.</summary>
    public long? ExtranetQps => _changes.Get();
}
