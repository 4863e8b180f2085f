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
    public void What_was_confirmed_what_failed_and_what_is_in_doubt_is_told_apart()
    {
        Assert.Equal(
            "Interrupted. Confirmed but not reported: a; b. Failed: c; d. Sent, result unknown: e; f. Not sent: g; h; i. "
            + "Check these with the matching Get- cmdlet.",
            new InterruptionReport().Describe(
            [
                Confirmed("a"), Confirmed("b"), Failed("c"), Failed("d", isSent: false), Pending("e"), Cancelled("f"),
                Pending("g", isSent: false), Cancelled("h", isSent: false), Confirmed("i", isSent: false),
            ]));
    }

    [Fact]
    public void Where_nothing_was_left_untold_there_is_no_report()
    {
        Assert.Null(new InterruptionReport().Describe([]));
    }

    [Fact]
    public void What_was_confirmed_without_a_word_is_told_too()
    {
        var report = new InterruptionReport();
        report.AddConfirmed(new BucketTarget("a"));

        Assert.Equal(
            "Interrupted. Confirmed but not reported: a; b. Failed: none. Sent, result unknown: none. Not sent: none.",
            report.Describe([Confirmed("b")]));
    }

    [Fact]
    public void Of_many_names_only_the_first_are_told()
    {
        string? report = new InterruptionReport().Describe(Enumerable.Range(1, 60).Select(i => Pending($"bucket-{i}")));

        Assert.Contains("bucket-50 and 10 more.", report, StringComparison.Ordinal);
        Assert.DoesNotContain("bucket-51", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_could_do_harm_on_a_screen_are_cleaned()
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
