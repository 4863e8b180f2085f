using System;
using System.Text;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("sec+ret/=", "***")]
    [InlineData("the secret is sec+ret/=, twice: sec+ret/=", "the secret is ***, twice: ***")]
    [InlineData("?token=sec%2Bret%2F%3D&x", "?token=***&x")]
    [InlineData("the token is Token", "the token is ***")]
    [InlineData("in another case: SEC+RET/=", "in another case: SEC+RET/=")]
    public void Secrets_are_taken_out_in_every_form(string text, string redacted)
    {
        Assert.Equal(redacted, new Redaction("sec+ret/=", null, "Token").Clean(text));
    }

    [Fact]
    public void Secrets_are_taken_out_in_base64_too()
    {
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes("sec+ret/="));

        Assert.Equal("is ***.", new Redaction("sec+ret/=").Clean($"is {base64}."));
    }

    [Theory]
    [InlineData("http://user:password@proxy.example:8080/ failed", "http://***@proxy.example:8080/ failed")]
    [InlineData("'https://user@proxy.example'", "'https://***@proxy.example'")]
    [InlineData("http://us@er:pass@word@proxy.example", "http://***@proxy.example")]
    [InlineData("http://proxy.example/ and someone@example.com", "http://proxy.example/ and someone@example.com")]
    public void The_user_info_of_urls_is_taken_out(string text, string redacted)
    {
        Assert.Equal(redacted, new Redaction().Clean(text));
    }

    [Fact]
    public void Where_there_is_no_secret_nothing_is_taken_out()
    {
        Assert.Equal("any text", new Redaction(null, "").Clean("any text"));
    }

    [Fact]
    public void Text_is_cleaned_and_cut_after_the_secrets_are_out()
    {
        Assert.Equal("a\uFFFDb***…", new Redaction("secret").Clean("a\u001Bbsecretsecret", 6));
    }
}
