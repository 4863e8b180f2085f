using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using OssPayment.Xml;

namespace OssPayment;

/// <summary>Limits, with everything else that the <c>QoSConfiguration</c> contains.</summary>
internal sealed class QoSConfiguration
{
    private readonly long[] _values;

    /// <param name="element">The element as OSS sent it, or as it is sent.</param>
    /// <param name="valueOf">The value of the limit of that name.</param>
    internal QoSConfiguration(OssElement element, Func<string, long> valueOf)
    {
        Element = element;
        _values = [.. QoSLimits.All.Select(valueOf)];
    }

    /// <summary>The limits of a requester or a bucket that was never limited.</summary>
    internal static QoSConfiguration Unlimited { get; } =
        new(new OssElement("QoSConfiguration"), _ => QoSLimits.Unlimited);

    /// <summary>
    /// All elements that OSS sent, in their order, known to this module or not. Namespaces, and text between elements,
    /// which OSS is not known to send, are not kept.
    /// </summary>
    internal OssElement Element { get; }

    /// <summary>Only the limits, for results that do not go back: a long listing does not keep its responses.</summary>
    internal QoSConfiguration WithoutElement() => new(Unlimited.Element, limit => Get(limit));

    internal long Get([CallerMemberName] string limit = "") => _values[QoSLimits.IndexOf(limit)];

    internal bool HasSameLimits(QoSConfiguration other) => _values.SequenceEqual(other._values);

    /// <summary>The limits that are not unlimited, as ShouldProcess shows them.</summary>
    internal string Describe()
    {
        string text = string.Join(", ", QoSLimits.All
            .Where(limit => Get(limit) != QoSLimits.Unlimited)
            .Select(limit => $"{limit} {QoSLimits.Format(Get(limit))}"));
        return text.Length > 0 ? text : "each is unlimited";
    }

    /// <summary>The same configuration with some limits changed, complete enough to be sent.</summary>
    /// <param name="changed">The new value of the limit of that name; null if it stays.</param>
    internal QoSConfiguration With(Func<string, long?> changed)
    {
        long ValueOf(string limit) => changed(limit) ?? Get(limit);

        List<OssElement> children = [.. Element.Children];
        int next = 0;
        foreach (string limit in QoSLimits.All)
        {
            long value = ValueOf(limit);
            int index = children.FindIndex(child => child.Name == limit);
            if (index < 0)
            {
                // OSS requires every bandwidth. A request rate that OSS did not send may not be supported there.
                if (QoSLimits.IsBandwidth(limit) || value != QoSLimits.Unlimited)
                {
                    children.Insert(next++, new OssElement(limit) { RawText = Format(value) });
                }

                continue;
            }

            if (value != Get(limit))
            {
                children[index] = children[index].WithText(Format(value));
            }

            next = index + 1;
        }

        return new QoSConfiguration(Element.WithChildren(children), ValueOf);
    }

    /// <summary>Which limits are above those of a ceiling; empty if none is.</summary>
    /// <remarks>A part must not exceed the same part, or the total, of the ceiling.</remarks>
    internal string DescribeExceeded(QoSConfiguration ceiling) => string.Join(
        ", ",
        from limit in QoSLimits.All
        let exceeded = new[] { limit, QoSLimits.TotalOf(limit) }.FirstOrDefault(
            above => ceiling.Get(above) != QoSLimits.Unlimited && Get(limit) > ceiling.Get(above))
        where exceeded is not null
        select $"{limit} {QoSLimits.FormatWithUnit(limit, Get(limit))} is above {exceeded} "
            + QoSLimits.FormatWithUnit(exceeded, ceiling.Get(exceeded)));

    private static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);
}
