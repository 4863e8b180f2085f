using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Emulator.State;

/// <summary>A resource pool: a named group of buckets of one region that share bandwidth.</summary>
public sealed class ResourcePool(string name, string region, string account)
{
    public string Name { get; } = name;

    public string Region { get; } = region;

    /// <summary>The id of the account that owns the resource pool.</summary>
    public string Account { get; } = account;

    public DateTimeOffset CreatedAt { get; } = new(2024, 7, 24, 8, 42, 32, TimeSpan.Zero);

    /// <summary>The limits of the resource pool itself, which only the vendor's support can set.</summary>
    public QoSConfiguration Limits { get; set; } = new();

    /// <summary>The buckets in the resource pool, by name.</summary>
    public ConcurrentDictionary<string, PoolMember> Buckets { get; } = new(StringComparer.Ordinal);

    public RequesterQoSTable Requesters { get; } = new();

    public void Add(string bucket, string? group = null) =>
        Buckets[bucket] = new PoolMember(new DateTimeOffset(2024, 11, 29, 8, 42, 32, TimeSpan.Zero), group);
}

/// <summary>When a bucket joined a resource pool, and its bucket group there, or null.</summary>
public sealed record PoolMember(DateTimeOffset JoinedAt, string? Group);

/// <summary>The resource pools of all regions.</summary>
public sealed class ResourcePoolStore : ConcurrentDictionary<string, ResourcePool>
{
    public ResourcePoolStore()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The resource pool that a bucket is in, or null.</summary>
    public ResourcePool? Of(Bucket bucket) => Values.FirstOrDefault(pool => pool.Buckets.ContainsKey(bucket.Name));

    /// <summary>An account's resource pools in a region, in name order.</summary>
    public IReadOnlyList<ResourcePool> List(string account, string region) =>
    [
        .. Values
            .Where(pool => pool.Account == account && pool.Region == region)
            .OrderBy(pool => pool.Name, StringComparer.Ordinal),
    ];
}
