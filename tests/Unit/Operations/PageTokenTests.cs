using System;
using System.Xml;
using OssPayment.Operations;
using OssPayment.Xml;
using Xunit;

namespace OssPayment.Tests.Operations;

public sealed class PageTokenTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData(" true\n", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData(null, false)]
    public void A_listing_is_truncated_in_every_case_of_letters(string? text, bool isTruncated)
    {
        Assert.Equal(isTruncated ? "next" : null, After(text, "a")?.Text);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("yes")]
    [InlineData("truе")]
    [InlineData("true false")]
    public void Any_other_text_is_refused(string text)
    {
        var e = Assert.Throws<XmlException>(() => After(text, "a"));

        Assert.Contains("neither true nor false", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_page_without_names_is_refused()
    {
        var e = Assert.Throws<XmlException>(() => After("true"));

        Assert.Equal("it is truncated, but contains nothing new", e.Message);
    }

    [Fact]
    public void A_page_with_the_names_of_earlier_pages_is_refused()
    {
        PageToken second = Clients.NextPage(PageToken.First(), "2", "a", "b")!;
        PageToken third = Clients.NextPage(second, "3", "c")!;

        Assert.Throws<XmlException>(() => Clients.NextPage(third, "4", "b", "c", "a"));
    }

    [Fact]
    public void A_page_may_repeat_names_beside_new_ones()
    {
        PageToken second = Clients.NextPage(PageToken.First(), "2", "a", "b")!;

        Assert.Equal("3", Clients.NextPage(second, "3", "b", "c")!.Text);
    }

    [Fact]
    public void The_last_page_may_have_nothing_new()
    {
        PageToken second = Clients.NextPage(PageToken.First(), "2", "a")!;

        Assert.Null(second.Next(new OssElement("Result"), "Next", ["a"]));
    }

    [Fact]
    public void Tokens_that_alternate_are_refused()
    {
        PageToken second = Clients.NextPage(PageToken.First(), "A", "a")!;
        PageToken third = Clients.NextPage(second, "B", "b")!;

        var e = Assert.Throws<XmlException>(() => Clients.NextPage(third, "A", "c"));
        Assert.Equal("its Next 'A' was sent before", e.Message);
    }

    [Fact]
    public void An_empty_token_is_refused()
    {
        Assert.Throws<XmlException>(() => Clients.NextPage(PageToken.First(), "", "a"));
    }

    [Fact]
    public void Each_listing_begins_anew()
    {
        Clients.NextPage(PageToken.First(), "A", "a");

        Assert.NotNull(Clients.NextPage(PageToken.First(), "A", "a"));
    }

    private static PageToken? After(string? isTruncated, params string[] names)
    {
        var result = new OssElement("Result");
        if (isTruncated is not null)
        {
            result.Add(new OssElement("IsTruncated") { RawText = isTruncated });
        }

        result.Add(new OssElement("Next") { RawText = "next" });
        return PageToken.First().Next(result, "Next", names);
    }
}
