using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>The requests received, including CONNECT. When the log is full, the oldest request is removed.</summary>
public sealed class RequestLog
{
    private const int Capacity = 200_000;

    private readonly Lock _lock = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private long _lastNumber;

    /// <summary>Whether requests are recorded. Benchmarks disable this.</summary>
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

/// <summary>A request as it was received, and its result.</summary>
public sealed class RecordedRequest
{
    /// <summary>The number in order of arrival, starting at 1.</summary>
    public long Number { get; internal set; }

    public DateTimeOffset Time { get; } = DateTimeOffset.UtcNow;

    public required string Method { get; init; }

    public required string Scheme { get; init; }

    /// <summary>The host as the client sent it, with the port if it sent one.</summary>
    public required string Host { get; init; }

    /// <summary>The request target, unchanged.</summary>
    public required string RawTarget { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The first 64 KiB of the body.</summary>
    public byte[] Body { get; init; } = [];

    public required Via Via { get; init; }

    public required string ConnectionId { get; init; }

    public string? Bucket { get; internal set; }

    public string? Operation { get; internal set; }

    /// <summary>Whether the signature was checked and is valid.</summary>
    public bool Verified { get; internal set; }

    /// <summary>The status that was sent, or null before the response.</summary>
    public int? Status { get; internal set; }

    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>Whether the body is longer than the part that is kept.</summary>
    internal bool BodyTooLong { get; init; }

    /// <summary>The value of a header, or null if it is absent. Several values are joined with commas.</summary>
    public string? Header(string name)
    {
        var values = Headers
            .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .ToList();
        return values.Count == 0 ? null : string.Join(",", values);
    }
}

/// <summary>The way a request was sent: directly to the emulator, or through it as a proxy.</summary>
public enum Via
{
    Direct,
    AbsoluteForm,
    Connect,
}
