using System;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Operations;

public sealed class BucketNameTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("123")]
    [InlineData("a-b")]
    [InlineData("a--b")]
    [InlineData("examplebucket")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012")]
    public void Valid_bucket_names_are_accepted(string name)
    {
        Assert.Null(Record.Exception(() => BucketName.ThrowIfInvalid(name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("UPPER")]
    [InlineData("upPer")]
    [InlineData("a_b")]
    [InlineData("a b")]
    [InlineData(" abc")]
    [InlineData("abc ")]
    [InlineData("a.b")]
    [InlineData("a.b@evil.example")]
    [InlineData("x/../y")]
    [InlineData("abc/")]
    [InlineData("abc?acl")]
    [InlineData("abc#x")]
    [InlineData("abc%2F")]
    [InlineData("abc:80")]
    [InlineData("é")]
    [InlineData("caféé")]
    [InlineData("ａｂｃ")]
    [InlineData("١٢٣")]
    [InlineData("abc\n")]
    [InlineData("abc\r\nHost: evil.example")]
    [InlineData("abc\0")]
    public void Bucket_names_that_are_not_valid_are_refused(string name)
    {
        var e = Assert.Throws<OssRequestException>(() => BucketName.ThrowIfInvalid(name));

        Assert.Equal(OssRequestError.InvalidBucketName, e.Error);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("oss://a-bucket")]
    [InlineData("oss://a-bucket/")]
    [InlineData("oss://a-bucket/folder/object")]
    [InlineData("a-bucket/")]
    [InlineData("a-bucket.oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("a-bucket.oss-cn-hangzhou-internal.aliyuncs.com")]
    [InlineData("a-bucket.cn-hangzhou.oss.aliyuncs.com")]
    [InlineData("a-bucket.oss-accelerate.aliyuncs.com/object")]
    [InlineData("http://a-bucket.oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("HTTPS://a-bucket.OSS-cn-hangzhou.aliyuncs.com/object?x")]
    [InlineData("acs:oss:*:*:a-bucket")]
    [InlineData("acs:oss:oss-cn-hangzhou:1234567890123456:a-bucket/*")]
    public void The_error_for_an_address_has_the_name_in_it(string address)
    {
        var e = Assert.Throws<OssRequestException>(() => BucketName.ThrowIfInvalid(address));

        Assert.EndsWith("Use only the name: a-bucket.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My-Bucket", "Names have no capital letters. Use my-bucket.")]
    [InlineData("LOGS2026", "Names have no capital letters. Use logs2026.")]
    [InlineData("My_Bucket", "Use 3 to 63 characters: a-z, 0-9 and '-', not starting or ending with '-'.")]
    [InlineData("AB", "Use 3 to 63 characters: a-z, 0-9 and '-', not starting or ending with '-'.")]
    public void The_error_for_capital_letters_has_the_name_without_them(string name, string advice)
    {
        var e = Assert.Throws<OssRequestException>(() => BucketName.ThrowIfInvalid(name));

        Assert.EndsWith(advice, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a-bucket")]
    [InlineData("log-*")]
    [InlineData("oss://")]
    [InlineData("oss://A_Bucket/")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("cn-hangzhou.oss.aliyuncs.com")]
    [InlineData("a-bucket.oss-cn-hangzhou.aliyuncs.com.evil.example")]
    [InlineData("a-bucket.evil.example")]
    [InlineData("acs:oss:*:*:*")]
    [InlineData("acs:oss:*:*:log-*")]
    [InlineData("acs:ram:*:*:a-bucket")]
    [InlineData("oss://a-bucket\nx")]
    public void Other_texts_have_no_name(string text)
    {
        Assert.Null(BucketName.NameIn(text));
    }

    [Fact]
    public void A_very_long_name_is_truncated_in_the_error()
    {
        var e = Assert.Throws<OssRequestException>(() => BucketName.ThrowIfInvalid(new string('a', 100_000)));

        Assert.InRange(e.Message.Length, 1, 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("logs-")]
    [InlineData("0")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012")]
    public void A_possible_beginning_of_a_name_is_a_prefix(string prefix)
    {
        Assert.Null(Record.Exception(() => BucketName.ThrowIfInvalidPrefix(prefix)));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a_")]
    [InlineData("a.b")]
    [InlineData("a/")]
    [InlineData("a&marker=")]
    [InlineData("a\n")]
    [InlineData("é")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void An_impossible_beginning_of_a_name_is_not_a_prefix(string prefix)
    {
        var e = Assert.Throws<OssRequestException>(() => BucketName.ThrowIfInvalidPrefix(prefix));

        Assert.Equal(OssRequestError.InvalidBucketName, e.Error);
        Assert.DoesNotContain('\n', e.Message);
    }
}
