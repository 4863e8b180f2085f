using System;
using System.Collections;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Refuses several values where one is taken: PowerShell would make one of them, by a bitwise or.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneValueAttribute : ArgumentTransformationAttribute
{
    /// <summary>Lets one value pass.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>What was given.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is several.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Given.Unwrap(inputData) switch
        {
            string text when text.IndexOf(',') < 0 => inputData,
            IEnumerable => throw new ArgumentTransformationMetadataException("Give one value, not several."),
            _ => inputData,
        };
}
