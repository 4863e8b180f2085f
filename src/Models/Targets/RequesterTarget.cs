namespace OssPayment;

/// <summary>A bucket and a requester at it: the <c>TargetObject</c> of an error about the requester's limits.</summary>
public class RequesterTarget : BucketTarget
{
    internal RequesterTarget(string bucket, string requester)
        : base(bucket)
    {
        Requester = requester;
    }

    /// <summary>The requester's user ID (UID), as it was specified.</summary>
    public string Requester { get; }

    /// <summary>The bucket and the requester.</summary>
    /// <returns>The bucket's name and the requester's user ID.</returns>
    public override string ToString() =>
        Bucket.Length > 0 ? $"{Bucket}, requester {Requester}" : $"requester {Requester}";
}
