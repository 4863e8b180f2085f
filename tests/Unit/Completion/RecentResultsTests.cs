using System;
using OssPayment.Completion;
using Xunit;

namespace OssPayment.Tests.Completion;

/// <summary>Results of the last minute.</summary>
public sealed class RecentResultsTests
{
    private readonly ManualClock _clock = new();
    private readonly RecentResults _recent;
    private int _asked;

    public RecentResultsTests()
    {
        _recent = new RecentResults(_clock);
    }

    [Fact]
    public void A_query_is_repeated_after_a_minute_and_not_before()
    {
        Assert.Equal("1", Ask("who pays"));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("1", Ask("who pays"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", Ask("who pays"));
    }

    [Fact]
    public void Each_query_has_its_own_result()
    {
        Assert.Equal("1", Ask("who pays"));
        Assert.Equal("2", Ask("who is limited"));
        Assert.Equal("1", Ask("who pays"));
    }

    [Fact]
    public void A_failed_query_is_repeated()
    {
        Assert.Throws<OssRequestException>(() => _recent.Get<string>(
            "who pays", () => throw new OssRequestException(OssRequestError.RequestFailed, "No.")));
        Assert.Equal("1", Ask("who pays"));
    }

    [Fact]
    public void The_number_of_kept_results_is_bounded()
    {
        Ask("the first");
        for (int i = 0; i < 100; i++)
        {
            Ask($"another {i}");
        }

        Assert.Equal("102", Ask("the first"));
    }

    private string Ask(string question) => _recent.Get(question, () => $"{++_asked}");
}
