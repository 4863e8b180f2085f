using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Pipeline;
using OssPayment.Time;
using Xunit;

namespace OssPayment.Tests.Pipeline;

/// <summary>The effect of a stop in each state, and the report.</summary>
public sealed class PipelineEngineStopTests
{
    private const string Nothing =
        "Interrupted. Confirmed but not reported: none. Failed: none. Sent, result unknown: none. Not sent: none.";

    private const string Advice = " Check these with the matching Get- cmdlet.";

    [Fact]
    public void A_stop_before_the_start_begins_no_work()
    {
        using PipelineEngine engine = Engine();
        bool hasBegun = false;
        engine.Stop();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            engine.Start(Target("a"), _ =>
            {
                hasBegun = true;
                return Task.FromResult<object?>(null);
            });
            engine.Complete();
        });
        Assert.False(hasBegun);
        Assert.Equal(Nothing.Replace("sent: none", "sent: a", StringComparison.Ordinal), engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void A_stop_cancels_work_in_flight_whose_result_is_unknown()
    {
        using PipelineEngine engine = Engine();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            engine.Start(Target("a"), item =>
            {
                item.MarkSent();
                engine.Stop();
                return HangAsync(item, isSent: true);
            });
            engine.Complete();
        });
        Assert.True(engine.IsStopping);
        Assert.Equal(Nothing.Replace("unknown: none", "unknown: a", StringComparison.Ordinal) + Advice, engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void A_stop_at_an_open_confirmation_sends_nothing()
    {
        using PipelineEngine engine = Engine();
        using var isWaiting = new ManualResetEventSlim();
        bool wasAsked = false;

        // It never requests confirmation, so that the confirmation after it stays open.
        engine.Start(Target("a"), item => HangAsync(item, isSent: false));
        engine.Start(Target("b"), async item =>
        {
            Task<bool?> answer = item.AskAsync(() => wasAsked = true);
            isWaiting.Set();
            return await answer;
        });
        Assert.True(isWaiting.Wait(Patience.Limit, TestContext.Current.CancellationToken));
        engine.Stop();

        Assert.ThrowsAny<OperationCanceledException>(engine.Complete);
        Assert.False(wasAsked);
        Assert.Equal(Nothing.Replace("sent: none", "sent: a; b", StringComparison.Ordinal), engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void A_stop_during_a_confirmation_sends_nothing()
    {
        using PipelineEngine engine = Engine();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            engine.Start(Target("a"), async item =>
            {
                await item.AskAsync(() =>
                {
                    engine.Stop();
                    return true;
                });
                item.MarkSent();
                return "a";
            });
            engine.Complete();
        });
        Assert.Equal(Nothing.Replace("sent: none", "sent: a", StringComparison.Ordinal), engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void A_stop_between_pages_ends_the_listing()
    {
        var output = new RecordingOutput();
        using var engine = new PipelineEngine(output, 4, isChanging: false, () => null, Clock.System);
        using var hasEnded = new ManualResetEventSlim();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            engine.Start(Target("listing"), async item =>
            {
                try
                {
                    for (int page = 1; ; page++)
                    {
                        if (page == 3)
                        {
                            engine.Stop();
                        }

                        await item.WritePageAsync(new object[] { page });
                    }
                }
                finally
                {
                    hasEnded.Set();
                }
            });
            engine.Complete();
        });
        Assert.True(hasEnded.Wait(Patience.Limit, TestContext.Current.CancellationToken));
        Assert.InRange(output.Written.Count, 1, 3);
        Assert.Null(engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void A_stop_reports_waiting_results_as_confirmed_or_failed()
    {
        // With two slots, of which the first piece of work keeps one, the last begins when those between have ended.
        using PipelineEngine engine = Engine(throttleLimit: 2);
        using var isSent = new ManualResetEventSlim();
        engine.Start(Target("a"), item =>
        {
            Task<object?> hanging = HangAsync(item, isSent: true);
            isSent.Set();
            return hanging;
        });
        Assert.True(isSent.Wait(Patience.Limit, TestContext.Current.CancellationToken));
        engine.Start(Target("b"), Sent("b"));
        engine.Start(Target("c"), item =>
        {
            item.MarkSent();
            throw new InvalidOperationException("failed");
        });
        engine.Fail(Target("d"), new InvalidOperationException("not valid"));
        engine.Start(Target("e"), item => HangAsync(item, isSent: false));
        engine.Stop();

        Assert.ThrowsAny<OperationCanceledException>(engine.Complete);
        Assert.Equal(
            "Interrupted. Confirmed but not reported: b. Failed: c; d. Sent, result unknown: a. Not sent: e." + Advice,
            engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void A_stop_ends_the_wait_for_a_free_slot()
    {
        using PipelineEngine engine = Engine(throttleLimit: 1);
        engine.Start(Target("a"), item => HangAsync(item, isSent: true));
        using var timer = new Timer(_ => engine.Stop(), null, TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);

        Assert.ThrowsAny<OperationCanceledException>(() => engine.Start(Target("b"), Sent("b")));
    }

    [Fact]
    public void A_stop_ends_the_wait_for_a_result()
    {
        using PipelineEngine engine = Engine();
        using var timer = new Timer(_ => engine.Stop(), null, TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);

        Assert.ThrowsAny<OperationCanceledException>(() => engine.Wait(Target("a"), async item =>
        {
            await Task.Delay(Timeout.Infinite, item.Stopping);
            return 1;
        }));
    }

    [Fact]
    public void A_stop_before_the_second_change_of_a_target_does_not_send_it()
    {
        using PipelineEngine engine = Engine();
        bool hasBegun = false;
        using var isSent = new ManualResetEventSlim();
        engine.Start(Target("a"), item =>
        {
            Task<object?> hang = HangAsync(item, isSent: true);
            isSent.Set();
            return hang;
        });
        engine.Start(Target("a"), _ =>
        {
            hasBegun = true;
            return Task.FromResult<object?>(null);
        });
        Assert.True(isSent.Wait(Patience.Limit, TestContext.Current.CancellationToken));
        engine.Stop();

        Assert.ThrowsAny<OperationCanceledException>(engine.Complete);
        Assert.False(hasBegun);
        Assert.EndsWith("Not sent: a." + Advice, engine.Abandon([], isPiped: false), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_stop_no_confirmation_is_requested()
    {
        using PipelineEngine engine = Engine();
        WorkItem? asking = null;
        bool wasAsked = false;
        engine.Start(Target("a"), item =>
        {
            asking = item;
            return HangAsync(item, isSent: false);
        });
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref asking) is not null, Patience.Limit));
        Task<bool?> answer = asking!.AskAsync(() => wasAsked = true);
        engine.Stop();

        Assert.True(asking.TryAnswer());
        Assert.False(wasAsked);
        Assert.True(answer.IsCanceled || !answer.IsCompleted);
    }

    [Fact]
    public void A_stop_is_reported_once()
    {
        using PipelineEngine engine = Engine();
        engine.Start(Target("a"), item => HangAsync(item, isSent: false));

        Assert.NotNull(engine.Abandon([], isPiped: false));
        Assert.Null(engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void Changes_confirmed_without_output_are_reported_if_the_input_ends_early()
    {
        using PipelineEngine engine = Engine();
        engine.Start(Target("a"), Sent(null));
        engine.Start(Target("b"), Sent("b"));
        engine.Start(Target("c"), _ => Task.FromResult<object?>(null));
        engine.WriteUntil(3);

        Assert.Equal(Nothing.Replace("reported: none", "reported: a", StringComparison.Ordinal), engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void Completed_work_has_no_report()
    {
        using PipelineEngine engine = Engine();
        engine.Start(Target("a"), Sent(null));
        engine.Complete();

        Assert.Null(engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void An_output_that_throws_ends_the_work_and_its_item_counts_as_written()
    {
        var output = new RecordingOutput { OnWrite = _ => throw new InvalidOperationException("closed") };
        using PipelineEngine engine = Engine(output);
        Assert.Throws<InvalidOperationException>(() =>
        {
            engine.Start(Target("a"), Sent("a"));
            engine.Complete();
        });

        Assert.Null(engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void The_outcome_after_a_trace_that_cannot_be_written_is_reported()
    {
        var output = new RecordingOutput { OnWrite = _ => throw new InvalidOperationException("stopped") };
        using var engine = new PipelineEngine(output, 4, isChanging: true, () => new RequestTrace(wantsDebug: false), Clock.System);

        Assert.Throws<InvalidOperationException>(() =>
        {
            engine.Start(Target("a"), item =>
            {
                item.Trace!.Verbose("sent");
                item.MarkSent();
                return Task.FromResult<object?>(null);
            });
            engine.Complete();
        });

        Assert.Equal(Nothing.Replace("reported: none", "reported: a", StringComparison.Ordinal), engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void Disposing_the_engine_cancels_its_work()
    {
        PipelineEngine engine = Engine();
        CancellationToken stopping = default;
        using var hasBegun = new ManualResetEventSlim();
        engine.Start(Target("a"), async item =>
        {
            stopping = item.Stopping;
            hasBegun.Set();
            await Task.Delay(Timeout.Infinite, item.Stopping);
            return null;
        });
        Assert.True(hasBegun.Wait(Patience.Limit, TestContext.Current.CancellationToken));

        engine.Dispose();

        Assert.True(stopping.IsCancellationRequested);
    }

    [Fact]
    public void A_fatal_error_waits_for_the_changes_that_were_sent()
    {
        var refusal = new OssServiceException("InvalidAccessKeyId", "No such key.", 403, new Uri("http://localhost"))
        {
            ConcernsAll = true,
        };
        var isSent = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new RecordingOutput { OnWrite = _ => throw new InvalidOperationException("terminated") };
        using PipelineEngine engine = Engine(output);
        engine.Start(Target("a"), async _ =>
        {
            await isSent.Task;
            throw refusal;
        });
        engine.Start(Target("b"), async item =>
        {
            item.MarkSent();
            isSent.SetResult(null);
            await Task.Delay(100);
            return "b";
        });

        var e = Assert.Throws<InvalidOperationException>(engine.Complete);

        Assert.Equal("terminated", e.Message);
        Assert.Equal(Nothing.Replace("reported: none", "reported: b", StringComparison.Ordinal), engine.Abandon([], isPiped: false));
    }

    private static async Task<object?> HangAsync(WorkItem item, bool isSent)
    {
        if (isSent)
        {
            item.MarkSent();
        }

        await Task.Delay(Timeout.Infinite, item.Stopping);
        return null;
    }

    private static Func<WorkItem, Task<object?>> Sent(string? result) => item =>
    {
        item.MarkSent();
        return Task.FromResult<object?>(result);
    };

    private static BucketTarget Target(string name) => new(name);

    private static PipelineEngine Engine(RecordingOutput? output = null, int throttleLimit = 8) =>
        new(output ?? new RecordingOutput(), throttleLimit, isChanging: true, () => null, Clock.System);
}
