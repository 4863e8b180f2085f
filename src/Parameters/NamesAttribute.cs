using System;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Reads names as files bring them: without the blanks around them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesAttribute : ArgumentTransformationAttribute
{
    /// <summary>Takes the blanks away.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>
    /// What was given, without blanks around it; for nothing at all, one blank, which the cmdlet refuses.
    /// </returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Names.Read(inputData);
}
