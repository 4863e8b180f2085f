using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>A bucket: who pays for it, its own limits, and those of its requesters.</summary>
public sealed class Bucket(string name, string region, string account)
{
    /// <summary>The id of the resource group of buckets that were put into no other.</summary>
    public const string DefaultResourceGroup = "rg-default-id";

    public string Name { get; } = name;

    public string Region { get; } = region;

    /// <summary>The id of the account that owns the bucket.</summary>
    public string Account { get; } = account;

    public DateTimeOffset CreatedAt { get; } = new(2024, 12, 27, 3, 21, 12, TimeSpan.Zero);

    public Payer Payer { get; set; } = Payer.BucketOwner;

    public string ResourceGroup { get; set; } = DefaultResourceGroup;

    public Dictionary<string, string> Tags { get; set; } = [];

    /// <summary>The bucket's own limits; null if it has none.</summary>
    public QoSConfiguration? Limits { get; set; }

    public RequesterQoSTable Requesters { get; } = new();
}

/// <summary>The payer of a bucket's traffic and requests.</summary>
public enum Payer
{
    BucketOwner,
    Requester,
}

/// <summary>The buckets of all regions, in name order for listings.</summary>
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

    /// <summary>Adds a bucket. An existing bucket of the same name is replaced.</summary>
    public Bucket Add(string name, string region, string account = Seed.OwnerAccount)
    {
        if (!Regions.Has(region))
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

    /// <summary>Adds many buckets (<c>fleet-000000</c> and so on), distributed over the regions in turn.</summary>
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

    /// <summary>
    /// The buckets that match, have the prefix and come after the marker, in name order, up to the limit.
    /// </summary>
    public IReadOnlyList<Bucket> List(string prefix, string marker, int limit, Func<Bucket, bool> matches)
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
                if (name != marker && matches(bucket))
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
