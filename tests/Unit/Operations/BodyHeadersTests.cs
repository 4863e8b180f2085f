using System;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Operations;

public sealed class BodyHeadersTests
{
    private static readonly byte[] Body = "The quick brown fox jumps over the lazy dog"u8.ToArray();

    /// <summary>The exception of .NET Framework under a FIPS policy, and of .NET if OpenSSL has no MD5.</summary>
    public static TheoryData<Exception> Refusals =>
    [
        new InvalidOperationException("This implementation is not part of the Windows Platform FIPS validated algorithms."),
        new TargetInvocationException(new InvalidOperationException("FIPS")),
        new PlatformNotSupportedException("MD5"),
        new CryptographicException("digital envelope routines::unsupported"),
    ];

    [Fact]
    public void A_body_is_sent_with_its_type_and_MD5_in_base64()
    {
        Assert.Equal(
            [new("content-type", "application/xml"), new("content-md5", "nhB9nTcrtoJr2B01QqQZ1g==")], BodyHeaders.Of(Body));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void The_hash_is_omitted_if_a_policy_forbids_md5(Exception refusal)
    {
        Assert.Equal([new("content-type", "application/xml")], BodyHeaders.Of(Body, () => throw refusal));
        Assert.Equal([new("content-type", "application/xml")], BodyHeaders.Of(Body, () => new Refusing(refusal)));
    }

    [Fact]
    public void The_body_of_an_operation_has_both()
    {
        string[] names = [.. RequestPaymentOperations.Put("a-bucket", Payer.Requester).Signable.Headers.Select(h => h.Key)];

        Assert.Equal(["content-type", "content-md5"], names);
    }

    private sealed class Refusing(Exception refusal) : HashAlgorithm
    {
        public override void Initialize()
        {
        }

        protected override void HashCore(byte[] array, int ibStart, int cbSize) => throw refusal;

        protected override byte[] HashFinal() => throw refusal;
    }
}
