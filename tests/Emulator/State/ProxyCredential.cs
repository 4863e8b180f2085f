namespace OssPayment.Emulator.State;

/// <summary>The name and password that the proxy asks for.</summary>
public sealed record ProxyCredential(string User, string Password);
