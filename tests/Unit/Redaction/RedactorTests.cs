using System;
using System.Linq;
using System.Text;
using OssPayment.Redaction;
using Xunit;

namespace OssPayment.Tests.Redaction;

public sealed class RedactorTests
{
    private const string NotReal = "NotRealSecret+/ofmadtests";

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("sec+ret/=", "***")]
    [InlineData("the secret is sec+ret/=, twice: sec+ret/=", "the secret is ***, twice: ***")]
    [InlineData("?token=sec%2Bret%2F%3D&x", "?token=***&x")]
    [InlineData("the token is Token", "the token is ***")]
    [InlineData("in another case: SEC+RET/=", "in another case: ***")]
    [InlineData("?token=sec%2bret%2f%3d&x", "?token=***&x")]
    [InlineData("?token=sec%252Bret%252F%253D&x", "?token=***&x")]
    [InlineData("sec&#43;ret&#47;&#61;", "***")]
    [InlineData("sec&#043;ret&#x2F;&#X3d;", "***")]
    [InlineData("sec&#43ret&#47&#61 is the secret", "*** is the secret")]
    [InlineData("&quot;sec&plus;ret&sol;&equals;&quot;", "&quot;***&quot;")]
    [InlineData("&amp;#43;sec&amp;plus;ret&amp;sol;&amp;equals;", "&amp;#43;***")]
    [InlineData(@"{""token"":""sec+ret\/=""}", @"{""token"":""***""}")]
    [InlineData(@"{""token"":""sec\u002bret\/\u003D""}", @"{""token"":""***""}")]
    [InlineData(@"'sec\x2Bret\x2f='", "'***'")]
    [InlineData(@"sec\\u002Bret\\/=", "***")]
    [InlineData("sec%u002Bret, sec%2, sec%zz, sec&;, sec&#;, sec&#x;, sec\\", "sec%u002Bret, sec%2, sec%zz, sec&;, sec&#;, sec&#x;, sec\\")]
    public void Secrets_are_removed_in_every_form(string text, string redacted)
    {
        Assert.Equal(redacted, new Redactor("sec+ret/=", null, "Token").Redact(text));
    }

    [Fact]
    public void Secrets_are_removed_in_base64_too()
    {
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes("sec+ret/="));

        Assert.Equal("is ***.", new Redactor("sec+ret/=").Redact($"is {base64}."));
    }

    [Theory]
    [InlineData("4e6f745265616c5365637265742b2f6f666d61647465737473")]
    [InlineData("4E6F745265616C5365637265742B2F6F666D61647465737473")]
    [InlineData("4E-6F-74-52-65-61-6C-53-65-63-72-65-74-2B-2F-6F-66-6D-61-64-74-65-73-74-73")]
    [InlineData("4e:6f:74:52:65:61:6c:53:65:63:72:65:74:2b:2f:6f:66:6d:61:64:74:65:73:74:73")]
    [InlineData("Tm90UmVhbFNlY3JldCsvb2ZtYWR0ZXN0")]
    [InlineData("NotRealSecret +/\nofmadtests")]
    [InlineData("notrealsecret ofmadtests")]
    [InlineData("NotRealSecret+/ofmadtest")]
    [InlineData("otRealSecret+/ofmadtests")]
    [InlineData("NotRealSecre")]
    [InlineData("et+/ofmadtests")]
    public void Long_parts_of_secrets_are_removed_in_every_spelling(string shown)
    {
        Assert.Equal("It was ***, no?", new Redactor(NotReal).Redact($"It was {shown}, no?"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "b")]
    [InlineData("ab", "")]
    [InlineData("Bearer x", " and more")]
    public void Secrets_are_removed_from_longer_texts_in_base64(string before, string after)
    {
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + NotReal + "~?~?" + after));

        Assert.All([base64, base64.Replace('+', '-').Replace('/', '_'), Uri.EscapeDataString(base64), base64.Insert(17, "\r\n")], form =>
        {
            string shown = new Redactor(NotReal).Redact($"<{form}>");
            Assert.Contains("***", shown, StringComparison.Ordinal);
            Assert.InRange(shown.Length, 0, form.Length - 25);
        });
    }

    [Fact]
    public void Short_parts_of_secrets_are_kept()
    {
        const string Text = "Secret, NotReal, madtests, NotRealSecr; 4e6f745265616c5365; Tm90UmVhbFNlY3Jl";

        Assert.Equal(Text, new Redactor(NotReal).Redact(Text));
    }

    [Theory]
    [InlineData("5C3D9175B6FC201293AD4890")]
    [InlineData("The specified bucket does not exist. (request id 5C3D9175B6FC201293AD4890)")]
    [InlineData("https://api.aliyun.com/troubleshoot?q=0015-00000101&x=%E4%B8%AD%2B")]
    public void Other_texts_stay(string text)
    {
        Assert.Equal(text, new Redactor(NotReal, new string('t', 600)).With(new string('0', 64)).Redact(text));
    }

    [Fact]
    public void One_more_secret_is_removed_too()
    {
        Redactor both = new Redactor("FirstSecret+").With("SecondSecret+");

        Assert.Equal("*** ***", both.Redact("FirstSecret+ SecondSecret+"));
    }

    [Fact]
    public void A_secret_that_looks_escaped_itself_is_removed()
    {
        Assert.Equal("is ***.", new Redactor("odd%2Bsecret&amp;").Redact("is odd%2Bsecret&amp;."));
        Assert.Equal("is ***.", new Redactor("odd%2Bsecret&amp;").Redact("is odd%252Bsecret&amp;amp;."));
    }

    [Fact]
    public void Only_a_bounded_part_of_a_text_is_searched()
    {
        string shown = new Redactor(NotReal).Redact(string.Concat(Enumerable.Repeat(NotReal, 100_000)), 10_000);

        Assert.Matches(@"\A(\*\*\*)+\w*…\z", shown);
        Assert.DoesNotContain("NotRealSecre", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:password@proxy.example:8080/ failed", "http://***@proxy.example:8080/ failed")]
    [InlineData("'https://user@proxy.example'", "'https://***@proxy.example'")]
    [InlineData("http%3A%2F%2Fuser:password%40proxy.example", "http%3A%2F%2F***%40proxy.example")]
    [InlineData(@"http:\/\/user:password@proxy.example", @"http:\/\/***@proxy.example")]
    [InlineData("http://us@er:pass@word@proxy.example", "http://***@proxy.example")]
    [InlineData("http://proxy.example/ and someone@example.com", "http://proxy.example/ and someone@example.com")]
    public void The_user_info_of_urls_is_removed(string text, string redacted)
    {
        Assert.Equal(redacted, new Redactor().Redact(text));
    }

    [Fact]
    public void Without_a_secret_nothing_is_removed()
    {
        Assert.Equal("any text", new Redactor(null, "").Redact("any text"));
    }

    [Fact]
    public void Text_is_sanitized_and_truncated_after_secrets_are_removed()
    {
        Assert.Equal("a\uFFFDb***…", new Redactor("secret").Redact("a\u001Bbsecretsecret", 6));
    }
}
