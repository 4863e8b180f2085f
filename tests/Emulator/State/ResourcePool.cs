namespace OssPayment.Emulator.State;

/// <summary>A resource pool: a named group of buckets of one region that share bandwidth.</summary>
public sealed class ResourcePool(string name, string region, string account)
{
    public string Name { get; } = name;

    public string Region { get; } = region;

    public string Account { get; } = account;

    public RequesterQoSTable Requesters { get; } = new();
}
