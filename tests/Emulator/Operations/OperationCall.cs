using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>What an operation is given: an authenticated request whose bucket, where it has one, exists.</summary>
internal sealed record OperationCall(
    EmulatorState State,
    RecordedRequest Request,
    Query Query,
    KeyPair Caller,
    Bucket? Bucket,
    AnswerFactory Answers);
