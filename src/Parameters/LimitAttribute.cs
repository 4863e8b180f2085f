using System;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using OssPayment.Text;

namespace OssPayment.Parameters;

/// <summary>
/// Reads a limit that OSS accepts: unlimited, forbidden, or one that is large enough.
/// </summary>
/// <remarks>
/// A transformation, not a validation, because PowerShell ignores a piped property that does not convert and reads an
/// empty one as 0. A mistake in a CSV file would change other limits, or forbid traffic.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LimitAttribute : ArgumentTransformationAttribute
{
    private const long Megabyte = 1 << 20;

    /// <summary>A lower-case b, because GBps are gigabytes.</summary>
    private static readonly Regex BandwidthWithUnit =
        new(@"\A([0-9]+) ?(?:[Gg][Bb][Ii][Tt]/[Ss]|[Gg]b[Pp][Ss])\z", RegexOptions.CultureInvariant);

    private static readonly Regex RateWithUnit =
        new(@"\A([0-9]+) ?requests/s\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>
    /// Accepts -1 (unlimited), 0 (forbidden), and every number from the smallest limit on.
    /// </summary>
    /// <param name="smallest">The smallest limit that OSS accepts besides -1 and 0.</param>
    public LimitAttribute(long smallest)
    {
        Smallest = smallest;
    }

    /// <summary>The smallest limit that OSS accepts besides -1 and 0.</summary>
    public long Smallest { get; }

    /// <summary>Whether it is a rate of requests, and not a bandwidth.</summary>
    public bool IsRate { get; set; }

    /// <summary>Reads a limit.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value of the parameter.</param>
    /// <returns>The limit; null if the value is empty.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is not a limit that OSS accepts.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string text = Convert.ToString(RawValue.Unwrap(inputData), CultureInfo.InvariantCulture)?.Trim() ?? "";
        if (text.Length == 0)
        {
            return null;
        }

        Match number = (IsRate ? RateWithUnit : BandwidthWithUnit).Match(text);
        bool isLimit = QoSLimits.TryParse(number.Success ? number.Groups[1].Value : text, out long limit)
            && (limit is QoSLimits.Unlimited or QoSLimits.Forbidden || limit >= Smallest)
            && !IsInBytes(limit);
        return isLimit ? limit : throw NotALimit(Sanitizer.Sanitize(text, 40), IsInBytes(limit));
    }

    /// <summary>Whether PowerShell read a suffix such as in <c>10gb</c>. No bandwidth is as large.</summary>
    private bool IsInBytes(long limit) => !IsRate && limit >= Megabyte && limit % Megabyte == 0;

    private ArgumentTransformationMetadataException NotALimit(string text, bool isInBytes)
    {
        string why = isInBytes ? " (PowerShell reads mb, gb and tb as numbers of bytes)" : "";
        string unit = IsRate ? "requests per second, such as 1000" : "Gbit/s, such as 10 or '10 Gbit/s'";
        return new ArgumentTransformationMetadataException(
            $"'{text}' is not a valid limit{why}. Use -1 (unlimited), 0 (forbidden), or {Smallest} or more {unit}.");
    }
}
