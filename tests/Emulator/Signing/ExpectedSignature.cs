namespace OssPayment.Emulator.Signing;

/// <summary>A signature as it must be, with the two texts that lead to it.</summary>
public sealed record ExpectedSignature(string CanonicalRequest, string StringToSign, string Signature);
