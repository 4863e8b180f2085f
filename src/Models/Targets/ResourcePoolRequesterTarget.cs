namespace OssPayment;

/// <summary>
/// A resource pool and a requester at it: the <c>TargetObject</c> of an error about the requester's limits.
/// </summary>
public class ResourcePoolRequesterTarget : ResourcePoolTarget
{
    internal ResourcePoolRequesterTarget(string resourcePool, string requester)
        : base(resourcePool)
    {
        Requester = requester;
    }

    /// <summary>The requester's user ID (UID), as it was specified.</summary>
    public string Requester { get; }

    /// <summary>The resource pool and the requester.</summary>
    /// <returns>The resource pool's name and the requester's user ID.</returns>
    public override string ToString() => $"{ResourcePool}, requester {Requester}";
}
