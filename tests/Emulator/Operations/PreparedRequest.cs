using System;

namespace OssPayment.Emulator.Operations;

/// <summary>A request that was looked at but not yet carried out: refused already, or an operation to run.</summary>
internal sealed record PreparedRequest(AnswerFactory Answers, ServiceException? Refusal, Func<Answer>? Run);
