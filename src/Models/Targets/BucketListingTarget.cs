namespace OssPayment;

/// <summary>
/// The account's buckets, or those that match a pattern: the <c>TargetObject</c> where they cannot be listed.
/// </summary>
public sealed class BucketListingTarget : BucketTarget
{
    internal BucketListingTarget(string pattern)
        : base(pattern)
    {
    }

    internal override bool IsListing => true;

    /// <summary>Which buckets were to be listed.</summary>
    /// <returns>The words for it, with the pattern if it does not stand for all.</returns>
    public override string ToString() => Bucket == "*" ? "the account's buckets" : $"the account's buckets {Bucket}";
}
