using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Xml.Linq;

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

    /// <summary>Sets limits unless so many other requesters have limits already.</summary>
    public bool TrySet(string requester, QoSConfiguration configuration, int maximum)
    {
        lock (_lock)
        {
            if (!_byRequester.ContainsKey(requester) && _byRequester.Count >= maximum)
            {
                return false;
            }

            _byRequester[requester] = configuration;
            return true;
        }
    }

    public void Remove(string requester)
    {
        lock (_lock)
        {
            _byRequester.Remove(requester);
        }
    }

    /// <summary>All entries after this requester, or all if it is null.</summary>
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
/// The limits of a requester, a bucket or a resource pool: bandwidths in Gbit/s and requests per second (-1 not limited,
/// 0 forbidden), and any other element that a client put. All of them are kept in the order in which they came.
/// </summary>
public sealed class QoSConfiguration
{
    private readonly XElement[] _elements;

    public QoSConfiguration(IEnumerable<XElement> elements)
    {
        _elements = [.. elements.Select(element => new XElement(element))];
    }

    /// <summary>The first of the nine limits, in the order of <see cref="Names"/>.</summary>
    public QoSConfiguration(params long[] limits)
        : this(limits.Select((limit, i) => new XElement(Names[i], limit)))
    {
    }

    /// <summary>The nine limits in the order of the vendor's pages; the first six are bandwidths.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "TotalUploadBandwidth", "IntranetUploadBandwidth", "ExtranetUploadBandwidth",
        "TotalDownloadBandwidth", "IntranetDownloadBandwidth", "ExtranetDownloadBandwidth",
        "TotalQps", "IntranetQps", "ExtranetQps",
    ];

    /// <summary>One of the nine limits; -1 if the element is absent.</summary>
    public long this[string name] =>
        _elements.FirstOrDefault(element => element.Name == name) is { } limit ? (long)limit : -1;

    public IEnumerable<XElement> Elements => _elements.Select(element => new XElement(element));
}
