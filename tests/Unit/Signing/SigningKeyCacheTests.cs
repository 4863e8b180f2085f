using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Signing;

[Collection(nameof(SigningKeyCacheTests))]
[CollectionDefinition(nameof(SigningKeyCacheTests), DisableParallelization = true)]
public sealed class SigningKeyCacheTests
{
    [Fact]
    public void The_key_of_the_same_secret_date_and_region_is_computed_once()
    {
        byte[] first = SigningKeyCache.Get("once", "20241227", "cn-hangzhou");

        Assert.Same(first, SigningKeyCache.Get("once", "20241227", "cn-hangzhou"));
    }

    [Fact]
    public void Threads_at_the_same_time_get_the_same_key()
    {
        // A cache that is full forgets everything: it is made to do that now, and not in the middle.
        Assert.True(ForgetsOneDay());
        byte[][] keys = new byte[200][];
        Parallel.For(0, keys.Length, i => keys[i] = SigningKeyCache.Get("at once", "20241227", "cn-hangzhou"));

        Assert.All(keys, key => Assert.Same(keys[0], key));
    }

    [Fact]
    public void The_size_of_the_cache_is_bounded()
    {
        Assert.True(ForgetsOneDay());
    }

    [Theory]
    [InlineData("other", "20241227", "cn-hangzhou")]
    [InlineData("secret", "20241228", "cn-hangzhou")]
    [InlineData("secret", "20241227", "cn-beijing")]
    public void Another_secret_date_or_region_has_another_key(string secret, string date, string region)
    {
        byte[] key = SigningKeyCache.Get("secret", "20241227", "cn-hangzhou");

        Assert.NotEqual(key, SigningKeyCache.Get(secret, date, region));
    }

    [Fact]
    public void Keys_are_correct_beyond_the_capacity_of_the_cache()
    {
        foreach (int number in Enumerable.Range(0, 1000).Concat(Enumerable.Range(0, 1000)))
        {
            string secret = $"secret{number}";

            Assert.Equal(Derive(secret, "20241227", "cn-hangzhou"), SigningKeyCache.Get(secret, "20241227", "cn-hangzhou"));
        }
    }

    private static bool ForgetsOneDay()
    {
        byte[] known = SigningKeyCache.Get("known", "20241227", "cn-hangzhou");
        return Enumerable.Range(0, 10_000).Any(number =>
        {
            SigningKeyCache.Get($"filler{number}", "20241227", "cn-hangzhou");
            return !ReferenceEquals(known, SigningKeyCache.Get("known", "20241227", "cn-hangzhou"));
        });
    }

    private static byte[] Derive(string secret, params string[] parts) =>
        parts.Concat(["oss", "aliyun_v4_request"]).Aggregate(
            Encoding.UTF8.GetBytes("aliyun_v4" + secret),
            (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
}
