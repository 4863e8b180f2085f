using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Commands;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>The result of an operation, and what a user would see.</summary>
internal sealed partial class FaultOutcome
{
    private readonly FaultOperation _operation;
    private readonly RequestTrace _trace = new(wantsDebug: false);
    private object? _result;

    private FaultOutcome(FaultOperation operation)
    {
        _operation = operation;
    }

    /// <summary>The details of the failure; null for a success.</summary>
    internal OssException? Failure { get; private set; }

    internal string Trace => string.Join(' ', _trace.Messages.Select(message => message.Text));

    /// <summary>The record that a cmdlet writes of the failure.</summary>
    internal ErrorRecord Error => Failure!.ToErrorRecord(_operation.Target);

    internal static async Task<FaultOutcome> OfAsync(
        FaultOperation operation, OssClient client, OssLocation location, CancellationToken? cancellation = null)
    {
        var outcome = new FaultOutcome(operation);
        try
        {
            outcome._result = await operation
                .SendAsync(client, location, outcome._trace, cancellation ?? CancellationToken.None).Soon();
        }
        catch (OssException e)
        {
            outcome.Failure = e;
        }

        return outcome;
    }

    internal void AssertIs(FaultEnd end, EmulatorState state)
    {
        if (end.IsSuccess)
        {
            AssertSuccess(state);
        }
        else
        {
            AssertFailure(end);
        }
    }

    internal void AssertSuccess(EmulatorState state)
    {
        Assert.Null(Failure);
        _operation.AssertDone(_result!, state);
    }

    internal void AssertFailure(FaultEnd end)
    {
        Assert.NotNull(Failure);
        string id = Error.FullyQualifiedErrorId;
        Assert.True(end.Id!.EndsWith('*') ? id.StartsWith(end.Id[..^1], StringComparison.Ordinal) : id == end.Id, id);
        Assert.Equal(end.Category, Error.CategoryInfo.Category);
        Assert.True(Failure is OssServiceException or OssRequestException);

        // The message contains the cause and advice.
        Assert.Matches(@"\S[.\u2026] [A-Z].*\. \(", Error.ErrorDetails.Message);
        Assert.Same(_operation.Target, Error.TargetObject);
    }

    /// <summary>Asserts that nothing that is shown can change the screen or hide text, and that it is short.</summary>
    internal void AssertHarmless()
    {
        Assert.All(Shown(), text => Assert.DoesNotMatch(Harmful(), text));
        Assert.True(Failure is null || Error.ErrorDetails.Message.Length < 2000);
    }

    private IEnumerable<string> Shown()
    {
        IEnumerable<string?> trace = _trace.Messages.Select(message => message.Text);
        if (Failure is null)
        {
            return trace.OfType<string>();
        }

        ErrorRecord error = Error;
        IEnumerable<string?> properties = Failure.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.Name != nameof(Exception.StackTrace))
            .Select(property => property.GetValue(Failure) as string);
        string?[] texts =
        [
            .. trace, .. properties, error.FullyQualifiedErrorId, error.CategoryInfo.ToString(),
            error.ErrorDetails.Message, error.ErrorDetails.RecommendedAction, Failure.ToString().ReplaceLineEndings(""),
        ];
        return texts.OfType<string>();
    }

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]|\uDB40")]
    private static partial Regex Harmful();
}
