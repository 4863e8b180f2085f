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
            new InterruptionReport().Describe(
            [
                Confirmed("a"), Confirmed("b"), Failed("c"), Failed("d", isSent: false), Pending("e"), Cancelled("f"),
                Pending("g", isSent: false), Cancelled("h", isSent: false), Confirmed("i", isSent: false),
            ]));
    }

    [Fact]
    public void There_is_no_report_if_every_change_was_reported()
    {
        Assert.Null(new InterruptionReport().Describe([]));
    }

    [Fact]
    public void Changes_confirmed_without_output_are_reported()
    {
        var report = new InterruptionReport();
        report.AddConfirmed(new BucketTarget("a"));

        Assert.Equal(
            "Interrupted. Confirmed but not reported: a; b. Failed: none. Sent, result unknown: none. Not sent: none.",
            report.Describe([Confirmed("b")]));
    }

    [Fact]
    public void Only_the_first_of_many_names_are_listed()
    {
        string? report = new InterruptionReport().Describe(Enumerable.Range(1, 60).Select(i => Pending($"bucket-{i}")));

        Assert.Contains("bucket-50 and 10 more.", report, StringComparison.Ordinal);
        Assert.DoesNotContain("bucket-51", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Unsafe_names_are_sanitized()
    {
        Assert.DoesNotContain('\u001B', new InterruptionReport().Describe([Pending("a\u001B[31m")])!);
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
            new BucketTarget(bucket), isCounted: true, newTrace: () => null, wake: () => { }, CancellationToken.None);
        if (isSent)
        {
            item.MarkSent();
        }

        return item;
    }
}
