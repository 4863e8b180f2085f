using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Operations;

public sealed class RequesterUidTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("1234567890123456")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Account_ids_are_accepted(string uid)
    {
        Assert.Null(Record.Exception(() => RequesterUid.ThrowIfInvalid(uid)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("12 34")]
    [InlineData("1234\n")]
    [InlineData("1234,5678")]
    [InlineData("1234&acl")]
    [InlineData("../1234")]
    [InlineData("1.2")]
    [InlineData("-1")]
    [InlineData("alice")]
    [InlineData("uid-of_Someone")]
    [InlineData("a-bucket")]
    [InlineData("1.23457E+15")]
    [InlineData("é")]
    [InlineData("١٢٣٤")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void An_invalid_account_id_is_refused(string uid)
    {
        var e = Assert.Throws<OssRequestException>(() => RequesterUid.ThrowIfInvalid(uid));

        Assert.Equal(OssRequestError.InvalidRequester, e.Error);
        Assert.DoesNotContain('\n', e.Message);
    }
}
