using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace OssPayment;

/// <summary>The limits that a user specified; those that are null keep their present value.</summary>
internal sealed class QoSChanges
{
    private long?[] _values = new long?[QoSLimits.All.Count];

    internal bool IsEmpty => _values.All(value => value is null);

    internal long? this[string limit]
    {
        get => _values[QoSLimits.IndexOf(limit)];
        set => _values[QoSLimits.IndexOf(limit)] = value;
    }

    internal long? Get([CallerMemberName] string limit = "") => this[limit];

    internal void Set(long? value, [CallerMemberName] string limit = "") => this[limit] = value;

    /// <summary>The limits as they are typed, each with a space before it.</summary>
    internal string ToArguments() => string.Concat(
        from limit in QoSLimits.All
        where this[limit] is not null
        select $" -{limit} {this[limit]!.Value.ToString(CultureInfo.InvariantCulture)}");

    internal QoSChanges Copy() => new() { _values = (long?[])_values.Clone() };

    internal QoSConfiguration AppliedTo(QoSConfiguration present) => present.With(limit => this[limit]);

    internal bool ChangeNothing(QoSConfiguration present) => !Changed(present).Any();

    /// <summary>What would change, before and after, as ShouldProcess shows it.</summary>
    internal string Describe(QoSConfiguration present)
    {
        string text = string.Join(", ", Changed(present).Select(limit =>
            $"{limit} from {QoSLimits.Format(present.Get(limit))} to {QoSLimits.Format(this[limit]!.Value)}"));
        return text.Length > 0 ? $"set {text}" : "change nothing (the limits already have these values)";
    }

    private IEnumerable<string> Changed(QoSConfiguration present) =>
        QoSLimits.All.Where(limit => this[limit] is { } value && value != present.Get(limit));
}
