using System;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Pipeline;

/// <summary>When progress is shown, and what it says.</summary>
public sealed class WorkProgressTests
{
    private readonly ManualClock _clock = new();
    private readonly WorkProgress _progress;

    public WorkProgressTests()
    {
        _progress = new WorkProgress(_clock);
    }

    [Fact]
    public void Progress_is_shown_after_a_second_and_then_every_400_milliseconds()
    {
        AddStarted(6);

        Assert.False(IsShownAfter(milliseconds: 999));
        Assert.False(_progress.IsShown);
        Assert.True(IsShownAfter(milliseconds: 1));
        Assert.True(_progress.IsShown);
        Assert.False(IsShownAfter(milliseconds: 399));
        Assert.True(IsShownAfter(milliseconds: 1));
        Assert.True(IsShownAfter(milliseconds: 10_000));
        Assert.False(IsShownAfter(milliseconds: 399));
    }

    [Fact]
    public void Progress_is_not_shown_for_five_targets()
    {
        AddStarted(5);

        Assert.False(IsShownAfter(milliseconds: 3_600_000));
        Assert.False(_progress.IsShown);
        AddStarted(1);
        Assert.True(IsShownAfter(milliseconds: 0));
    }

    [Fact]
    public void Progress_shows_no_total_while_it_is_unknown()
    {
        AddStarted(6);
        _progress.AddDone(hasFailed: true);
        _progress.AddDone(hasFailed: false);

        AssertShown("2 done, 1 failed", -1);
        _progress.EndInput();
        AssertShown("2 of 6 done, 1 failed", 33);
    }

    [Theory]
    [InlineData(1000, "6 of 1000 done, 0 failed", 0)]
    [InlineData(12, "6 of 12 done, 0 failed", 50)]
    [InlineData(6, "6 of 6 done, 0 failed", 100)]
    [InlineData(3, "6 of 3 done, 0 failed", 100)]
    [InlineData(0, "6 of 0 done, 0 failed", -1)]
    public void Progress_shows_the_completed_share(long total, string status, int percent)
    {
        _progress.Total = total;
        AddStarted(6);
        for (int i = 0; i < 6; i++)
        {
            _progress.AddDone(hasFailed: false);
        }

        AssertShown(status, percent);
    }

    private void AddStarted(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _progress.AddStarted();
        }
    }

    private bool IsShownAfter(int milliseconds)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return _progress.Next() is not null;
    }

    private void AssertShown(string status, int percent)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((status, percent), _progress.Next());
    }
}
