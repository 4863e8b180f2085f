using System.Collections.Generic;

namespace OssPayment.Client;

/// <summary>
/// The verbose and debug messages about the requests for one target, kept until the pipeline's thread writes them.
/// </summary>
internal sealed class RequestTrace
{
    private readonly List<(bool IsDebug, string Text)> _messages = [];

    /// <param name="wantsDebug">Whether debug messages are kept, too.</param>
    internal RequestTrace(bool wantsDebug)
    {
        WantsDebug = wantsDebug;
    }

    internal bool WantsDebug { get; }

    internal IReadOnlyList<(bool IsDebug, string Text)> Messages => _messages;

    internal void Verbose(string text) => _messages.Add((false, text));

    internal void Debug(string text) => _messages.Add((true, text));
}
