namespace OssPayment.Emulator.State;

/// <summary>What goes wrong when a client starts TLS.</summary>
public enum TlsFault
{
    None,

    /// <summary>The certificate is right but for the authority that issued it.</summary>
    UntrustedAuthority,

    Expired,

    WrongHost,

    /// <summary>The port answers in plain text.</summary>
    Plaintext,

    /// <summary>The port takes the greeting and never answers.</summary>
    Silent,
}
