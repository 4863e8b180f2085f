using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Pipeline;

/// <summary>Work on the same target waits for the work before it, and ended work is not kept.</summary>
public sealed class KeyedSequencerTests
{
    private const int ManyKeys = 1024;

    private readonly KeyedSequencer _sequencer = new();

    [Fact]
    public void Work_waits_for_the_work_before_it_with_the_same_key()
    {
        Task first = new TaskCompletionSource().Task;
        Task second = new TaskCompletionSource().Task;

        Assert.True(_sequencer.Queue("a", first).IsCompleted);
        Assert.Same(first, _sequencer.Queue("a", second));
        Assert.Same(second, _sequencer.Queue("a", Task.CompletedTask));
    }

    [Fact]
    public void Work_does_not_wait_for_another_key()
    {
        _sequencer.Queue("a", new TaskCompletionSource().Task);

        Assert.True(_sequencer.Queue("b", Task.CompletedTask).IsCompleted);
        Assert.True(_sequencer.Queue("A", Task.CompletedTask).IsCompleted);
    }

    [Fact]
    public void Ended_work_is_not_kept_beyond_many_keys()
    {
        WeakReference<Task> first = QueueEnded();
        for (int number = 1; number < ManyKeys; number++)
        {
            _sequencer.Queue($"{number}", Task.CompletedTask);
        }

        Assert.True(IsKept(first));

        _sequencer.Queue("one more", Task.CompletedTask);

        Assert.False(IsKept(first));
    }

    [Fact]
    public void Running_work_is_kept_beyond_many_keys()
    {
        Task running = new TaskCompletionSource().Task;
        _sequencer.Queue("running", running);
        for (int number = 0; number < 2 * ManyKeys; number++)
        {
            _sequencer.Queue($"{number}", Task.CompletedTask);
        }

        Assert.Same(running, _sequencer.Queue("running", Task.CompletedTask));
    }

    // In a method of its own, so that no local variable keeps the task.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<Task> QueueEnded()
    {
        var ended = new TaskCompletionSource();
        ended.SetResult();
        _sequencer.Queue("ended", ended.Task);
        return new WeakReference<Task>(ended.Task);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsKept(WeakReference<Task> task)
    {
        GC.Collect();
        return task.TryGetTarget(out _);
    }
}
