using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>The requests that arrived, CONNECTs included; the oldest make room for the newest.</summary>
public sealed class RequestLog
{
    private const int Capacity = 200_000;

    private readonly Lock _lock = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private long _lastNumber;

    /// <summary>Whether requests are kept. Benchmarks switch this off.</summary>
    public bool Enabled { get; set; } = true;

    public IReadOnlyList<RecordedRequest> All()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    public IReadOnlyList<RecordedRequest> Where(Func<RecordedRequest, bool> filter) => [.. All().Where(filter)];

    public int Count(Func<RecordedRequest, bool> filter) => All().Count(filter);

    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }

    internal void Add(RecordedRequest request)
    {
        if (!Enabled)
        {
            return;
        }

        lock (_lock)
        {
            request.Number = ++_lastNumber;
            if (_requests.Count == Capacity)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);
        }
    }
}
