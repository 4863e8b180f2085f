using System;

namespace OssPayment.Emulator.State;

/// <summary>A bucket, as far as this emulator knows buckets: who pays, and what its requesters are allowed.</summary>
public sealed class Bucket(string name, string region, string account)
{
    public string Name { get; } = name;

    public string Region { get; } = region;

    /// <summary>The id of the account that owns the bucket.</summary>
    public string Account { get; } = account;

    public DateTimeOffset CreatedAt { get; } = new(2024, 12, 27, 3, 21, 12, TimeSpan.Zero);

    public Payer Payer { get; set; } = Payer.BucketOwner;

    public RequesterQoSTable Requesters { get; } = new();
}
