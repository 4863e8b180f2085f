namespace OssPayment;

/// <summary>What a cmdlet was asked about: the <c>TargetObject</c> of its error.</summary>
/// <remarks>Piped back into the same cmdlet, it is tried again.</remarks>
public abstract class OssTarget
{
    private protected OssTarget()
    {
    }

    /// <summary>The region that was asked; null when it could not be worked out.</summary>
    public string? Region { get; private set; }

    /// <summary>The endpoint that was asked; null when it could not be worked out.</summary>
    public string? Endpoint { get; private set; }

    internal void Place(string? region, string? endpoint)
    {
        Region = region;
        Endpoint = endpoint;
    }
}
