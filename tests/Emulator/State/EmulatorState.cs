using System;
using System.Collections.Concurrent;
using System.Net;
using OssPayment.Emulator.Faults;

namespace OssPayment.Emulator.State;

/// <summary>The state of the emulator. Tests may read and change it at any time.</summary>
public sealed class EmulatorState
{
    private readonly EmulatorOptions _options;

    public EmulatorState(EmulatorOptions options)
    {
        _options = options;
        Temporary = new TemporaryCredentials(this);
        Reset();
    }

    public KeyPairStore KeyPairs { get; } = new();

    public TemporaryCredentials Temporary { get; }

    public BucketStore Buckets { get; } = new();

    public ResourcePoolStore ResourcePools { get; } = new();

    /// <summary>Custom domain names, each with its bucket.</summary>
    public ConcurrentDictionary<string, string> CNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    public FaultList Faults { get; } = new();

    public RequestLog Requests { get; } = new();

    public Counters Counters { get; } = new();

    /// <summary>The time by which the clock of the service is ahead of this machine's clock.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>The region whose endpoint the loopback addresses are, or null if they serve every region.</summary>
    public string? LoopbackRegion { get; set; }

    /// <summary>The credential that the proxy requires, or null.</summary>
    public ProxyCredential? ProxyCredential { get; set; }

    public TlsFault TlsFault { get; set; }

    /// <summary>The delay before every response of the service.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The maximum number of entries in a page of any listing, even if the client requests more.</summary>
    public int MaxListPageSize { get; set; }

    /// <summary>
    /// The status of a DELETE that succeeded. The vendor's API pages show 200, the tests of its SDK for Python expect
    /// 204.
    /// </summary>
    public HttpStatusCode DeleteStatus { get; set; }

    internal DateTimeOffset Now => DateTimeOffset.UtcNow + ClockOffset;

    /// <summary>Restores the state in which the emulator started, and clears everything recorded.</summary>
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

        Temporary.Reset();
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
        DeleteStatus = HttpStatusCode.NoContent;
    }
}

/// <summary>The user name and password that the proxy requires.</summary>
public sealed record ProxyCredential(string User, string Password);

/// <summary>A fault in the TLS handshake.</summary>
public enum TlsFault
{
    None,

    /// <summary>The certificate is valid, but the client does not trust the CA that issued it.</summary>
    UntrustedAuthority,

    Expired,

    WrongHost,

    /// <summary>The server responds in plain text.</summary>
    Plaintext,

    /// <summary>The server reads the ClientHello and never responds.</summary>
    Silent,
}
