using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Pipeline;

public sealed class InterruptionReportTests
{
    [Fact]
    public void Confirmed_failed_and_unknown_changes_are_reported_separately()
    {
        Assert.Equal(
            "Interrupted. Confirmed but not reported: a; b. Failed: c; d. Sent, result unknown: e; f. Not sent: g; h. "
            + "Check these with the matching Get- cmdlet.",
            new InterruptionReport(outputBuffer: 0).Describe(
            [
                Confirmed("a"), Confirmed("b"), Failed("c"), Failed("d", isSent: false), Pending("e"), Cancelled("f"),
                Pending("g", isSent: false), Cancelled("h", isSent: false), Confirmed("i", isSent: false),
            ], [], mayHaveMore: false));
    }

    [Fact]
    public void There_is_no_report_if_every_change_was_reported()
    {
        Assert.Null(new InterruptionReport(outputBuffer: 0).Describe([], [], mayHaveMore: false));
    }

    [Fact]
    public void Changes_confirmed_without_output_are_reported()
    {
        var report = new InterruptionReport(outputBuffer: 0);
        report.AddConfirmed(new BucketTarget("a"));

        Assert.Equal(
            "Interrupted. Confirmed but not reported: a; b. Failed: none. Sent, result unknown: none. Not sent: none.",
            report.Describe([Confirmed("b")], [], mayHaveMore: false));
    }

    [Fact]
    public void Only_the_first_of_many_names_are_listed()
    {
        string? report = new InterruptionReport(outputBuffer: 0).Describe(Enumerable.Range(1, 60).Select(i => Pending($"bucket-{i}")), [], mayHaveMore: false);

        Assert.Contains("bucket-50 and 10 more.", report, StringComparison.Ordinal);
        Assert.DoesNotContain("bucket-51", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_that_did_not_start_are_not_sent()
    {
        Assert.EndsWith(
            "Not sent: a; b; c.",
            new InterruptionReport(outputBuffer: 0).Describe(
                [Pending("a", isSent: false)], [new BucketTarget("b"), new BucketTarget("c")], mayHaveMore: false),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Input_that_may_still_have_come_is_not_listed()
    {
        Assert.EndsWith(
            "Sent, result unknown: a. Not sent: none. Input that had not arrived is not listed. "
            + "Check these with the matching Get- cmdlet.",
            new InterruptionReport(outputBuffer: 0).Describe([Pending("a")], [], mayHaveMore: true),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5, "")]
    [InlineData(1, 1, "1")]
    [InlineData(1, 2, "")]
    [InlineData(2, 2, "1; 2")]
    [InlineData(2, 3, "")]
    [InlineData(2, 5, "4; 5")]
    [InlineData(100, 3, "1; 2; 3")]
    public void Results_that_the_output_holds_back_are_not_reported(int outputBuffer, int results, string held)
    {
        var report = new InterruptionReport(outputBuffer);
        for (int i = 1; i <= results; i++)
        {
            report.BeginWrite(ItemOf($"{i}", isSent: true));
            report.EndWrite();
        }

        Assert.Equal(
            held.Length == 0
                ? null
                : $"Interrupted. Confirmed but not reported: {held}. Failed: none. Sent, result unknown: none. Not sent: none.",
            report.Describe([], [], mayHaveMore: false));
    }

    [Fact]
    public void Results_of_changes_that_were_not_sent_are_held_back_too()
    {
        var report = new InterruptionReport(outputBuffer: 2);
        foreach ((string name, bool isSent) in new[] { ("a", true), ("b", false), ("c", true), ("d", false), ("e", true) })
        {
            report.BeginWrite(ItemOf(name, isSent));
            report.EndWrite();
        }

        Assert.Contains("Confirmed but not reported: e.", report.Describe([], [], mayHaveMore: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_is_not_reported_if_the_output_does_not_return()
    {
        var report = new InterruptionReport(outputBuffer: 1);
        report.BeginWrite(ItemOf("a", isSent: true));
        report.EndWrite();
        report.BeginWrite(ItemOf("b", isSent: true));

        Assert.Contains("Confirmed but not reported: a; b.", report.Describe([], [], mayHaveMore: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Unsafe_names_are_sanitized()
    {
        Assert.DoesNotContain('\u001B', new InterruptionReport(outputBuffer: 0).Describe([Pending("a\u001B[31m")], [], mayHaveMore: false)!);
    }

    private static (WorkItem Item, Task<Outcome> Task) Confirmed(string bucket, bool isSent = true) =>
        (ItemOf(bucket, isSent), Task.FromResult(new Outcome(result: null, error: null, trace: null)));

    private static (WorkItem Item, Task<Outcome> Task) Failed(string bucket, bool isSent = true) =>
        (ItemOf(bucket, isSent),
            Task.FromResult(new Outcome(result: null, new InvalidOperationException(), trace: null)));

    private static (WorkItem Item, Task<Outcome> Task) Pending(string bucket, bool isSent = true) =>
        (ItemOf(bucket, isSent), new TaskCompletionSource<Outcome>().Task);

    private static (WorkItem Item, Task<Outcome> Task) Cancelled(string bucket, bool isSent = true) =>
        (ItemOf(bucket, isSent), Task.FromCanceled<Outcome>(new(canceled: true)));

    private static WorkItem ItemOf(string bucket, bool isSent)
    {
        var item = new WorkItem(
            new BucketTarget(bucket), isCounted: true, newTrace: () => null, wake: () => { }, new Backlog(), CancellationToken.None);
        if (isSent)
        {
            item.MarkSent();
        }

        return item;
    }
}
