using System;
using System.Linq;
using System.Text;
using System.Xml;
using OssPayment.Xml;
using Xunit;

namespace OssPayment.Tests.Xml;

public sealed class XmlDocumentReaderTests
{
    [Fact]
    public void Elements_are_read_with_their_children_and_trimmed_texts()
    {
        OssElement root = Read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment -->
            <Root attribute="ignored">
              <A> one &amp; &#x4E2D; <![CDATA[<two>]]> </A>
              <B/>
              <C><D>three<!-- not there -->four</D></C>
            </Root>
            """);

        Assert.Equal("Root", root.Name);
        Assert.Equal(["A", "B", "C"], root.Children.Select(child => child.Name));
        Assert.Equal("one & 中 <two>", root.TextOf("A"));
        Assert.Equal("", root.Require("B").Text);
        Assert.Equal("threefour", root.Require("C").TextOf("D"));
    }

    [Fact]
    public void A_missing_child_is_null_or_an_error_if_required()
    {
        OssElement root = Read("<Root><A/></Root>");

        Assert.Null(root.Child("B"));
        Assert.Equal("", root.TextOf("B"));
        Assert.Contains("B", Assert.Throws<XmlException>(() => root.Require("B")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_appears_twice_is_an_error()
    {
        OssElement root = Read("<Root><A>1</A><B/><A>2</A></Root>");

        Assert.Throws<XmlException>(() => root.Child("A"));
        Assert.Throws<XmlException>(() => root.Require("A"));
        Assert.NotNull(root.Child("B"));
    }

    [Fact]
    public void Names_differ_by_case_and_not_by_namespace()
    {
        OssElement root = Read("""<x:Root xmlns:x="urn:any"><x:a>1</x:a><A>2</A></x:Root>""");

        Assert.Equal(("Root", "1", "2"), (root.Name, root.TextOf("a"), root.TextOf("A")));
    }

    [Theory]
    [InlineData((64 * 1024) - 14, true)]
    [InlineData((64 * 1024) - 13, false)]
    [InlineData((64 * 1024) + 1, true)]
    public void Names_are_kept_for_a_bounded_number_of_bytes(int length, bool isKept)
    {
        Read($"<A>{new string(' ', (64 * 1024) - 7)}</A>");
        string name = Read("<Root/>").Name;
        Read($"<A>{new string(' ', length - 7)}</A>");

        Assert.Equal(isKept, ReferenceEquals(name, Read("<Root/>").Name));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void A_byte_order_mark_determines_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] body = [.. encoding.GetPreamble(), .. encoding.GetBytes("<Root>中ü</Root>")];

        Assert.NotEmpty(encoding.GetPreamble());
        Assert.Equal("中ü", XmlDocumentReader.Read(body).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Requester")]
    [InlineData("{}")]
    [InlineData("<Root>")]
    [InlineData("<Root><A></Root></A>")]
    [InlineData("<Root/><Root/>")]
    [InlineData("<Root/>x")]
    [InlineData("<Root>&unknown;</Root>")]
    [InlineData("<Root>\u0001</Root>")]
    [InlineData("<Root>&#1;</Root>")]
    [InlineData("<Root>\0</Root>")]
    [InlineData("<x:Root/>")]
    [InlineData("""<?xml version="1.0" encoding="no-such-encoding"?><Root/>""")]
    [InlineData("""<?xml version="1.0" encoding="utf-7"?><Root/>""")]
    [InlineData("""<?xml version="1.0" encoding="utf-16"?><Root/>""")]
    [InlineData("<!doctype html><html><body>Bad Gateway</body></html>")]
    [InlineData("<!DOCTYPE html><html><body>Bad Gateway</body></html>")]
    [InlineData("<html><body>Bad Gateway<br></body></html>")]
    public void An_invalid_document_is_refused(string text)
    {
        Assert.Throws<XmlException>(() => Read(text));
    }

    [Theory]
    [InlineData(new byte[] { 0x3C, 0x41, 0x3E, 0xFF, 0xFE, 0x3C, 0x2F, 0x41, 0x3E })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x3C })]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08, 0x00 })]
    public void Bytes_that_are_not_valid_text_are_an_error(byte[] body)
    {
        Assert.Throws<XmlException>(() => XmlDocumentReader.Read(body));
    }

    [Fact]
    public void A_document_type_is_prohibited()
    {
        var e = Assert.Throws<XmlException>(() => Read("<!DOCTYPE Root [<!ELEMENT Root ANY>]><Root/>"));

        Assert.Contains("DTD", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task External_entities_are_not_fetched()
    {
        await using RawServer server = RawServer.Responding(Http.Response(200, "fetched"));
        foreach (string text in new[]
        {
            $"<!DOCTYPE Root SYSTEM '{server.Uri}dtd'><Root/>",
            $"<!DOCTYPE Root [<!ENTITY x SYSTEM '{server.Uri}entity'>]><Root>&x;</Root>",
            $"<!DOCTYPE Root [<!ENTITY % x SYSTEM '{server.Uri}parameter'> %x;]><Root/>",
            "<!DOCTYPE Root [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><Root>&x;</Root>",
        })
        {
            Assert.Throws<XmlException>(() => Read(text));
        }

        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public void Nested_entities_are_refused_before_they_expand()
    {
        var bomb = new StringBuilder("<!DOCTYPE Root [<!ENTITY e0 'ha'>");
        for (int i = 1; i < 30; i++)
        {
            bomb.Append($"<!ENTITY e{i} '").Insert(bomb.Length, $"&e{i - 1};", 10).Append("'>");
        }

        Assert.Throws<XmlException>(() => Read(bomb.Append("]><Root>&e29;</Root>").ToString()));
    }

    [Fact]
    public void Depth_is_limited()
    {
        Assert.Equal("a", Read(Nested(16)).Name);
        Assert.Throws<XmlException>(() => Read(Nested(17)));
        Assert.Throws<XmlException>(() => Read(Nested(100_000)));
        Assert.Throws<XmlException>(() => Read(string.Concat(Enumerable.Repeat("<a>", 100_000))));
    }

    [Fact]
    public void The_number_of_elements_is_limited()
    {
        Assert.Equal(49_999, Read(Flat(49_999)).Children.Count);
        Assert.Throws<XmlException>(() => Read(Flat(50_000)));
    }

    private static OssElement Read(string text) => XmlDocumentReader.Read(Encoding.UTF8.GetBytes(text));

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

    private static string Flat(int children) => $"<a>{string.Concat(Enumerable.Repeat("<b/>", children))}</a>";
}
