using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>All buckets of all regions, with the name order that listing needs.</summary>
public sealed class BucketStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Bucket> _byName = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _names.Count;
            }
        }
    }

    public Bucket this[string name] =>
        Find(name) ?? throw new KeyNotFoundException($"There is no bucket '{name}'.");

    /// <summary>Adds a bucket, or puts a fresh one in the place of one of the same name.</summary>
    public Bucket Add(string name, string region, string account = Seed.OwnerAccount)
    {
        if (!Seed.Regions.Contains(region))
        {
            throw new ArgumentException($"The emulator has no region '{region}'.", nameof(region));
        }

        var bucket = new Bucket(name, region, account);
        lock (_lock)
        {
            _byName[name] = bucket;
            _names.Add(name);
        }

        return bucket;
    }

    /// <summary>Adds many buckets, <c>fleet-000000</c> and so on, dealt out over the regions in turn.</summary>
    public void AddFleet(int count, string prefix = "fleet-", IReadOnlyList<string>? regions = null)
    {
        regions ??= Seed.Regions;
        for (int index = 0; index < count; index++)
        {
            string number = index.ToString("D6", CultureInfo.InvariantCulture);
            Add(prefix + number, regions[index % regions.Count]);
        }
    }

    public Bucket? Find(string name)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public bool Remove(string name)
    {
        lock (_lock)
        {
            return _byName.Remove(name) && _names.Remove(name);
        }
    }

    /// <summary>The account's buckets with the prefix that come after the marker, in name order.</summary>
    public IReadOnlyList<Bucket> List(string account, string prefix, string marker, int limit)
    {
        var page = new List<Bucket>();
        string from = string.CompareOrdinal(marker, prefix) > 0 ? marker : prefix;
        string to = prefix + char.MaxValue;
        lock (_lock)
        {
            if (string.CompareOrdinal(from, to) > 0)
            {
                return page;
            }

            foreach (string name in _names.GetViewBetween(from, to))
            {
                if (page.Count == limit)
                {
                    break;
                }

                Bucket bucket = _byName[name];
                if (name != marker && bucket.Account == account)
                {
                    page.Add(bucket);
                }
            }
        }

        return page;
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _byName.Clear();
            _names.Clear();
        }
    }
}
