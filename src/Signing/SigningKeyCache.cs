using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace OssPayment.Signing;

/// <summary>The keys that signature V4 derives, computed once per secret, date and region.</summary>
internal static class SigningKeyCache
{
    /// <summary>More than any process needs: a day's keys for every region, for a few access keys.</summary>
    private const int Capacity = 256;

    private static readonly ConcurrentDictionary<(string Secret, string Date, string Region), Lazy<byte[]>>
        Keys = new();

    internal static byte[] Get(string secret, string date, string region)
    {
        (string, string, string) id = (secret, date, region);
        if (Keys.TryGetValue(id, out Lazy<byte[]>? known))
        {
            return known.Value;
        }

        if (Keys.Count >= Capacity)
        {
            Keys.Clear();
        }

        return Keys.GetOrAdd(id, static id => new Lazy<byte[]>(() => Derive(id.Secret, id.Date, id.Region))).Value;
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
}
