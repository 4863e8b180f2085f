using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>The credentials of STS, the metadata service and the credentials URI: new temporary keys each time.</summary>
public sealed class TemporaryCredentials(EmulatorState state)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _metadataTokens = new(StringComparer.Ordinal);
    private int _issued;

    /// <summary>The lifetime of issued keys. If it is negative, they have already expired.</summary>
    public TimeSpan Lifetime { get; set; }

    public MetadataMode MetadataMode { get; set; }

    /// <summary>Issues a key that OSS accepts until it expires.</summary>
    public KeyPair Issue()
    {
        int number = Interlocked.Increment(ref _issued);
        var pair = new KeyPair(
            $"issued-{number}",
            $"STS.EmulatorIssued{number}",
            $"EmulatorIssued{number}SecretNotReal",
            "CAIS" + string.Join('+', Enumerable.Repeat($"EmulatorIssued{number}/Token", 24)) + "==",
            Seed.OwnerAccount,
            KeyAccess.Full,
            state.Now + Lifetime);
        state.KeyPairs.Add(pair);
        return pair;
    }

    /// <summary>Makes OSS reject all keys that were issued so far.</summary>
    public void Rotate()
    {
        foreach (KeyPair pair in state.KeyPairs.All.Where(pair => pair.Expires is not null))
        {
            state.KeyPairs.Add(pair with { Access = KeyAccess.Expired });
        }
    }

    internal string IssueMetadataToken(TimeSpan lifetime)
    {
        string token = "EmulatorMetadataToken" + RandomNumberGenerator.GetHexString(16);
        _metadataTokens[token] = state.Now + lifetime;
        return token;
    }

    internal bool IsMetadataToken(string? token) =>
        token is not null && _metadataTokens.TryGetValue(token, out DateTimeOffset expires) && expires > state.Now;

    internal void Reset()
    {
        _metadataTokens.Clear();
        Lifetime = TimeSpan.FromHours(1);
        MetadataMode = MetadataMode.Hardened;
    }
}

/// <summary>The modes that the metadata service supports.</summary>
public enum MetadataMode
{
    /// <summary>A token is required.</summary>
    Hardened,

    /// <summary>Tokens are not supported: only the older mode is.</summary>
    Plain,
}
