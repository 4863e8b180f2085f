using System;
using System.Linq;
using System.Runtime.CompilerServices;

namespace OssPayment;

/// <summary>All limits of a requester, as OSS's <c>QoSConfiguration</c> holds them.</summary>
internal sealed class QoSConfiguration
{
    private readonly int[] _values;

    /// <param name="valueOf">The value of the limit of that name.</param>
    internal QoSConfiguration(Func<string, int> valueOf)
    {
        _values = [.. QoSLimits.All.Select(valueOf)];
    }

    /// <summary>What a requester has who was never limited.</summary>
    internal static QoSConfiguration Unlimited { get; } = new(_ => QoSLimits.Unlimited);

    internal int Get([CallerMemberName] string limit = "") => _values[QoSLimits.IndexOf(limit)];

    internal bool HasSameLimits(QoSConfiguration other) => _values.SequenceEqual(other._values);
}
