using System;
using System.Collections;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Refuses several values, of which PowerShell would make one by a bitwise or.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneValueAttribute : ArgumentTransformationAttribute
{
    /// <summary>Accepts a single value.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value of the parameter.</param>
    /// <returns>The same value.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">There are several values.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        RawValue.Unwrap(inputData) switch
        {
            string text when text.IndexOf(',') < 0 => inputData,
            IEnumerable => throw new ArgumentTransformationMetadataException("Specify a single value."),
            _ => inputData,
        };
}
