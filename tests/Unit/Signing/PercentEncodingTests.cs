using System;
using System.Linq;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Signing;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("azAZ09-_.~", "azAZ09-_.~")]
    [InlineData(" ", "%20")]
    [InlineData("+/=&?#%", "%2B%2F%3D%26%3F%23%25")]
    [InlineData("!*'()", "%21%2A%27%28%29")]
    [InlineData("a\nb", "a%0Ab")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("中文", "%E4%B8%AD%E6%96%87")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void All_characters_except_unreserved_ones_are_encoded(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
    }

    [Theory]
    [InlineData("/bucket/", "/bucket/")]
    [InlineData("/a b/c", "/a%20b/c")]
    public void Slashes_between_the_parts_of_a_path_stay(string path, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(path, keepSlash: true));
    }

    [Fact]
    public void Every_character_is_encoded_as_current_NET_does()
    {
        foreach (string text in Enumerable.Range(0, 0x10000).Select(c => $"a{(char)c}b"))
        {
            Assert.Equal(Uri.EscapeDataString(text), PercentEncoding.Encode(text));
        }
    }
}
