using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>A bucket to put.</summary>
internal sealed record BucketRequest(string Region, Payer Payer = Payer.BucketOwner);
