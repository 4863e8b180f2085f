using System;
using System.Collections.Concurrent;
using OssPayment.Emulator.Faults;

namespace OssPayment.Emulator.State;

/// <summary>Everything that the emulator knows and that a test may look at or change, at any time.</summary>
public sealed class EmulatorState
{
    private readonly EmulatorOptions _options;

    public EmulatorState(EmulatorOptions options)
    {
        _options = options;
        Reset();
    }

    public KeyPairStore KeyPairs { get; } = new();

    public BucketStore Buckets { get; } = new();

    public ConcurrentDictionary<string, ResourcePool> ResourcePools { get; } = new(StringComparer.Ordinal);

    /// <summary>Custom domains, and the bucket that each leads to.</summary>
    public ConcurrentDictionary<string, string> CNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    public FaultList Faults { get; } = new();

    public RequestLog Requests { get; } = new();

    public Counters Counters { get; } = new();

    /// <summary>How far the service's clock is ahead of this machine's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Makes loopback addresses answer as this region's endpoint; null: they serve every region.</summary>
    public string? LoopbackRegion { get; set; }

    /// <summary>What the proxy asks for; null: it is open.</summary>
    public ProxyCredential? ProxyCredential { get; set; }

    public TlsFault TlsFault { get; set; }

    /// <summary>How long every answer takes at least.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The most that any listing puts in one page, whatever the client asked for.</summary>
    public int MaxListPageSize { get; set; }

    internal DateTimeOffset Now => DateTimeOffset.UtcNow + ClockOffset;

    /// <summary>Back to how a fresh emulator starts, with nothing recorded.</summary>
    public void Reset()
    {
        KeyPairs.Clear();
        Buckets.Clear();
        ResourcePools.Clear();
        CNames.Clear();
        if (_options.Seed)
        {
            Seed.Fill(this);
        }

        Buckets.AddFleet(_options.FleetSize);

        Faults.Clear();
        Requests.Clear();
        Requests.Enabled = true;
        Counters.Reset();
        ClockOffset = TimeSpan.Zero;
        LoopbackRegion = null;
        ProxyCredential = null;
        TlsFault = TlsFault.None;
        Delay = TimeSpan.Zero;
        MaxListPageSize = 1000;
    }
}
