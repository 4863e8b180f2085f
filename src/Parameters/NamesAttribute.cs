using System;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Trims names.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether objects are refused, so that PowerShell looks for the name in their properties.</summary>
    public bool OnlyNames { get; set; }

    /// <summary>Removes the spaces around names.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value of the parameter.</param>
    /// <returns>
    /// The value without spaces around each name; a space for an empty name, which the cmdlet refuses.
    /// </returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is an object, which is refused.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        OnlyNames && !Names.AreNames(inputData)
            ? throw Names.Refusal("An object is not a name.")
            : Names.Read(inputData);
}
