namespace OssPayment;

/// <summary>How much bandwidth a requester is allowed, and where that was read.</summary>
/// <remarks>
/// Bandwidths are in Gbit/s; -1 means not limited, 0 that this kind of traffic is forbidden. Intranet is the classic
/// network and VPC, extranet the Internet and acceleration endpoints. The source is OSS's <c>RequesterQoSInfo</c>.
/// </remarks>
public abstract class RequesterLimits
{
    private protected RequesterLimits(
        string requester,
        QoSConfiguration configuration,
        string region,
        string endpoint,
        string requestId,
        int statusCode)
    {
        Requester = requester;
        Configuration = configuration;
        Region = region;
        Endpoint = endpoint;
        RequestId = requestId;
        StatusCode = statusCode;
    }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region { get; }

    /// <summary>The requester's Alibaba Cloud account id (UID).</summary>
    public string Requester { get; }

    /// <summary>All uploads together, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public int TotalUploadBandwidth => Configuration.Get();

    /// <summary>Uploads over the classic network and VPC, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public int IntranetUploadBandwidth => Configuration.Get();

    /// <summary>Uploads over the Internet and acceleration endpoints, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public int ExtranetUploadBandwidth => Configuration.Get();

    /// <summary>All downloads together, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public int TotalDownloadBandwidth => Configuration.Get();

    /// <summary>Downloads over the classic network and VPC, in Gbit/s; -1 not limited, 0 forbidden.</summary>
    public int IntranetDownloadBandwidth => Configuration.Get();

    /// <summary>
    /// Downloads over the Internet and acceleration endpoints, in Gbit/s; -1 not limited, 0 forbidden.
    /// </summary>
    public int ExtranetDownloadBandwidth => Configuration.Get();

    /// <summary>The endpoint that was asked, as a URL without the bucket; <c>-Endpoint</c> takes it as it is.</summary>
    public string Endpoint { get; }

    /// <summary>OSS's id of the request, which Alibaba Cloud's support asks for.</summary>
    public string RequestId { get; }

    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; }

    internal QoSConfiguration Configuration { get; }

    /// <summary>The bucket or the resource pool.</summary>
    private protected abstract string Owner { get; }

    /// <summary>Whose limits these are where, and the bandwidth of all uploads and of all downloads.</summary>
    /// <returns>A text such as <c>a-bucket, requester 300100: up 10 Gbit/s, down unlimited</c>.</returns>
    public override string ToString() => $"{Owner}, requester {Requester}: "
        + $"up {QoSLimits.FormatBandwidth(TotalUploadBandwidth)}, "
        + $"down {QoSLimits.FormatBandwidth(TotalDownloadBandwidth)}";
}
