using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>The limits of a bucket's or a resource pool's requesters, in the order of listings.</summary>
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

    /// <summary>Everything that is listed after the given requester (null: from the start).</summary>
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
