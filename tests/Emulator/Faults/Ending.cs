namespace OssPayment.Emulator.Faults;

/// <summary>How a connection ends.</summary>
public enum Ending
{
    /// <summary>In order (FIN).</summary>
    Close,

    /// <summary>With a reset (RST).</summary>
    Reset,

    /// <summary>Not at all; nothing more is sent.</summary>
    StayOpen,
}
