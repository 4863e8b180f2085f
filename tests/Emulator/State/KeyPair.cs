namespace OssPayment.Emulator.State;

/// <summary>An access key known to the emulator. One with a token is temporary, as STS issues them.</summary>
public sealed record KeyPair(
    string Name,
    string Id,
    string Secret,
    string? Token,
    string Account,
    KeyAccess Access);
