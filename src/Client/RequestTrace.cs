using System.Collections.Generic;

namespace OssPayment.Client;

/// <summary>
/// What there is to tell of the requests for one target, kept until the pipeline's thread can write it.
/// </summary>
internal sealed class RequestTrace
{
    private readonly List<(bool IsDebug, string Text)> _messages = [];

    /// <param name="wantsDebug">Whether what is for debugging alone is kept too.</param>
    internal RequestTrace(bool wantsDebug)
    {
        WantsDebug = wantsDebug;
    }

    internal bool WantsDebug { get; }

    internal IReadOnlyList<(bool IsDebug, string Text)> Messages => _messages;

    internal void Verbose(string text) => _messages.Add((false, text));

    internal void Debug(string text) => _messages.Add((true, text));
}
