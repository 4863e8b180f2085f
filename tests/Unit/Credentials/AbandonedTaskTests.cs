using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Credentials;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>A task that fails after the last wait for it raises no event for unobserved exceptions.</summary>
public sealed class AbandonedTaskTests : IDisposable
{
    private readonly string _failure = $"{Guid.NewGuid()}";
    private readonly ManualClock _clock = new();
    private bool _isReported;

    public AbandonedTaskTests()
    {
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    [Fact]
    public Task A_wait_that_ended_has_observed_its_task() => AssertObservedAsync(AbandonWait);

    [Fact]
    public Task A_renewal_in_the_background_is_observed() => AssertObservedAsync(AbandonRenewal);

    private async Task AssertObservedAsync(Func<WeakReference<Task>> abandon)
    {
        WeakReference<Task> task = abandon();
        await Patience.UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !task.TryGetTarget(out _);
        });
        Assert.False(_isReported);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<Task> AbandonWait()
    {
        var source = new TaskCompletionSource();
        Task<bool> wait = _clock.EndsWithinAsync(source.Task, TimeSpan.FromSeconds(1), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        SpinWait.SpinUntil(() => wait.IsCompleted);
        source.SetException(new InvalidOperationException(_failure));
        return new WeakReference<Task>(source.Task);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<Task> AbandonRenewal()
    {
        Task<OssCredentials> renewal = new CredentialCache(_clock).RenewAsync(
            null, () => throw new InvalidOperationException(_failure));
        SpinWait.SpinUntil(() => renewal.IsCompleted);
        return new WeakReference<Task>(renewal);
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) =>
        _isReported |= e.Exception.InnerException?.Message == _failure;
}
