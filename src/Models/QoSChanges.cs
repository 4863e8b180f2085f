using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace OssPayment;

/// <summary>The limits that a user gave; those that are null keep their present value.</summary>
internal sealed class QoSChanges
{
    private readonly int?[] _values;

    internal QoSChanges()
        : this(new int?[QoSLimits.All.Count])
    {
    }

    private QoSChanges(int?[] values)
    {
        _values = values;
    }

    internal bool IsEmpty => _values.All(value => value is null);

    /// <summary>Those among the limits that buckets do not have.</summary>
    internal IEnumerable<string> Rates => Named.Except(QoSLimits.Of(resourcePool: false));

    private IEnumerable<string> Named => QoSLimits.All.Where(limit => this[limit] is not null);

    internal int? this[string limit]
    {
        get => _values[QoSLimits.IndexOf(limit)];
        set => _values[QoSLimits.IndexOf(limit)] = value;
    }

    internal int? Get([CallerMemberName] string limit = "") => this[limit];

    internal void Set(int? value, [CallerMemberName] string limit = "") => this[limit] = value;

    internal void RemoveRates()
    {
        foreach (string rate in Rates)
        {
            this[rate] = null;
        }
    }

    /// <summary>The limits as they are typed, each with a space before it.</summary>
    internal string ToArguments() => string.Concat(Named.Select(limit => $" -{limit} {this[limit]}"));

    internal QoSChanges Copy() => new((int?[])_values.Clone());

    internal QoSConfiguration AppliedTo(QoSConfiguration present) => new(limit => this[limit] ?? present.Get(limit));

    /// <summary>What would change, before and after, as ShouldProcess shows it.</summary>
    internal string Describe(QoSConfiguration present, bool resourcePool)
    {
        IEnumerable<string> changes = QoSLimits.Of(resourcePool)
            .Where(limit => this[limit] is { } value && value != present.Get(limit))
            .Select(limit =>
                $"{limit} from {QoSLimits.Format(present.Get(limit))} to {QoSLimits.Format(this[limit]!.Value)}");
        string text = string.Join(", ", changes);
        return text.Length > 0 ? $"set {text}" : "change nothing: the limits are already so";
    }
}
