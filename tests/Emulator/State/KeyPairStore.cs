using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Emulator.State;

/// <summary>The key pairs that the emulator knows, by id (as requests name them) or by name (as tests do).</summary>
public sealed class KeyPairStore
{
    private readonly ConcurrentDictionary<string, KeyPair> _byId = new();

    public IReadOnlyList<KeyPair> All => [.. _byId.Values.OrderBy(pair => pair.Name, System.StringComparer.Ordinal)];

    public KeyPair this[string name] => _byId.Values.Single(pair => pair.Name == name);

    public void Add(KeyPair pair) => _byId[pair.Id] = pair;

    public KeyPair? FindById(string id) => _byId.GetValueOrDefault(id);

    internal void Clear() => _byId.Clear();
}
