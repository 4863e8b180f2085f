using System;
using OssPayment.Completion;
using Xunit;

namespace OssPayment.Tests.Completion;

/// <summary>Results of the last minute.</summary>
public sealed class RecentResultsTests
{
    private readonly ManualClock _clock = new();
    private readonly RecentResults _recent;
    private int _queries;

    public RecentResultsTests()
    {
        _recent = new RecentResults(_clock);
    }

    [Fact]
    public void A_query_is_repeated_after_a_minute_and_not_before()
    {
        Assert.Equal("1", Query("who pays"));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("1", Query("who pays"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", Query("who pays"));
    }

    [Fact]
    public void Each_query_has_its_own_result()
    {
        Assert.Equal("1", Query("who pays"));
        Assert.Equal("2", Query("who is limited"));
        Assert.Equal("1", Query("who pays"));
    }

    [Fact]
    public void A_failed_query_is_repeated()
    {
        Assert.Throws<OssRequestException>(() => _recent.Get<string>(
            "who pays", () => throw new OssRequestException(OssRequestError.RequestFailed, "No.")));
        Assert.Equal("1", Query("who pays"));
    }

    [Fact]
    public void The_number_of_kept_results_is_bounded()
    {
        Query("the first");
        for (int i = 0; i < 100; i++)
        {
            Query($"another {i}");
        }

        Assert.Equal("102", Query("the first"));
    }

    private string Query(string query) => _recent.Get(query, () => $"{++_queries}");
}
