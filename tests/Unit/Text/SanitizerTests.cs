using System.Linq;
using OssPayment.Text;
using Xunit;

namespace OssPayment.Tests.Text;

public sealed class SanitizerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("The specified bucket does not exist.")]
    [InlineData("Ünïcödé, 中文, العربية, 한국어 – “quoted” €")]
    [InlineData("😀 𠀀")]
    public void Plain_text_does_not_change(string text)
    {
        Assert.Equal(text, Sanitizer.Sanitize(text));
    }

    [Theory]
    [InlineData("a\u001B[31mb", "a\uFFFD[31mb")]
    [InlineData("a\nb", "a\uFFFDb")]
    [InlineData("a\r\nb", "a\uFFFD\uFFFDb")]
    [InlineData("a\tb", "a\uFFFDb")]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("a\u0007b", "a\uFFFDb")]
    [InlineData("a\u007Fb", "a\uFFFDb")]
    [InlineData("a\u009Bb", "a\uFFFDb")]
    [InlineData("a\u0085b", "a\uFFFDb")]
    [InlineData("a\u2028b", "a\uFFFDb")]
    [InlineData("a\u2029b", "a\uFFFDb")]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("a\u2066b", "a\uFFFDb")]
    [InlineData("a\u200Fb", "a\uFFFDb")]
    [InlineData("a\u200Bb", "a\uFFFDb")]
    [InlineData("a\uFEFFb", "a\uFFFDb")]
    [InlineData("a\u00ADb", "a\uFFFDb")]
    [InlineData("a\uE000b", "a\uFFFDb")]
    [InlineData("a\U000E0041b", "a\uFFFDb")]
    [InlineData("a\U0010FFFDb", "a\uFFFDb")]
    public void Unsafe_characters_are_replaced(string text, string clean)
    {
        Assert.Equal(clean, Sanitizer.Sanitize(text));
    }

    [Fact]
    public void Unpaired_surrogates_are_replaced()
    {
        Assert.Equal("a\uFFFDb", Sanitizer.Sanitize("a" + (char)0xD83D + "b"));
        Assert.Equal("a\uFFFDb", Sanitizer.Sanitize("a" + (char)0xDE00 + "b"));
        Assert.Equal("a\uFFFD", Sanitizer.Sanitize("a" + (char)0xD83D));
        Assert.Equal("\uFFFD\uFFFD", Sanitizer.Sanitize(new string([(char)0xDE00, (char)0xD83D])));
    }

    [Fact]
    public void Long_text_is_truncated()
    {
        Assert.Equal("abc", Sanitizer.Sanitize("abc", 3));
        Assert.Equal("abc…", Sanitizer.Sanitize("abcd", 3));
        Assert.Equal(new string('a', 512) + "…", Sanitizer.Sanitize(new string('a', 1_000_000)));
        Assert.Equal("😀😀…", Sanitizer.Sanitize(string.Concat(Enumerable.Repeat("😀", 9)), 3));
    }
}
