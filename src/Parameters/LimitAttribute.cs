using System;
using System.Globalization;
using System.Management.Automation;
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

        bool isLimit = QoSLimits.TryParse(text, out long limit)
            && (limit is QoSLimits.Unlimited or QoSLimits.Forbidden || limit >= Smallest);
        return isLimit
            ? limit
            : throw new ArgumentTransformationMetadataException(
                $"'{Sanitizer.Sanitize(text, 40)}' is not a valid limit. Use -1 (unlimited), 0 (forbidden), "
                + $"or {Smallest} or more.");
    }
}
