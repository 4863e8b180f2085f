using System.Linq;
using System.Management.Automation;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults;

/// <summary>A row of the fault matrix: what goes wrong, and how an operation ends.</summary>
/// <param name="Name">What goes wrong. It names the tests.</param>
/// <param name="Action">
/// What the emulator does. In its texts, <see cref="Right"/> stands for the body that the operation expects, and
/// <see cref="Elsewhere"/> for a host and port where nothing may arrive.
/// </param>
/// <param name="End">How the operations end.</param>
internal sealed record FaultRow(string Name, FaultAction Action, FaultEnd End)
{
    internal const string Right = "{right}";
    internal const string Elsewhere = "{elsewhere}";

    /// <summary>The result of a change, if it differs from that of a query.</summary>
    internal FaultEnd? EndOfChange { get; init; }

    /// <summary>Whether the operation runs before the fault.</summary>
    internal bool AfterApply { get; init; }

    /// <summary>Whether the fault is temporary, so that a second attempt follows and succeeds.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether the row is tested with one attempt only, because an attempt takes long.</summary>
    internal bool IsSentOnce { get; init; }

    /// <summary>
    /// Whether the fault happens once, on a connection that an earlier request left open. It is not counted.
    /// </summary>
    internal bool IsOnKeptConnection { get; init; }

    /// <summary>Whether the row waits for a timeout.</summary>
    internal bool IsSlow { get; init; }

    internal int TimeoutSec { get; init; } = 10;

    /// <summary>The timeout of the next request, on a connection that the fault has left behind.</summary>
    internal int NextTimeoutSec { get; init; } = 10;

    /// <summary>The most requests that may arrive when the operation fails.</summary>
    internal int MaximumRequests { get; init; } = 1;

    internal FaultEnd EndOf(FaultOperation operation) => operation.IsChange ? EndOfChange ?? End : End;

    internal FaultAction ActionFor(FaultOperation operation, string elsewhere)
    {
        string Fill(string text) => text.Replace(Right, operation.Right).Replace(Elsewhere, elsewhere);
        return Action is ReplaceResponse { Text: { } text } replace
            ? replace with
            {
                Text = Fill(text),
                Headers = replace.Headers.ToDictionary(header => header.Key, header => Fill(header.Value)),
            }
            : Action;
    }
}

/// <summary>The result of an operation: success, or an error with this id and category.</summary>
/// <param name="Id">The id, which may end with <c>*</c>. Null for success.</param>
/// <param name="Category">What a script can branch on.</param>
internal sealed record FaultEnd(string? Id, ErrorCategory Category)
{
    internal static readonly FaultEnd Success = new(null, ErrorCategory.NotSpecified);
    internal static readonly FaultEnd Invalid = new("InvalidResponse", ErrorCategory.InvalidData);
    internal static readonly FaultEnd Failed = new("RequestFailed", ErrorCategory.ConnectionError);
    internal static readonly FaultEnd TimedOut = new("RequestTimedOut", ErrorCategory.OperationTimeout);
    internal static readonly FaultEnd TooLarge = new("ResponseTooLarge", ErrorCategory.LimitsExceeded);

    internal bool IsSuccess => Id is null;

    public override string ToString() => IsSuccess ? "success" : $"{Id}, {Category}";
}
