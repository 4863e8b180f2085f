using System;
using System.Threading.Tasks;

namespace OssPayment.Pipeline;

/// <summary>One input as a value: what it is about, and which requests it takes.</summary>
internal abstract class Work(OssTarget target)
{
    internal OssTarget Target { get; } = target;

    /// <summary>
    /// The change to confirm before the work starts; null if there is none, or if the work asks later.
    /// </summary>
    internal virtual string? ChangeToConfirm => null;

    /// <summary>
    /// The command that the error suggests when a wildcard pattern is refused, with <c>{0}</c> for the pattern; null if
    /// patterns are accepted.
    /// </summary>
    internal string? SuggestedPatternCommand { get; init; }

    /// <summary>Why it is refused for every target; null if it is not.</summary>
    internal virtual OssRequestException? Refusal => null;

    /// <summary>Checks the names and prepares the first request. Nothing is sent yet.</summary>
    /// <returns>The requests. Their result goes down the pipeline: see <see cref="PipelineEngine.Start"/>.</returns>
    /// <exception cref="OssRequestException">A name or a value is not valid.</exception>
    internal abstract Func<WorkContext, Task<object?>> Prepare();
}
