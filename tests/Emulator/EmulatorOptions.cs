namespace OssPayment.Emulator;

/// <summary>How an emulator starts.</summary>
public sealed class EmulatorOptions
{
    /// <summary>Whether it starts with the ready-made keys and buckets.</summary>
    public bool Seed { get; init; } = true;

    /// <summary>How many further buckets it starts with, spread over the regions.</summary>
    public int FleetSize { get; init; }

    /// <summary>The port for http; 0 lets the system choose.</summary>
    public int HttpPort { get; init; }
}
