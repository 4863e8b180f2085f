namespace OssPayment.Emulator.State;

/// <summary>How a request came: straight to the emulator, or through it as a proxy.</summary>
public enum Via
{
    Direct,
    AbsoluteForm,
    Connect,
}
