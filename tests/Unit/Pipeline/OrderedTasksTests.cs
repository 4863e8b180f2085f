using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Pipeline;

public sealed class OrderedTasksTests
{
    private const string Any = "any";

    /// <summary>The time in which a race is searched for.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 4)]
    [InlineData(2, 0)]
    [InlineData(16, 0)]
    [InlineData(16, 4)]
    [InlineData(256, 4)]
    public void Results_have_the_order_in_which_tasks_started(int limit, int ahead)
    {
        List<int> results = RunAll(limit, ahead, 2000, async i =>
        {
            for (int yields = i * 7 % 5; yields > 0; yields--)
            {
                await Task.Yield();
            }

            return i;
        });

        Assert.Equal(Enumerable.Range(0, 2000), results);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 4)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(16, 4)]
    public void No_more_than_the_limit_runs_at_once_and_the_limit_is_reached(int limit, int ahead)
    {
        int running = 0;
        int most = 0;
        int arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        RunAll(limit, ahead, 200, async i =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (i < limit)
            {
                // The first ones wait for each other, so they end only if all of them run in parallel.
                if (Interlocked.Increment(ref arrived) == limit)
                {
                    all.SetResult();
                }

                await all.Task;
            }

            await Task.Yield();
            return Interlocked.Decrement(ref running);
        });

        Assert.Equal(limit, most);
    }

    [Fact]
    public void A_slow_first_task_delays_results_but_not_other_slots()
    {
        for (var time = Stopwatch.StartNew(); time.Elapsed < Busy;)
        {
            var head = new TaskCompletionSource<int>();
            var tasks = new OrderedTasks<string, int>(2, ahead: 0);
            tasks.Start(Any, () => head.Task);
            for (int i = 1; i <= 500; i++)
            {
                int number = i;
                WaitForRoom(tasks);
                tasks.Start(Any, () => Task.FromResult(number));
                Assert.False(tasks.TryPeek(out _));
            }

            head.SetResult(0);

            Assert.Equal(Enumerable.Range(0, 501), TakeAll(tasks));
        }
    }

    [Fact]
    public void Results_waiting_for_a_slow_first_task_are_bounded()
    {
        var head = new TaskCompletionSource<int>();
        var tasks = new OrderedTasks<string, int>(10_000, ahead: 0);
        tasks.Start(Any, () => head.Task);
        for (int started = 1; started < 4096; started++)
        {
            Assert.True(tasks.HasRoom);
            tasks.Start(Any, () => Task.FromResult(1));
        }

        Assert.False(tasks.HasRoom);
        head.SetResult(0);
        Assert.Equal(4096, TakeAll(tasks).Count);
        Assert.True(tasks.HasRoom);
    }

    [Fact]
    public void No_wake_up_is_lost()
    {
        int limit = 0;
        for (var time = Stopwatch.StartNew(); time.Elapsed < Busy;)
        {
            limit = 1 + (limit % 4);

            Assert.Equal(8, RunAll(limit, limit % 3, 8, i => i % 2 == 0 ? Task.FromResult(i) : YieldAsync(i)).Count);
        }

        static async Task<int> YieldAsync(int i)
        {
            await Task.Yield();
            return i;
        }
    }

    [Fact]
    public void Work_started_ahead_runs_without_the_consuming_thread()
    {
        var gates = new TaskCompletionSource<int>[4];
        var begun = new CountdownEvent(4);
        var tasks = new OrderedTasks<string, int>(1, ahead: 3);
        for (int i = 0; i < 4; i++)
        {
            TaskCompletionSource<int> gate = gates[i] = new();
            Assert.True(tasks.HasRoom);
            tasks.Start(Any, () =>
            {
                begun.Signal();
                return gate.Task;
            });
        }

        Assert.False(tasks.HasRoom);
        Assert.False(tasks.HasFreeSlot);
        for (int i = 0; i < 4; i++)
        {
            // One begins when the one before it has ended, and no sooner.
            Assert.True(SpinWait.SpinUntil(() => begun.CurrentCount == 3 - i, Patience.Limit));
            gates[i].SetResult(i);
        }

        Assert.Equal([0, 1, 2, 3], TakeAll(tasks));
        Assert.True(tasks.HasFreeSlot);
    }

    [Fact]
    public void Work_ahead_continues_after_a_failure()
    {
        var tasks = new OrderedTasks<string, int>(1, ahead: 3);
        tasks.Start(Any, () => Task.FromException<int>(new InvalidOperationException("first")));
        tasks.Start(Any, () => throw new InvalidOperationException("second"));
        tasks.Start(Any, () => Task.FromCanceled<int>(new CancellationToken(canceled: true)));
        tasks.Start(Any, () => Task.FromResult(4));

        Assert.Equal("first", Assert.Throws<InvalidOperationException>(() => Take(tasks)).Message);
        Assert.Equal("second", Assert.Throws<InvalidOperationException>(() => Take(tasks)).Message);
        Assert.ThrowsAny<OperationCanceledException>(() => Take(tasks));
        Assert.Equal(4, Take(tasks));
    }

    [Fact]
    public void An_exception_is_delivered_in_order()
    {
        var tasks = new OrderedTasks<string, int>(4, ahead: 0);
        tasks.Start(Any, () => Task.FromResult(1));
        tasks.Start(Any, () => Task.FromException<int>(new InvalidOperationException("second")));
        tasks.Start(Any, () => Task.FromResult(3));

        Assert.Equal(1, Take(tasks));
        Assert.Equal("second", Assert.Throws<InvalidOperationException>(() => Take(tasks)).Message);
        Assert.Equal(3, Take(tasks));
        Assert.True(tasks.IsEmpty);
    }

    [Fact]
    public void Work_that_was_started_and_not_consumed_is_known()
    {
        var never = new TaskCompletionSource<int>();
        var tasks = new OrderedTasks<string, int>(4, ahead: 0);
        tasks.Start("a", () => Task.FromResult(1));
        tasks.Start("b", () => never.Task);
        tasks.Start("c", () => Task.FromResult(3));

        Assert.Equal("a", tasks.Head);
        Assert.Equal(1, Take(tasks));
        Assert.Equal("b", tasks.Head);
        Assert.Equal(["b", "c"], tasks.Waiting.Select(waiting => waiting.Subject));
    }

    [Fact]
    public void A_wait_ends_after_its_timeout()
    {
        var never = new TaskCompletionSource<int>();
        var tasks = new OrderedTasks<string, int>(1, ahead: 0);
        tasks.Start(Any, () => never.Task);
        using var patience = new CancellationTokenSource(Patience.Limit);

        tasks.WaitForOne(TimeSpan.FromMilliseconds(50), patience.Token);

        Assert.False(tasks.HasRoom);
    }

    [Fact]
    public void A_wait_ends_when_other_work_has_finished()
    {
        var never = new TaskCompletionSource<int>();
        var tasks = new OrderedTasks<string, int>(1, ahead: 0);
        tasks.Start(Any, () => never.Task);
        tasks.WakeAfter(Task.Run(() => 1, TestContext.Current.CancellationToken));
        using var patience = new CancellationTokenSource(Patience.Limit);

        tasks.WaitForOne(Timeout.InfiniteTimeSpan, patience.Token);

        Assert.False(tasks.HasRoom);
    }

    [Fact]
    public void A_wait_ends_when_it_is_signaled_even_before_it_began()
    {
        var tasks = new OrderedTasks<string, int>(1, ahead: 0);
        using var patience = new CancellationTokenSource(Patience.Limit);
        tasks.Wake();
        tasks.Wake();

        tasks.WaitForOne(Timeout.InfiniteTimeSpan, patience.Token);
        tasks.WaitForOne(Timeout.InfiniteTimeSpan, patience.Token);

        Assert.False(patience.IsCancellationRequested);
    }

    [Fact]
    public void Waiting_can_be_cancelled()
    {
        var never = new TaskCompletionSource<int>();
        var tasks = new OrderedTasks<string, int>(1, ahead: 0);
        tasks.Start(Any, () => never.Task);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => tasks.WaitForOne(Timeout.InfiniteTimeSpan, cancellation.Token));
        Assert.False(tasks.HasRoom);
        Assert.False(tasks.IsEmpty);
    }

    [Fact]
    public void Without_started_work_there_is_no_result()
    {
        var tasks = new OrderedTasks<string, int>(1, ahead: 0);

        Assert.True(tasks.IsEmpty);
        Assert.True(tasks.HasRoom);
        Assert.False(tasks.TryPeek(out _));
        Assert.Null(tasks.Head);
    }

    // As the cmdlets do: start work while there is a free slot, and take finished results.
    private static List<int> RunAll(int limit, int ahead, int count, Func<int, Task<int>> work)
    {
        var tasks = new OrderedTasks<string, int>(limit, ahead);
        var results = new List<int>(count);
        using var patience = new CancellationTokenSource(Patience.Limit);
        for (int i = 0; i < count; i++)
        {
            int number = i;
            while (!tasks.HasRoom)
            {
                TakeOrWait(tasks, results, patience.Token);
            }

            tasks.Start(Any, () => work(number));
        }

        while (!tasks.IsEmpty)
        {
            TakeOrWait(tasks, results, patience.Token);
        }

        return results;
    }

    private static void TakeOrWait(OrderedTasks<string, int> tasks, List<int> results, CancellationToken cancellation)
    {
        if (TryTake(tasks, out int result))
        {
            results.Add(result);
        }
        else
        {
            tasks.WaitForOne(Timeout.InfiniteTimeSpan, cancellation);
        }
    }

    private static void WaitForRoom(OrderedTasks<string, int> tasks)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (!tasks.HasRoom)
        {
            tasks.WaitForOne(Timeout.InfiniteTimeSpan, patience.Token);
        }
    }

    private static List<int> TakeAll(OrderedTasks<string, int> tasks)
    {
        var results = new List<int>();
        while (!tasks.IsEmpty)
        {
            results.Add(Take(tasks));
        }

        return results;
    }

    private static int Take(OrderedTasks<string, int> tasks)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        int result;
        while (!TryTake(tasks, out result))
        {
            tasks.WaitForOne(Timeout.InfiniteTimeSpan, patience.Token);
        }

        return result;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            seen = before == seen ? value : before;
        }
    }

    private static bool TryTake(OrderedTasks<string, int> tasks, out int result)
    {
        try
        {
            if (!tasks.TryPeek(out result))
            {
                return false;
            }
        }
        catch (Exception)
        {
            tasks.Remove();
            throw;
        }

        tasks.Remove();
        return true;
    }
}
