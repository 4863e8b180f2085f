using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>The limits of the requesters of a bucket or a resource pool, in the order of listings.</summary>
public sealed class RequesterQoSTable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, QoSConfiguration> _byRequester = new(StringComparer.Ordinal);

    public QoSConfiguration? Find(string requester)
    {
        lock (_lock)
        {
            return _byRequester.GetValueOrDefault(requester);
        }
    }

    public void Set(string requester, QoSConfiguration configuration)
    {
        lock (_lock)
        {
            _byRequester[requester] = configuration;
        }
    }

    public void Remove(string requester)
    {
        lock (_lock)
        {
            _byRequester.Remove(requester);
        }
    }

    /// <summary>All entries after the given requester, or all if it is null.</summary>
    public IReadOnlyList<RequesterQoS> After(string? requester)
    {
        lock (_lock)
        {
            return [.. _byRequester
                .Where(pair => requester is null || string.CompareOrdinal(pair.Key, requester) > 0)
                .Select(pair => new RequesterQoS(pair.Key, pair.Value))];
        }
    }
}

/// <summary>The limits of one requester, identified by UID.</summary>
public sealed record RequesterQoS(string Requester, QoSConfiguration Configuration);

/// <summary>
/// The limits of a requester: bandwidths in Gbit/s (-1 not limited, 0 forbidden) and, in resource pools only,
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

/// <summary>A resource pool: a named group of buckets of one region that share bandwidth.</summary>
public sealed class ResourcePool(string name, string region, string account)
{
    public string Name { get; } = name;

    public string Region { get; } = region;

    public string Account { get; } = account;

    public RequesterQoSTable Requesters { get; } = new();
}
