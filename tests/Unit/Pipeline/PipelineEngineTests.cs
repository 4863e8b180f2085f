using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Pipeline;

/// <summary>The order of the output, and the work that runs in parallel.</summary>
public sealed class PipelineEngineTests
{
    private readonly ManualClock _clock = new();
    private readonly RecordingOutput _output = new();

    [Fact]
    public void Results_are_written_in_the_order_of_the_input()
    {
        using PipelineEngine engine = Engine();
        var gates = new TaskCompletionSource<object?>[4];
        for (int i = 0; i < gates.Length; i++)
        {
            TaskCompletionSource<object?> gate = gates[i] = NewGate();
            engine.Start(Target($"b{i}"), _ => gate.Task);
        }

        foreach (int i in new[] { 3, 1, 2, 0 })
        {
            gates[i].SetResult(i);
        }

        engine.Complete();

        Assert.Equal(["0", "1", "2", "3"], _output.Written);
    }

    [Fact]
    public void A_slow_first_item_delays_output_but_not_other_work()
    {
        using PipelineEngine engine = Engine(throttleLimit: 2);
        TaskCompletionSource<object?> head = NewGate();
        int ran = 0;
        engine.Start(Target("slow"), _ => head.Task);
        for (int i = 0; i < 100; i++)
        {
            int number = i;
            engine.Start(Target($"b{i}"), _ =>
            {
                Interlocked.Increment(ref ran);
                return Task.FromResult<object?>(number);
            });
        }

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref ran) == 100, Patience.Limit));
        Assert.Empty(_output.Written);
        head.SetResult("slow");
        engine.Complete();

        Assert.Equal(["slow", .. Enumerable.Range(0, 100).Select(i => $"{i}")], _output.Written);
    }

    [Fact]
    public void Failures_and_rejected_items_are_written_in_order()
    {
        using PipelineEngine engine = Engine();
        TaskCompletionSource<object?> first = NewGate();
        engine.Start(Target("a"), _ => first.Task);
        engine.Fail(Target("b"), new InvalidOperationException("not valid"));
        engine.Start(Target("c"), _ => Task.FromException<object?>(new InvalidOperationException("failed")));
        engine.Start(Target("d"), _ => throw new InvalidOperationException("failed at once"));
        engine.Start(Target("e"), _ => Task.FromResult<object?>(null));
        engine.Start(Target("f"), _ => Task.FromResult<object?>(new object[] { "f1", "f2" }));
        first.SetResult("a");

        engine.Complete();

        Assert.Equal(["a", "error b: not valid", "error c: failed", "error d: failed at once", "f1", "f2"], _output.Written);
    }

    [Fact]
    public void An_immediate_failure_is_written_immediately_if_it_is_first()
    {
        using PipelineEngine engine = Engine();

        engine.Fail(Target("a"), new InvalidOperationException("not valid"));

        Assert.Equal(["error a: not valid"], _output.Written);
    }

    [Fact]
    public void Traces_are_written_before_their_result()
    {
        using PipelineEngine engine = Engine(newTrace: () => new RequestTrace(wantsDebug: true));
        engine.Start(Target("a"), item =>
        {
            item.Trace!.Verbose("one");
            item.Trace.Debug("two");
            return Task.FromResult<object?>("a");
        });
        engine.Start(Target("b"), item =>
        {
            item.Trace!.Verbose("three");
            throw new InvalidOperationException("failed");
        });

        engine.Complete();

        Assert.Equal(["trace one", "debug two", "a", "trace three", "error b: failed"], _output.Written);
    }

    [Fact]
    public void The_number_of_started_items_is_bounded()
    {
        using PipelineEngine engine = Engine(throttleLimit: 256);
        TaskCompletionSource<object?> head = NewGate();
        engine.Start(Target("slow"), _ => head.Task);
        for (int i = 1; i < 4096; i++)
        {
            engine.Start(Target("b"), _ => Task.FromResult<object?>("b"));
        }

        Assert.Empty(_output.Written);
        using var timer = new Timer(
            _ => head.TrySetResult("slow"), null, TimeSpan.FromMilliseconds(500), Timeout.InfiniteTimeSpan);
        engine.Start(Target("last"), _ => Task.FromResult<object?>("last"));

        // There was no room for it before the head was out.
        Assert.True(head.Task.IsCompleted);
        engine.Complete();
        Assert.Equal(4097, _output.Written.Count);
        Assert.Equal(("slow", "last"), (_output.Written[0], _output.Written[^1]));
    }

    [Fact]
    public async Task The_size_of_the_results_that_wait_is_bounded()
    {
        // As many as are in a response of 1 MiB.
        const int Results = 16_000;
        object[] results = [.. Enumerable.Repeat<object>("result", Results)];
        using PipelineEngine engine = Engine(throttleLimit: 4);
        TaskCompletionSource<object?> head = NewGate();
        int started = 0;
        Task<int> release = Task.Run(async () =>
        {
            await Patience.UntilAsync(() => Volatile.Read(ref started) >= 5);

            // More of them start at once if there is no bound.
            await Task.Delay(300, TestContext.Current.CancellationToken);
            int before = Volatile.Read(ref started);
            head.SetResult("slow");
            return before;
        }, TestContext.Current.CancellationToken);

        engine.Start(Target("slow"), _ => head.Task);
        for (int i = 0; i < 100; i++)
        {
            engine.Start(Target("b"), async item =>
            {
                Interlocked.Increment(ref started);
                await item.WritePageAsync(results);
                return results;
            });
        }

        engine.Complete();
        Assert.Equal(1 + (100 * 2 * Results), _output.Written.Count);
        Assert.InRange(await release, 5, 20);
    }

    [Fact]
    public void Errors_and_traces_count_as_results_that_wait()
    {
        var trace = new RequestTrace(wantsDebug: true);
        trace.Debug(new string('x', 1000));

        Assert.Equal(0, new Outcome(null, null, null).Size);
        Assert.InRange(new Outcome("result", null, null).Size, 1, 1000);
        Assert.InRange(new Outcome(null, new InvalidOperationException(), null).Size, 1000, 10_000);
        Assert.InRange(new Outcome(null, null, trace).Size, 2000, 3000);
        Assert.InRange(
            new Outcome(new object[] { new Failure(Target("a"), new InvalidOperationException()), "b" }, null, null).Size,
            1000,
            10_000);
    }

    [Fact]
    public void Pages_are_written_before_their_listing_ends_and_before_later_items()
    {
        using PipelineEngine engine = Engine(newTrace: () => new RequestTrace(wantsDebug: false));
        TaskCompletionSource<object?> last = NewGate();
        var isFirstOut = new ManualResetEventSlim();
        engine.Start(Target("listing"), async item =>
        {
            item.Trace!.Verbose("page 1");
            await item.WritePageAsync(new object[] { "1a", "1b" });
            item.Trace!.Verbose("page 2");
            await item.WritePageAsync(new object[] { "2a" });
            isFirstOut.Set();
            item.Trace!.Verbose("page 3");
            await last.Task;
            return new object[] { "3a" };
        });
        engine.Start(Target("next"), _ => Task.FromResult<object?>("next"));

        // The waiting thread writes the second page long before the listing ends.
        _ = Task.Run(() => isFirstOut.Wait(Patience.Limit), TestContext.Current.CancellationToken)
            .ContinueWith(_ => last.SetResult(null), TaskScheduler.Default);
        engine.Complete();

        Assert.Equal(["trace page 1", "1a", "1b", "trace page 2", "2a", "trace page 3", "3a", "next"], _output.Written);
    }

    [Fact]
    public void A_listing_reads_only_a_few_pages_ahead_of_the_output()
    {
        using PipelineEngine engine = Engine(throttleLimit: 2);
        TaskCompletionSource<object?> head = NewGate();
        int pages = 0;
        engine.Start(Target("slow"), _ => head.Task);
        engine.Start(Target("listing"), async item =>
        {
            for (int page = 1; page <= 20; page++)
            {
                Volatile.Write(ref pages, page);
                await item.WritePageAsync(new object[] { page });
            }

            return null;
        });

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref pages) == 2, Patience.Limit));
        Thread.Sleep(100);
        Assert.Equal(2, Volatile.Read(ref pages));
        head.SetResult("slow");
        engine.Complete();
        Assert.Equal(["slow", .. Enumerable.Range(1, 20).Select(i => $"{i}")], _output.Written);
    }

    [Fact]
    public void A_failed_page_is_reported_after_the_pages_before_it()
    {
        using PipelineEngine engine = Engine();
        engine.Start(Target("listing"), async item =>
        {
            await item.WritePageAsync(new object[] { "1" });
            throw new InvalidOperationException("page 2 failed");
        });

        engine.Complete();

        Assert.Equal(["1", "error listing: page 2 failed"], _output.Written);
    }

    [Fact]
    public void Output_is_written_while_waiting_for_a_result()
    {
        using var isWritten = new ManualResetEventSlim();
        var output = new RecordingOutput { OnWrite = _ => isWritten.Set() };
        using var engine = new PipelineEngine(output, 4, isChanging: false, () => new RequestTrace(wantsDebug: false), _clock);
        engine.Start(Target("a"), _ => Task.FromResult<object?>("a"));

        int result = engine.Wait(Target("listing"), async item =>
        {
            item.Trace!.Verbose("listed");
            await Task.Run(() => Assert.True(isWritten.Wait(Patience.Limit)));
            return 7;
        });
        engine.Complete();

        Assert.Equal(7, result);
        Assert.Equal(["a", "trace listed"], output.Written);
    }

    [Fact]
    public void Waiting_for_a_result_throws_its_exception_after_its_trace()
    {
        using PipelineEngine engine = Engine(newTrace: () => new RequestTrace(wantsDebug: false));

        Assert.Throws<InvalidOperationException>(() => engine.Wait<int>(Target("listing"), item =>
        {
            item.Trace!.Verbose("listed");
            throw new InvalidOperationException();
        }));
        engine.Complete();

        Assert.Equal(["trace listed"], _output.Written);
    }

    [Fact]
    public void Changes_of_one_target_run_in_sequence_and_others_in_parallel()
    {
        using PipelineEngine engine = Engine(throttleLimit: 8, isChanging: true);
        TaskCompletionSource<object?> first = NewGate();
        var log = new List<string>();
        engine.Start(Target("a"), async _ =>
        {
            await first.Task;
            Log("a1");
            return null;
        });
        engine.Start(Target("a"), _ =>
        {
            Log("a2");
            return Task.FromResult<object?>(null);
        });
        engine.Start(Target("b"), _ =>
        {
            Log("b");
            first.SetResult(null);
            return Task.FromResult<object?>(null);
        });

        engine.Complete();

        Assert.Equal(["b", "a1", "a2"], log);

        void Log(string text)
        {
            lock (log)
            {
                log.Add(text);
            }
        }
    }

    [Fact]
    public void A_failed_change_does_not_block_the_next_change_of_its_target()
    {
        using PipelineEngine engine = Engine(isChanging: true);
        engine.Start(Target("a"), _ => Task.FromException<object?>(new InvalidOperationException("failed")));
        engine.Start(Target("a"), _ => Task.FromResult<object?>("a2"));

        engine.Complete();

        Assert.Equal(["error a: failed", "a2"], _output.Written);
    }

    [Fact]
    public void Progress_counts_targets_and_not_the_pages_of_a_listing()
    {
        using PipelineEngine engine = Engine();
        for (int i = 0; i < 10; i++)
        {
            engine.Wait(Target("listing"), _ => Task.FromResult(0));
            engine.Start(Target($"b{i}"), _ => Task.FromResult<object?>(null));
        }

        engine.Fail(Target("bad"), new InvalidOperationException("no"));
        engine.ExpectedTargets = 12;
        engine.WriteUntil(engine.Started);
        engine.Start(Target("slow"), async _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Patience.UntilAsync(() => !_output.Progress.IsEmpty);
            return null;
        });
        engine.Complete();

        Assert.Equal(("11 of 12 done, 1 failed", 91), Assert.Single(_output.Progress));
        Assert.True(_output.HasEndedProgress);
    }

    private static TaskCompletionSource<object?> NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static BucketTarget Target(string name) => new(name);

    private PipelineEngine Engine(int throttleLimit = 4, bool isChanging = false, Func<RequestTrace?>? newTrace = null) =>
        new(_output, throttleLimit, isChanging, newTrace ?? (() => null), _clock);
}
