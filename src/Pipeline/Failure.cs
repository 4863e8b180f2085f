using System;

namespace OssPayment.Pipeline;

/// <summary>An error among the results of a target's work, about a part of that target.</summary>
internal sealed record Failure(OssTarget Target, Exception Error);
