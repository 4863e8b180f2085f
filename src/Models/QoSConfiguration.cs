namespace OssPayment;

/// <summary>OSS's <c>QoSConfiguration</c>: six bandwidths in Gbit/s, and for a resource pool three request rates.</summary>
internal sealed record QoSConfiguration
{
    internal const int NotLimited = -1;

    internal int TotalUploadBandwidth { get; init; } = NotLimited;

    internal int IntranetUploadBandwidth { get; init; } = NotLimited;

    internal int ExtranetUploadBandwidth { get; init; } = NotLimited;

    internal int TotalDownloadBandwidth { get; init; } = NotLimited;

    internal int IntranetDownloadBandwidth { get; init; } = NotLimited;

    internal int ExtranetDownloadBandwidth { get; init; } = NotLimited;

    internal int TotalQps { get; init; } = NotLimited;

    internal int IntranetQps { get; init; } = NotLimited;

    internal int ExtranetQps { get; init; } = NotLimited;

    internal static QoSConfiguration Of(RequesterLimits limits) => new()
    {
        TotalUploadBandwidth = limits.TotalUploadBandwidth,
        IntranetUploadBandwidth = limits.IntranetUploadBandwidth,
        ExtranetUploadBandwidth = limits.ExtranetUploadBandwidth,
        TotalDownloadBandwidth = limits.TotalDownloadBandwidth,
        IntranetDownloadBandwidth = limits.IntranetDownloadBandwidth,
        ExtranetDownloadBandwidth = limits.ExtranetDownloadBandwidth,
        TotalQps = (limits as ResourcePoolRequesterQoSInfo)?.TotalQps ?? NotLimited,
        IntranetQps = (limits as ResourcePoolRequesterQoSInfo)?.IntranetQps ?? NotLimited,
        ExtranetQps = (limits as ResourcePoolRequesterQoSInfo)?.ExtranetQps ?? NotLimited,
    };

    /// <summary>The limits by their names on the wire, in OSS's order.</summary>
    /// <param name="withQps">Whether the request rates belong to it, which only resource pools have.</param>
    internal (string Name, int Value)[] Limits(bool withQps)
    {
        (string, int)[] bandwidths =
        [
            (nameof(TotalUploadBandwidth), TotalUploadBandwidth),
            (nameof(IntranetUploadBandwidth), IntranetUploadBandwidth),
            (nameof(ExtranetUploadBandwidth), ExtranetUploadBandwidth),
            (nameof(TotalDownloadBandwidth), TotalDownloadBandwidth),
            (nameof(IntranetDownloadBandwidth), IntranetDownloadBandwidth),
            (nameof(ExtranetDownloadBandwidth), ExtranetDownloadBandwidth),
        ];
        return withQps
            ? [.. bandwidths, (nameof(TotalQps), TotalQps), (nameof(IntranetQps), IntranetQps), (nameof(ExtranetQps), ExtranetQps)]
            : bandwidths;
    }
}
