using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Pipeline;

/// <summary>Runs work on the same target in order, so that the second reads the changes of the first.</summary>
internal sealed class KeyedSequencer
{
    private const int ManyKeys = 1024;

    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);

    /// <summary>Queues up for a key. Called on one thread.</summary>
    /// <param name="key">What the work is on.</param>
    /// <param name="done">Completes when the work has ended.</param>
    /// <returns>Completes when the work before has ended.</returns>
    internal Task Queue(string key, Task done)
    {
        if (_last.Count >= ManyKeys)
        {
            foreach (string ended in _last.Where(last => last.Value.IsCompleted).Select(last => last.Key).ToArray())
            {
                _last.Remove(ended);
            }
        }

        Task before = _last.TryGetValue(key, out Task? last) ? last : Task.CompletedTask;
        _last[key] = done;
        return before;
    }
}
