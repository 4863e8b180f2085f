using System.Security.Cryptography;
using System.Text;
using OssPayment.Caching;

namespace OssPayment.Signing;

/// <summary>The keys that signature V4 derives, computed once per secret, date and region.</summary>
internal static class SigningKeyCache
{
    private static readonly BoundedCache<Key, byte[]> Keys = new(256);

    internal static byte[] Get(string secret, string date, string region)
    {
        var key = new Key(secret, date, region);
        return Keys.TryGet(key, out byte[] known) ? known : Keys.GetOrAdd(key, Derive(secret, date, region));
    }

    private static byte[] Derive(string secret, string date, string region)
    {
        byte[] key = Hash(Encoding.UTF8.GetBytes("aliyun_v4" + secret), date);
        key = Hash(key, region);
        key = Hash(key, "oss");
        return Hash(key, "aliyun_v4_request");
    }

    private static byte[] Hash(byte[] key, string text)
    {
        using var hash = new HMACSHA256(key);
        return hash.ComputeHash(Encoding.UTF8.GetBytes(text));
    }

    private sealed record Key(string Secret, string Date, string Region);
}
