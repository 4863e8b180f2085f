namespace OssPayment.Emulator.State;

/// <summary>
/// A requester's limits: bandwidths in Gbit/s (-1 not limited, 0 forbidden) and, in resource pools only,
/// requests per second.
/// </summary>
public sealed record QoSConfiguration(
    int TotalUploadBandwidth,
    int IntranetUploadBandwidth,
    int ExtranetUploadBandwidth,
    int TotalDownloadBandwidth,
    int IntranetDownloadBandwidth,
    int ExtranetDownloadBandwidth,
    int? TotalQps = null,
    int? IntranetQps = null,
    int? ExtranetQps = null);
