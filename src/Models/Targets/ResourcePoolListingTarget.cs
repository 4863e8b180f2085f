namespace OssPayment;

/// <summary>
/// The account's resource pools, or those that match a pattern: the <c>TargetObject</c> where they cannot be listed.
/// </summary>
public sealed class ResourcePoolListingTarget : ResourcePoolTarget
{
    internal ResourcePoolListingTarget(string pattern)
        : base(pattern)
    {
    }

    internal override bool IsListing => true;

    /// <summary>Which resource pools were to be listed.</summary>
    /// <returns>The words for it, with the pattern if it does not stand for all.</returns>
    public override string ToString() =>
        ResourcePool == "*" ? "the account's resource pools" : $"the account's resource pools {ResourcePool}";
}
