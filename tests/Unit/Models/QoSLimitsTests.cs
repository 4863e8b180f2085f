using Xunit;

namespace OssPayment.Tests.Models;

public sealed class QoSLimitsTests
{
    [Theory]
    [InlineData("unlimited", -1)]
    [InlineData("UNLIMITED", -1)]
    [InlineData("Forbidden", 0)]
    [InlineData("-1", -1)]
    [InlineData("0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_limit_is_read_from_a_number_or_its_word(string text, long limit)
    {
        Assert.True(QoSLimits.TryParse(text, out long parsed));

        Assert.Equal(limit, parsed);
        Assert.True(QoSLimits.TryParse(QoSLimits.Format(limit), out long again));
        Assert.Equal(limit, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("unlimited Gbit/s")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    public void Any_other_text_is_not_a_limit(string text)
    {
        Assert.False(QoSLimits.TryParse(text, out _));
    }

    [Theory]
    [InlineData(-1, "unlimited")]
    [InlineData(0, "forbidden")]
    [InlineData(10, "10 Gbit/s")]
    public void A_bandwidth_is_shown_with_its_unit(long limit, string shown)
    {
        Assert.Equal(shown, QoSLimits.FormatBandwidth(limit));
    }
}
