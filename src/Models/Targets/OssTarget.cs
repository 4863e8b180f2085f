namespace OssPayment;

/// <summary>The subject of a cmdlet: the <c>TargetObject</c> of its error.</summary>
/// <remarks>Piped back into the same cmdlet, it is tried again.</remarks>
public abstract class OssTarget
{
    private protected OssTarget()
    {
    }

    /// <summary>The region of the request; null if it could not be determined.</summary>
    public string? Region { get; private set; }

    /// <summary>The endpoint of the request; null if it could not be determined.</summary>
    public string? Endpoint { get; private set; }

    /// <summary>Whether it is a listing, and so none of the targets that are counted.</summary>
    internal virtual bool IsListing => false;

    /// <summary>What it is, in front of its name: a bucket, or a resource pool.</summary>
    private protected abstract string Kind { get; }

    /// <summary>What it is and where, as a confirmation names it.</summary>
    internal string Describe() => $"{Kind} {this} ({Region})";

    internal void Place(string? region, string? endpoint)
    {
        Region = region;
        Endpoint = endpoint;
    }
}
