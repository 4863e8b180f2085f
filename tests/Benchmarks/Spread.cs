using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OssPayment.Benchmarks;

/// <summary>The results of the rounds of a benchmark: the median and the quartiles.</summary>
internal sealed record Spread(double Median, double Lower, double Upper)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(sorted[sorted.Length / 2], sorted[sorted.Length / 4], sorted[(sorted.Length - 1) * 3 / 4]);
    }

    /// <summary>Of each round's own ratio: what slows the machine down for a while slows both.</summary>
    internal static Spread OfRatios(IEnumerable<double> values, IEnumerable<double> to) =>
        Of(values.Zip(to, (value, other) => value / other));

    internal Spread DividedBy(double other) => new(Median / other, Lower / other, Upper / other);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median:0.00}{(Lower < Upper ? string.Create(CultureInfo.InvariantCulture, $" ({Lower:0.00} to {Upper:0.00})") : "")}");
}
