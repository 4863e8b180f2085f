namespace OssPayment.Emulator.State;

/// <summary>What the service lets a key pair do.</summary>
public enum KeyAccess
{
    Full,
    ReadOnly,
    Disabled,
    Expired,
}
