namespace OssPayment.Emulator.State;

/// <summary>Who pays for a bucket's traffic and requests.</summary>
public enum Payer
{
    BucketOwner,
    Requester,
}
