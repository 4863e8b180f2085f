using System.Collections.Concurrent;
using System.Collections.Generic;

namespace OssPayment.Caching;

/// <summary>A cache for several threads. It is emptied when it is full: all that it holds can be found again.</summary>
/// <remarks>Keys and values are classes: .NET is delivered with the code of a dictionary of those.</remarks>
internal sealed class BoundedCache<TKey, TValue>
    where TKey : class
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, TValue> _entries = new();
    private readonly int _capacity;

    internal BoundedCache(int capacity)
    {
        _capacity = capacity;
    }

    internal ICollection<TKey> Keys => _entries.Keys;

    internal bool TryGet(TKey key, out TValue value) => _entries.TryGetValue(key, out value!);

    internal void Set(TKey key, TValue value)
    {
        if (!_entries.ContainsKey(key))
        {
            MakeRoom();
        }

        _entries[key] = value;
    }

    /// <returns>The value that the cache has: that of another thread, if it was faster.</returns>
    internal TValue GetOrAdd(TKey key, TValue value)
    {
        MakeRoom();
        return _entries.GetOrAdd(key, value);
    }

    internal void Remove(TKey key) => _entries.TryRemove(key, out _);

    private void MakeRoom()
    {
        if (_entries.Count >= _capacity)
        {
            _entries.Clear();
        }
    }
}
