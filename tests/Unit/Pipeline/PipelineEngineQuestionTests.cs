using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Pipeline;

/// <summary>Questions in between: whose turn it is, on which thread, and about which values.</summary>
public sealed class PipelineEngineQuestionTests
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(2);

    private readonly ManualClock _clock = new();
    private readonly RecordingOutput _output = new();
    private readonly List<string> _asked = [];

    [Fact]
    public void Confirmations_are_requested_in_input_order_on_the_pipeline_thread()
    {
        using PipelineEngine engine = Engine();
        int thread = Environment.CurrentManagedThreadId;
        TaskCompletionSource slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StartAsking(engine, slow.Task, () => Ask("a"));
        foreach (string name in new[] { "b", "c" })
        {
            engine.Start(Target(name), async item =>
            {
                Task<bool?> answer = item.AskAsync(() =>
                {
                    Assert.Equal(thread, Environment.CurrentManagedThreadId);
                    return Ask(name);
                });
                slow.TrySetResult();
                return await answer == true ? name : null;
            });
        }

        engine.Complete();

        Assert.Equal(["a", "b", "c"], _asked);
        Assert.Equal(["a", "b", "c"], _output.Written);
    }

    [Fact]
    public void Confirmed_changes_run_in_parallel_while_others_are_confirmed()
    {
        using PipelineEngine engine = Engine();
        using var allSent = new CountdownEvent(4);
        for (int i = 0; i < 4; i++)
        {
            string name = $"b{i}";
            engine.Start(Target(name), async item =>
            {
                await item.AskAsync(() => Ask(name));
                item.MarkSent();
                allSent.Signal();

                // They end only after all of them were confirmed and sent.
                await Task.Run(() => Assert.True(allSent.Wait(Patience.Limit)));
                return name;
            });
        }

        engine.Complete();

        Assert.Equal(["b0", "b1", "b2", "b3"], _asked);
        Assert.Equal(_asked, _output.Written);
    }

    [Fact]
    public void After_a_no_or_a_failure_the_next_change_is_confirmed()
    {
        using PipelineEngine engine = Engine();
        engine.Start(Target("a"), async item => await item.AskAsync(() => !Ask("a")) == true ? "a" : null);
        engine.Start(Target("b"), _ => Task.FromException<object?>(new InvalidOperationException("failed")));
        engine.Start(Target("c"), async item => await item.AskAsync(() => Ask("c")) == true ? "c" : null);

        engine.Complete();

        Assert.Equal(["a", "c"], _asked);
        Assert.Equal(["error b: failed", "c"], _output.Written);
    }

    [Fact]
    public void A_confirmation_that_throws_ends_the_work()
    {
        using PipelineEngine engine = Engine();

        Assert.Throws<InvalidOperationException>(() =>
        {
            engine.Start(Target("a"), async item => await item.AskAsync(() => throw new InvalidOperationException()));
            engine.Complete();
        });

        Assert.Equal("Interrupted. Confirmed but not reported: none. Failed: none. Sent, result unknown: none. Not sent: a.", engine.Abandon([], isPiped: false));
    }

    [Fact]
    public void Recent_values_are_confirmed_once_and_read_once()
    {
        var values = new Values(1);

        Assert.Equal(["1"], Confirm(values, _ => true));
        Assert.Equal((1, 1), (values.Reads, values.Agreed));
    }

    [Fact]
    public void Values_of_two_seconds_are_recent()
    {
        var values = new Values(1);

        Confirm(values, _ =>
        {
            values.Present = 2;
            _clock.Advance(MaximumAge);
            return true;
        });

        Assert.Equal((1, 1), (values.Reads, values.Agreed));
    }

    [Fact]
    public void Outdated_values_are_read_again_before_confirmation()
    {
        var values = new Values(1);
        using PipelineEngine engine = Engine();
        int readings = _clock.Readings;
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StartAsking(engine, started.Task, () =>
        {
            // The user confirms the previous change late, and meanwhile another client changes the limits.
            GrowOldOnceRead(readings);
            values.Present = 2;
            return true;
        });
        engine.Start(Target("b"), item => ConfirmAsync(item, values, _ => true));
        started.SetResult();

        engine.Complete();

        Assert.Equal(["2"], _asked);
        Assert.Equal(2, values.Agreed);
    }

    [Fact]
    public async Task A_change_keeps_what_another_client_set_while_it_waited()
    {
        await using OssEmulator emulator =
            await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        OssClient client = Clients.For(emulator.State);
        OssLocation location = Clients.At(emulator.HttpEndpoint);
        using var engine =
            new PipelineEngine(new RecordingOutput(), throttleLimit: 8, isChanging: true, () => null, _clock);
        int readings = _clock.Readings;
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StartAsking(engine, started.Task, () =>
        {
            GrowOldOnceRead(readings);
            emulator.State.Buckets[Clients.Bucket].Requesters.Set("300100", new(10, -1, -1, 50, -1, -1));
            return true;
        });
        engine.Start(Target("b"), async item =>
        {
            QoSConfiguration? present = await Confirmation.AskAsync(
                item,
                async () => (await client.GetQoSAsync(location, "300100")).Configuration,
                _ => true,
                (before, now) => before.HasSameLimits(now),
                _clock);
            QoSConfiguration changed = new QoSChanges { ["TotalUploadBandwidth"] = 7 }.AppliedTo(present!);
            return await client.PutQoSAsync(location, "300100", changed);
        });
        started.SetResult();

        engine.Complete();

        QoSConfiguration limits = (await client.GetQoSAsync(location, "300100")).Configuration;
        Assert.Equal((7, 50), (limits.Get("TotalUploadBandwidth"), limits.Get("TotalDownloadBandwidth")));
    }

    [Fact]
    public void Values_that_changed_during_the_confirmation_are_confirmed_again()
    {
        var values = new Values(1);

        List<string> asked = Confirm(values, limit =>
        {
            if (limit == 1)
            {
                values.Present = 2;
                GrowOld();
            }

            return true;
        });

        Assert.Equal(["1", "2"], asked);
        Assert.Equal(2, values.Agreed);
    }

    [Fact]
    public void Values_that_did_not_change_during_the_confirmation_are_not_confirmed_again()
    {
        var values = new Values(1);
        int questions = 0;

        Confirm(values, _ =>
        {
            questions++;
            GrowOld();
            return true;
        });

        Assert.Equal((1, 1, 2), (questions, values.Agreed, values.Reads));
    }

    [Fact]
    public void A_slow_input_delays_a_confirmation_by_at_most_one_record()
    {
        var values = new Values(1);
        using PipelineEngine engine = Engine();
        int readings = _clock.Readings;
        engine.Start(Target("a"), item => ConfirmAsync(item, values, _ => true));

        // The values are read, and become outdated before this thread continues.
        GrowOldOnceRead(readings);
        engine.Start(Target("b"), _ => Task.FromResult<object?>("b"));

        Assert.Equal(1, values.Agreed ?? AgreedAfter(engine, values));
        Assert.InRange(values.Reads, 1, 2);
    }

    [Fact]
    public void Two_changes_of_one_target_are_confirmed_in_sequence_with_a_single_slot()
    {
        using var engine = new PipelineEngine(_output, throttleLimit: 1, isChanging: true, () => null, _clock);
        foreach (string name in new[] { "a", "a", "b" })
        {
            engine.Start(Target(name), async item => await item.AskAsync(() => Ask(name)) == true ? name : null);
        }

        engine.Complete();

        Assert.Equal(["a", "a", "b"], _asked);
        Assert.Equal(_asked, _output.Written);
    }

    [Fact]
    public void After_a_no_nothing_is_confirmed()
    {
        var values = new Values(1);

        Confirm(values, _ => false);

        Assert.Null(values.Agreed);
    }

    /// <summary>Starts a change of "a" that asks after another task has ended.</summary>
    private static void StartAsking(PipelineEngine engine, Task before, Func<bool?> ask) =>
        engine.Start(Target("a"), async item =>
        {
            await before;
            return await item.AskAsync(ask) == true ? "a" : null;
        });

    private List<string> Confirm(Values values, Func<int, bool> confirm)
    {
        using PipelineEngine engine = Engine();
        engine.Start(Target("a"), item => ConfirmAsync(item, values, confirm));
        engine.Complete();
        return _asked;
    }

    private async Task<object?> ConfirmAsync(WorkItem item, Values values, Func<int, bool> confirm)
    {
        QoSConfiguration? agreed = await Confirmation.AskAsync(
            item,
            () => Task.FromResult(values.Read()),
            present =>
            {
                _asked.Add($"{Values.Of(present)}");
                return confirm(Values.Of(present));
            },
            (before, now) => before.HasSameLimits(now),
            _clock);
        values.Agreed = agreed is null ? null : Values.Of(agreed);
        return null;
    }

    /// <summary>Waits until the values were read, which the clock is looked at after, and lets them grow old.</summary>
    private void GrowOldOnceRead(int readings)
    {
        Assert.True(SpinWait.SpinUntil(() => _clock.Readings > readings, Patience.Limit));
        GrowOld();
    }

    private void GrowOld() => _clock.Advance(MaximumAge + TimeSpan.FromTicks(1));

    /// <summary>A confirmation may be recorded just after the engine continued.</summary>
    private static int? AgreedAfter(PipelineEngine engine, Values values)
    {
        engine.WriteUntil(1);
        return values.Agreed;
    }

    private bool Ask(string name)
    {
        _asked.Add(name);
        return true;
    }

    private static BucketTarget Target(string name) => new(name);

    private PipelineEngine Engine() => new(_output, throttleLimit: 8, isChanging: true, () => null, _clock);

    /// <summary>Limits that another client may change.</summary>
    private sealed class Values(int present)
    {
        internal volatile int Present = present;

        internal int Reads { get; private set; }

        internal int? Agreed { get; set; }

        internal static int Of(QoSConfiguration configuration) => (int)configuration.Get("TotalUploadBandwidth");

        internal QoSConfiguration Read()
        {
            Reads++;
            int limit = Present;
            return new QoSChanges { ["TotalUploadBandwidth"] = limit }.AppliedTo(QoSConfiguration.Unlimited);
        }
    }
}
