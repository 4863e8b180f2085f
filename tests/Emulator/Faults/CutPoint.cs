namespace OssPayment.Emulator.Faults;

/// <summary>How much of an answer is sent before something happens.</summary>
public enum CutPoint
{
    BeforeHeaders,
    InHeaders,
    InBody,

    /// <summary>All of it: a client that keeps the connection for its next request finds it dead.</summary>
    AfterAnswer,
}
