using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OssPayment.Emulator.State;

/// <summary>A request as it arrived, and what became of it.</summary>
public sealed class RecordedRequest
{
    /// <summary>The place in the order of arrival, from 1.</summary>
    public long Number { get; internal set; }

    public DateTimeOffset Time { get; } = DateTimeOffset.UtcNow;

    public required string Method { get; init; }

    public required string Scheme { get; init; }

    /// <summary>The host, with its port where one was given, as the client named it.</summary>
    public required string Host { get; init; }

    /// <summary>The request target, byte for byte.</summary>
    public required string RawTarget { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The first 64 KiB of the body.</summary>
    public byte[] Body { get; init; } = [];

    public required Via Via { get; init; }

    public required string ConnectionId { get; init; }

    public string? Bucket { get; internal set; }

    public string? Operation { get; internal set; }

    /// <summary>The request's signature was checked and found right.</summary>
    public bool Verified { get; internal set; }

    /// <summary>The status that was sent, or null while nothing was.</summary>
    public int? Status { get; internal set; }

    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>Whether the body went on after what is kept of it.</summary>
    internal bool BodyTooLong { get; init; }

    /// <summary>The value of a header, several joined as HTTP allows, or null.</summary>
    public string? Header(string name)
    {
        var values = Headers
            .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .ToList();
        return values.Count == 0 ? null : string.Join(",", values);
    }
}
