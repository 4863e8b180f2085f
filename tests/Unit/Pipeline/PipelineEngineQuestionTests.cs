using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Commands;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests;

/// <summary>Questions in between: whose turn it is, on which thread, and about which values.</summary>
public sealed class PipelineEngineQuestionTests
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMilliseconds(300);

    private readonly RecordingOutput _output = new();
    private readonly List<string> _asked = [];

    [Fact]
    public void Questions_are_asked_in_the_order_of_the_input_on_the_thread_that_drives()
    {
        using PipelineEngine engine = Engine();
        int thread = Environment.CurrentManagedThreadId;
        TaskCompletionSource slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Start(Target("a"), async item =>
        {
            await slow.Task;
            return await item.AskAsync(() => Ask("a")) == true ? "a" : null;
        });
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
    public void Changes_that_were_agreed_to_run_side_by_side_while_others_are_asked_about()
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

                // None of them ends before all of them were asked about and sent.
                await Task.Run(() => Assert.True(allSent.Wait(Patience.Limit)));
                return name;
            });
        }

        engine.Complete();

        Assert.Equal(["b0", "b1", "b2", "b3"], _asked);
        Assert.Equal(_asked, _output.Written);
    }

    [Fact]
    public void After_a_no_or_a_failure_the_next_is_asked_about()
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
    public void A_question_that_throws_ends_the_work()
    {
        using PipelineEngine engine = Engine();

        Assert.Throws<InvalidOperationException>(() =>
        {
            engine.Start(Target("a"), async item => await item.AskAsync(() => throw new InvalidOperationException()));
            engine.Complete();
        });

        Assert.Equal("Interrupted. Confirmed but not reported: none. Failed: none. Sent, and perhaps done: none. Not sent: a.", engine.Abandon());
    }

    [Fact]
    public void Fresh_values_are_asked_about_once_and_read_once()
    {
        var values = new Values(1);

        Assert.Equal(["1"], Confirm(values, TimeSpan.FromMinutes(10), _ => true));
        Assert.Equal((1, 1), (values.Reads, values.Agreed));
    }

    [Fact]
    public void Values_that_grew_old_before_their_turn_are_read_again_before_they_are_asked_about()
    {
        var values = new Values(1);
        using PipelineEngine engine = Engine();
        using var isRead = new ManualResetEventSlim();
        engine.Start(Target("a"), async item => await item.AskAsync(() =>
        {
            // The user takes long over the one before, and meanwhile somebody else changes the limits.
            Assert.True(isRead.Wait(Patience.Limit));
            values.Present = 2;
            Thread.Sleep(MaximumAge + MaximumAge);
            return true;
        }));
        engine.Start(Target("b"), item => ConfirmAsync(item, values, MaximumAge, _ => true, isRead.Set));

        engine.Complete();

        Assert.Equal(["2"], _asked);
        Assert.Equal(2, values.Agreed);
    }

    [Fact]
    public void Values_that_grew_old_and_changed_while_the_question_stood_are_asked_about_again()
    {
        var values = new Values(1);

        List<string> asked = Confirm(values, MaximumAge, limit =>
        {
            if (limit == 1)
            {
                values.Present = 2;
                Thread.Sleep(MaximumAge + MaximumAge);
            }

            return true;
        });

        Assert.Equal(["1", "2"], asked.Distinct());
        Assert.Equal(2, values.Agreed);
    }

    [Fact]
    public void Values_that_grew_old_and_did_not_change_while_the_question_stood_are_not_asked_about_again()
    {
        var values = new Values(1);
        int questions = 0;

        Confirm(values, MaximumAge, _ =>
        {
            questions++;
            Thread.Sleep(MaximumAge + MaximumAge);
            return true;
        });

        Assert.Equal((1, 1), (questions, values.Agreed));
        Assert.True(values.Reads >= 2);
    }

    [Fact]
    public void A_slow_input_holds_up_no_question_beyond_its_next_record()
    {
        var values = new Values(1);
        using PipelineEngine engine = Engine();
        using var isRead = new ManualResetEventSlim();
        engine.Start(Target("a"), item => ConfirmAsync(item, values, MaximumAge, _ => true, isRead.Set));

        // The values are read, and grow old before this thread comes by again.
        Assert.True(isRead.Wait(Patience.Limit, TestContext.Current.CancellationToken));
        Thread.Sleep(MaximumAge + MaximumAge);
        engine.Start(Target("b"), _ => Task.FromResult<object?>("b"));

        Assert.Equal(1, values.Agreed ?? AgreedAfter(engine, values));
        Assert.True(values.Reads <= 3);
    }

    [Fact]
    public void Two_changes_of_one_target_are_asked_about_one_after_the_other_with_a_single_slot()
    {
        using var engine = new PipelineEngine(_output, throttleLimit: 1, isChanging: true, () => null);
        foreach (string name in new[] { "a", "a", "b" })
        {
            engine.Start(Target(name), async item => await item.AskAsync(() => Ask(name)) == true ? name : null);
        }

        engine.Complete();

        Assert.Equal(["a", "a", "b"], _asked);
        Assert.Equal(_asked, _output.Written);
    }

    [Fact]
    public void After_a_no_nothing_is_agreed_to()
    {
        var values = new Values(1);

        Confirm(values, TimeSpan.FromMinutes(10), _ => false);

        Assert.Null(values.Agreed);
    }

    private List<string> Confirm(Values values, TimeSpan maximumAge, Func<int, bool> confirm)
    {
        using PipelineEngine engine = Engine();
        engine.Start(Target("a"), item => ConfirmAsync(item, values, maximumAge, confirm, () => { }));
        engine.Complete();
        return _asked;
    }

    private async Task<object?> ConfirmAsync(
        WorkItem item, Values values, TimeSpan maximumAge, Func<int, bool> confirm, Action onRead)
    {
        QoSConfiguration? agreed = await Confirmation.AskAsync(
            item,
            () =>
            {
                Task<QoSConfiguration> read = Task.FromResult(values.Read());
                onRead();
                return read;
            },
            present =>
            {
                _asked.Add($"{Values.Of(present)}");
                return confirm(Values.Of(present));
            },
            maximumAge);
        values.Agreed = agreed is null ? null : Values.Of(agreed);
        return null;
    }

    /// <summary>What is agreed to may be noted just after the engine has gone on.</summary>
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

    private PipelineEngine Engine() => new(_output, throttleLimit: 8, isChanging: true, () => null);

    /// <summary>Limits that somebody else may change.</summary>
    private sealed class Values(int present)
    {
        internal volatile int Present = present;

        internal int Reads { get; private set; }

        internal int? Agreed { get; set; }

        internal static int Of(QoSConfiguration configuration) => configuration.Get("TotalUploadBandwidth");

        internal QoSConfiguration Read()
        {
            Reads++;
            int limit = Present;
            return new QoSConfiguration(_ => limit);
        }
    }
}
