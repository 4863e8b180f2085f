namespace OssPayment.Emulator.State;

/// <summary>The limits of one requester, named by UID.</summary>
public sealed record RequesterQoS(string Requester, QoSConfiguration Configuration);
