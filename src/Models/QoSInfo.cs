namespace OssPayment;

/// <summary>Limits, and the response that they were read from.</summary>
/// <remarks>
/// Bandwidths are in Gbit/s, QPS in requests per second; -1 means not limited, 0 that this kind of traffic is
/// forbidden. Intranet is the classic network and VPC, extranet the Internet and acceleration endpoints. The source is
/// the element <c>QoSConfiguration</c>.
/// </remarks>
public abstract class QoSInfo
{
    private protected QoSInfo(QoSConfiguration configuration, Origin origin)
    {
        Configuration = configuration;
        Origin = origin;
    }

    /// <summary>All uploads together, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public long TotalUploadBandwidth => Configuration.Get();

    /// <summary>Uploads over the classic network and VPC, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public long IntranetUploadBandwidth => Configuration.Get();

    /// <summary>Uploads over the Internet and acceleration endpoints, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public long ExtranetUploadBandwidth => Configuration.Get();

    /// <summary>All downloads together, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public long TotalDownloadBandwidth => Configuration.Get();

    /// <summary>Downloads over the classic network and VPC, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public long IntranetDownloadBandwidth => Configuration.Get();

    /// <summary>
    /// Downloads over the Internet and acceleration endpoints, in Gbit/s; -1 not limited, 0 forbidden.
    /// </summary>
    public long ExtranetDownloadBandwidth => Configuration.Get();

    /// <summary>All requests together, per second; -1 not limited, 0 forbidden.</summary>
    public long TotalQps => Configuration.Get();

    /// <summary>Requests over the classic network and VPC, per second; -1 not limited, 0 forbidden.</summary>
    public long IntranetQps => Configuration.Get();

    /// <summary>
    /// Requests over the Internet and acceleration endpoints, per second; -1 not limited, 0 forbidden.
    /// </summary>
    public long ExtranetQps => Configuration.Get();

    /// <summary>The endpoint of the request, as a URL without the bucket, which <c>-Endpoint</c> accepts.</summary>
    public string Endpoint => Origin.Endpoint;

    /// <summary>The request ID, which the support of Alibaba Cloud needs.</summary>
    public string RequestId => Origin.RequestId;

    /// <summary>The HTTP status of the response.</summary>
    public int StatusCode => Origin.StatusCode;

    internal QoSConfiguration Configuration { get; }

    private protected Origin Origin { get; }

    /// <summary>Whose limits they are, as a text.</summary>
    private protected abstract string Subject { get; }

    /// <summary>Whose limits they are, and the bandwidth of all uploads and of all downloads.</summary>
    /// <returns>A text such as <c>a-bucket: up 10 Gbit/s, down unlimited</c>.</returns>
    public override string ToString() => $"{Subject}: "
        + $"up {QoSLimits.FormatBandwidth(TotalUploadBandwidth)}, "
        + $"down {QoSLimits.FormatBandwidth(TotalDownloadBandwidth)}";
}
