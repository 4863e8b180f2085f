using System;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Trims names.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesAttribute : ArgumentTransformationAttribute
{
    /// <summary>Removes the spaces around names.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value of the parameter.</param>
    /// <returns>
    /// The value without spaces around each name; a space for an empty name, which the cmdlet refuses.
    /// </returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Names.Read(inputData);
}
