using System;
using System.Globalization;
using System.Management.Automation;
using OssPayment.Text;

namespace OssPayment.Parameters;

/// <summary>
/// Reads a limit, and holds it to the values that OSS takes: unlimited, forbidden, or one that is large enough.
/// </summary>
/// <remarks>
/// A transformation, not a validation, because PowerShell leaves out a piped property that does not convert and reads a
/// blank as 0: a slip in a CSV file would change what it should not, or forbid traffic.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LimitAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Holds a limit to -1 (unlimited), 0 (forbidden), and everything from the smallest real limit on.
    /// </summary>
    /// <param name="smallest">The smallest limit that OSS takes besides -1 and 0.</param>
    public LimitAttribute(int smallest)
    {
        Smallest = smallest;
    }

    /// <summary>The smallest limit that OSS takes besides -1 and 0.</summary>
    public int Smallest { get; }

    /// <summary>Gives the limit, or null for a blank.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The limit; null where a blank was given.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is not a limit that OSS takes.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string text = Convert.ToString(Given.Unwrap(inputData), CultureInfo.InvariantCulture)?.Trim() ?? "";
        if (text.Length == 0)
        {
            return null;
        }

        bool isLimit = QoSLimits.TryParse(text, out int limit)
            && (limit is QoSLimits.Unlimited or QoSLimits.Forbidden || limit >= Smallest);
        return isLimit
            ? limit
            : throw new ArgumentTransformationMetadataException(
                $"'{Sanitizer.Sanitize(text, 40)}' is not a limit that OSS takes: give -1 or unlimited, 0 or "
                + $"forbidden, or {Smallest} and above.");
    }
}
