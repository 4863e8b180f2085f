using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Emulator.State;

/// <summary>An access key that the emulator knows. If it has a token, it is a temporary key from STS.</summary>
public sealed record KeyPair(
    string Name,
    string Id,
    string Secret,
    string? Token,
    string Account,
    KeyAccess Access,
    DateTimeOffset? Expires = null);

/// <summary>The permissions of a key pair.</summary>
public enum KeyAccess
{
    Full,
    ReadOnly,
    Disabled,
    Expired,
}

/// <summary>The key pairs that the emulator knows. Requests refer to them by id, tests by name.</summary>
public sealed class KeyPairStore
{
    private readonly ConcurrentDictionary<string, KeyPair> _byId = new();

    public IReadOnlyList<KeyPair> All => [.. _byId.Values.OrderBy(pair => pair.Name, System.StringComparer.Ordinal)];

    public KeyPair this[string name] => _byId.Values.Single(pair => pair.Name == name);

    public void Add(KeyPair pair) => _byId[pair.Id] = pair;

    public KeyPair? FindById(string id) => _byId.GetValueOrDefault(id);

    internal void Clear() => _byId.Clear();
}
