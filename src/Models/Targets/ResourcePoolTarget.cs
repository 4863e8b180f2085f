namespace OssPayment;

/// <summary>A resource pool: the <c>TargetObject</c> of an error about it.</summary>
public class ResourcePoolTarget : OssTarget
{
    internal ResourcePoolTarget(string resourcePool)
    {
        ResourcePool = resourcePool;
    }

    /// <summary>The resource pool's name, as it was specified.</summary>
    public string ResourcePool { get; }

    private protected override string Kind => "resource pool";

    /// <summary>The resource pool's name.</summary>
    /// <returns>The resource pool's name.</returns>
    public override string ToString() => ResourcePool;
}
